"""What must be true of a case after every act: I1-I9 and I17 of the promises.

`broken` holds a look at the case against them; `broken_in_depth` the whole file, at the end of a life.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from casework.commands.agreement_text import content_sha256
from casework.commands.signing import unsigned
from casework.events import verify
from casework.models import Agreement, Case, Service
from casework.queries.status import headline
from mediation.commands.closing import untold
from tests.process.snapshot import Snapshot

CLOSING = {"ClosingFlow"}
ELSEWHERE = {"ClosingFlow", "AftercareFlow", "ReferralFlow", "FollowupFlow"}
MANY_AT_ONCE = {"ReferralFlow", "ClosingFlow"}
AFTER_CLOSING = {"P-06", "P-07"}
TEXTS = ("agreement.", "record.")
SUMS = (*TEXTS, "payment.", "instalment.", "default.")
ENDS = ("case.", "service.", "mediation.", "record.", "paper.")


@dataclass
class Seen:
    """What earlier looks at the case found: due days do not change, its ledger only grows."""

    due: dict[int, str] = field(default_factory=dict)
    seq: int = 0
    at: datetime | None = None


def broken(look: Snapshot, case_id: int, now: datetime, seen: Seen) -> Iterator[str]:
    """Every invariant that does not hold, by its number.

    What only certain events can have changed is looked at when one of them is new.
    """
    if look.case["closed_on"] is None:
        if look.case["district_id"] is None:
            yield "I1: nobody's case"
        if not look.human and not look.clocks:
            yield "I2: an open case that nothing and nobody moves"
    if any(task.owner_id is None and not task.role for task in look.human):
        yield "I1: a task without owner or role"
    yield from _closed(look)
    yield from _clocks(look, now, seen)
    yield from _stages(look)
    kinds = [kind for _seq, _at, kind in look.events]
    yield from _ledger(look, seen)
    if any(kind.startswith(SUMS) for kind in kinds):
        yield from _agreements(case_id, texts=any(kind.startswith(TEXTS) for kind in kinds))
    if look.case["closed_on"] and any(kind.startswith(ENDS) for kind in kinds):
        yield from _told(Case.objects.get(pk=case_id))


def broken_in_depth(case_id: int) -> Iterator[str]:
    """The whole file: every hash of its ledger, every agreement, what workers were told, the headline."""
    yield from verify(case_id)
    yield from _agreements(case_id, texts=True)
    case = Case.objects.get(pk=case_id)
    if case.closed_on:
        yield from _told(case)
    if case.status != headline(case):
        yield f"the headline is {headline(case)}, stored {case.status}"


def _closed(look: Snapshot) -> Iterator[str]:
    if look.case["closed_on"] is None:
        return
    aftercare = look.case["aftercare_on"] is not None
    for task in look.human:
        if task.flow not in (ELSEWHERE if aftercare else CLOSING):
            yield f"I4: {task.name} is open on a closed case"
    for each in look.clocks:
        if not aftercare and each.rule not in AFTER_CLOSING:
            yield f"I4: a clock ({each.kind}) waits on a closed case"


def _told(case: Case) -> Iterator[str]:
    if untold(case):
        yield "I17: closed, and the workers were not told the time left"
    late = Service.objects.filter(case=case, document="D13", voided_at__isnull=True,
                                  served_on__gt=case.closed_on)  # fmt: skip
    if case.failed_on and not case.reopen_count and late.exists():
        yield "I17: told after the closing"


def _clocks(look: Snapshot, now: datetime, seen: Seen) -> Iterator[str]:
    for row in look.deadlines:
        if seen.due.setdefault(row.pk, row.due) != row.due:
            yield f"I5: {row.rule} was edited"
        if row.old_due and row.due < row.old_due and row.start == row.old_start:
            yield f"I5: {row.rule} moved backward"
    for each in look.clocks:
        if each.due_at <= now:
            yield f"I6: a clock ({each.kind}) of {each.due_at} has not rung"
    waiting = {task.pk: task.scheduled for task in look.tasks if task.status == "SCHEDULED"}
    mirrored = {each.task_id: each.due_at for each in look.clocks if each.task_id is not None}
    told = {pk: at and datetime.fromisoformat(at) for pk, at in waiting.items()}
    if told != mirrored:
        yield "I6: tasks and clocks differ"


def _ledger(look: Snapshot, seen: Seen) -> Iterator[str]:
    for seq, at, _kind in look.events:
        if seq != seen.seq + 1:
            yield f"the chain: {seen.seq} is followed by {seq}"
        if seen.at is not None and at < seen.at:
            yield "I7: time runs backward in the ledger"
        seen.seq, seen.at = seq, at
    if seen.seq != look.case["chain_seq"]:
        yield f"the chain ends at {seen.seq}, its case says {look.case['chain_seq']}"


def _agreements(case_id: int, *, texts: bool) -> Iterator[str]:
    for agreement in Agreement.objects.filter(case_id=case_id):
        yield from _sums(agreement)
        if texts and agreement.state == "IN_FORCE":
            yield from _text(agreement)


def _sums(agreement: Agreement) -> Iterator[str]:
    rows = list(agreement.instalments.prefetch_related("payments"))
    if sum((row.amount_yuan for row in rows), Decimal()) != agreement.total_yuan:
        yield "I8: the instalments do not add up"
    for row in rows:
        paid = [each.amount_yuan for each in row.payments.all() if each.voided_at is None]
        if sum(paid, Decimal()) != row.paid_yuan:
            yield "I8: a payment belongs to no instalment"


def _text(agreement: Agreement) -> Iterator[str]:
    """What is in force is what everybody signed, to the last letter."""
    missing, mediator = unsigned(agreement)
    hashes = set(agreement.signatures.values_list("content_sha256", flat=True))
    if missing or mediator or agreement.sealed_at is None:
        yield "I9: in force without every signature and the seal"
    if (
        hashes != {agreement.content_sha256}
        or content_sha256(agreement) != agreement.content_sha256
    ):
        yield "I9: signed is another text than the one in force"


def _stages(look: Snapshot) -> Iterator[str]:
    if any(look.running.count(name) > 1 for name in set(look.running) - MANY_AT_ONCE):
        yield "I2: one stage runs twice"
    if look.planned > 1:
        yield "I2: two sessions are planned"
