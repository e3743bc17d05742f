"""What must be true of a case after every act: I1-I9 and I17 of the promises."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from casework.commands.agreement_text import content_sha256
from casework.commands.signing import unsigned
from casework.events import verify
from casework.models import (
    Agreement,
    Case,
    Deadline,
    Event,
    Service,
    Session,
    Timer,
)  # fmt: skip
from casework.queries.status import headline
from mediation.commands.closing import untold
from mediation.models import Process, Task

CLOSING = {"ClosingFlow"}
ELSEWHERE = {"ClosingFlow", "AftercareFlow", "ReferralFlow", "FollowupFlow"}
MANY_AT_ONCE = {"ReferralFlow", "ClosingFlow"}
AFTER_CLOSING = {"P-06", "P-07"}


@dataclass
class Seen:
    """What earlier looks at the case found: due days do not change, its ledger only grows."""

    due: dict[int, date] = field(default_factory=dict)
    seq: int = 0
    at: datetime | None = None


def broken(case: Case, now: Any, seen: Seen) -> Iterator[str]:
    """Every invariant that does not hold, by its number. The chain is verified by `broken_chain`."""
    tasks = list(Task.objects.filter(case=case, is_open=True).select_related("process"))
    human = [task for task in tasks if task.flow_task_type == "HUMAN"]
    timers = list(Timer.objects.filter(case=case, state="PENDING").select_related("deadline"))
    if case.closed_on is None:
        if case.district_id is None:
            yield "I1: nobody's case"
        if not human and not timers:
            yield "I2: an open case that nothing and nobody moves"
    if any(task.owner_id is None and not task.role for task in human):
        yield "I1: a task without owner or role"
    yield from _closed(case, human, timers)
    yield from _clocks(case, now, seen, tasks, timers)
    yield from _ledger(case, seen)
    yield from _stages(case)
    for agreement in Agreement.objects.filter(case=case):
        yield from _agreement(agreement)
    if case.status != headline(case):
        yield f"the headline is {headline(case)}, stored {case.status}"


def _closed(case: Case, human: list[Any], timers: Any) -> Iterator[str]:
    if case.closed_on is None:
        return
    followed = ELSEWHERE if case.aftercare_on else CLOSING
    for task in human:
        if task.process.flow_class.__name__ not in followed:
            yield f"I4: {task.flow_task.name} is open on a closed case"
    for timer in timers:
        if not case.aftercare_on and (
            not timer.deadline or timer.deadline.rule not in AFTER_CLOSING
        ):
            yield f"I4: a clock ({timer.kind}) waits on a closed case"
    if untold(case):
        yield "I17: closed, and the workers were not told the time left"
    late = Service.objects.filter(case=case, document="D13", voided_at__isnull=True,
                                  served_on__gt=case.closed_on)  # fmt: skip
    if case.failed_on and late.exists() and not case.reopen_count:
        yield "I17: told after the closing"


def _clocks(case: Case, now: Any, seen: Seen, tasks: Any, timers: Any) -> Iterator[str]:
    for row in Deadline.objects.filter(case=case).select_related("supersedes"):
        if seen.due.setdefault(row.pk, row.due) != row.due:
            yield f"I5: {row.rule} was edited"
        if (
            row.supersedes
            and row.due < row.supersedes.due
            and row.start == row.supersedes.start
        ):
            yield f"I5: {row.rule} moved backward"
    for timer in timers:
        if timer.due_at <= now:
            yield f"I6: a clock ({timer.kind}) of {timer.due_at} has not rung"
    waiting = {task.pk: task.scheduled for task in tasks if task.status == "SCHEDULED"}
    mirrored = {row.task_id: row.due_at for row in timers if row.task_id is not None}
    if waiting != mirrored:
        yield "I6: tasks and clocks differ"


def _ledger(case: Case, seen: Seen) -> Iterator[str]:
    fresh = Event.objects.filter(case=case, seq__gt=seen.seq).order_by("seq")
    for seq, at in fresh.values_list("seq", "at"):
        if seq != seen.seq + 1:
            yield f"the chain: {seen.seq} is followed by {seq}"
        if seen.at is not None and at < seen.at:
            yield "I7: time runs backward in the ledger"
        seen.seq, seen.at = seq, at


def broken_chain(case: Case) -> list[str]:
    """What is wrong with the whole ledger, every hash computed anew."""
    return verify(case.pk)


def _agreement(agreement: Agreement) -> Iterator[str]:
    rows = list(agreement.instalments.prefetch_related("payments"))
    if sum((row.amount_yuan for row in rows), Decimal()) != agreement.total_yuan:
        yield "I8: the instalments do not add up"
    for row in rows:
        paid = [each.amount_yuan for each in row.payments.all() if each.voided_at is None]
        if sum(paid, Decimal()) != row.paid_yuan:
            yield "I8: a payment belongs to no instalment"
    if agreement.state == "IN_FORCE":
        missing, mediator = unsigned(agreement)
        hashes = set(agreement.signatures.values_list("content_sha256", flat=True))
        if missing or mediator or agreement.sealed_at is None:
            yield "I9: in force without every signature and the seal"
        if (
            hashes != {agreement.content_sha256}
            or content_sha256(agreement) != agreement.content_sha256
        ):
            yield "I9: signed is another text than the one in force"


def _stages(case: Case) -> Iterator[str]:
    running = Process.objects.filter(case=case, finished__isnull=True)
    names = [row.flow_class.__name__ for row in running]
    if any(names.count(name) > 1 for name in set(names) - MANY_AT_ONCE):
        yield "I2: one stage runs twice"
    if Session.objects.filter(case=case, state="PLANNED").count() > 1:
        yield "I2: two sessions are planned"
