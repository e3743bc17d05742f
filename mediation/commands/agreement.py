"""What the answers on the agreement mean: a text, its paper, signatures, seal, failure."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework import clock
from casework.commands import agreement as commands
from casework.commands import signing
from casework.commands.agreement_text import lines_of, since_last
from casework.commands.base import CommandRefused
from casework.commands.hearing_fixes import NeedsReason
from casework.commands.terms import Terms
from casework.models import Agreement, AgreementState, Case, Claim, ClaimOutcome, Party, User
from casework.queries import calendar, rulebook
from casework.rules.deadlines import due
from documents import preview
from documents.facts.base import Contradiction, FactMissing
from documents.gather import gather
from documents.guard import Unprintable
from documents.models import Preview
from mediation.commands import ending
from mediation.commands import signing as outside


class PaperNotPossible(CommandRefused):
    """The paper cannot be printed from this text."""


def second_reader_above(case: Case, on: date) -> Decimal:
    """Above which total a second person reads the draft, in yuan: a dated policy figure of the house."""
    since = case.accepted_on or on
    return rulebook.parameters().on("agreement_second_reader_yuan", max(since, on)).number


@transaction.atomic
def draft(case: Case, *, terms: Terms, by: User, at: datetime) -> str:
    """Write a version; SECOND if somebody else must read it over, else PLAIN."""
    rest = [ClaimOutcome.FAILED, ClaimOutcome.DEFERRED]
    partial = Claim.objects.filter(case=case, outcome__in=rest).exists()
    made = commands.draft_agreement(case, terms=terms, is_partial=partial, by=by, at=at)
    above = second_reader_above(case, clock.day(at))
    return "SECOND" if commands.needs_second_reader(made, above) else "PLAIN"


class _Undo(Exception):
    """Takes back what was written to look at it."""


@transaction.atomic
def look(case: Case, *, terms: Terms, by: User, at: datetime) -> tuple[Preview, dict[str, Any]]:
    """Have the paper of a text printed that is not saved; and what it changes in the last version.

    The text is written, read as the paper would read it, and taken back: the page that is seen is made
    exactly as the one that will be signed. Raises: BadTerms, PaperNotPossible.
    """
    facts, shown = None, {}
    try:
        with transaction.atomic():
            made = commands.draft_agreement(case, terms=terms, by=by, at=at)
            shown = {**since_last(made), "text": lines_of(made)}
            facts = gather("D14", case=case, subject_id=made.pk, at=at, by=by)
            raise _Undo
    except _Undo:
        pass
    except FactMissing as lack:
        raise PaperNotPossible(str(lack)) from lack
    try:
        return preview.make("D14", case=case, facts=facts, by=by, at=at), shown
    except (FactMissing, Contradiction, Unprintable) as refusal:
        raise PaperNotPossible(str(refusal)) from refusal


@transaction.atomic
def read_over(case: Case, *, approved: bool, remarks: str, by: User, at: datetime) -> str:
    """The second reader's answer. Raises: NeedsReason when it goes back without remarks."""
    if not approved and not remarks.strip():
        raise NeedsReason(field="remarks")
    commands.review_agreement(
        commands.open_version(case), approved=approved, remarks=remarks, by=by, at=at
    )
    return "APPROVED" if approved else "BACK"


@transaction.atomic
def make_ready(case: Case, *, read_by_both: bool, by: User, at: datetime) -> str:
    """Freeze the text and its paper."""
    version = commands.open_version(case)
    second = commands.needs_second_reader(version, second_reader_above(case, clock.day(at)))
    signing.make_ready(version, read_by_both=read_by_both, needs_review=second, by=by, at=at)
    _paper(case, version, by, at)
    return "READY"


@transaction.atomic
def sign(
    case: Case,
    *,
    parties: Sequence[Party],
    mediator: User | None,
    way: str,
    by: User,
    at: datetime,
    file: tuple[str, bytes] | None = None,
) -> str:
    """Signatures; SIGNED when everybody has signed, else MORE. `file`: name and bytes of a scan, or of the signed paper."""
    version = commands.open_version(case)
    if version.state == AgreementState.SIGNED:  # the last signature came from outside
        return "SIGNED"
    signers: list[Party | User] = [*parties, *([mediator] if mediator else [])]
    done = signing.sign_agreement(
        version, parties=parties, mediator=mediator, way=way, by=by, at=at,
        proof=outside.proof_from(version, way, file, signers=signers, at=at),
    )  # fmt: skip
    return "SIGNED" if done else "MORE"


@transaction.atomic
def invite(case: Case, *, parties: Sequence[Party], by: User, at: datetime) -> str:
    """Ask parties to sign by one-time code; the step waits on."""
    outside.invite(case, version=commands.open_version(case), parties=parties, by=by, at=at)
    return "MORE"


@transaction.atomic
def change(case: Case, *, reason: str, by: User, at: datetime) -> str:
    """The text will change: the version in hand is put aside with its signatures."""
    if not reason.strip():
        raise NeedsReason(field="reason")
    ending.put_text_aside(case, reason=reason, by=by, at=at)
    return "CHANGE"


@transaction.atomic
def refuse(case: Case, *, reason: str, by: User, at: datetime) -> str:
    """A side does not sign: mediation has failed, and D13 is delivered."""
    if not reason.strip():
        raise NeedsReason(field="reason")
    ending.put_text_aside(case, reason=reason, by=by, at=at)
    ending.end_unsettled(case, reason=reason, by=by, at=at)
    return "NOT_SIGNED"


@transaction.atomic
def seal(case: Case, *, by: User, at: datetime, proofs_checked: bool = False) -> str:
    """The body's seal: the agreement is in force, and the sealed paper is issued."""
    version = signing.seal_agreement(
        commands.open_version(case), by=by, at=at, proofs_checked=proofs_checked
    )
    days = {"judicial_by": _last_day("A-01", version), "review_by": _last_day("A-04", version)}
    _paper(case, version, by, at, sealed=True, **days)
    return "IN_FORCE"


def _last_day(rule: str, version: Agreement) -> Any:
    """The last day to ask for confirmation, counted from the day of effect."""
    if version.effective_on is None:
        return None
    book = rulebook.catalogue_of(version.case)
    return due(rule, version.effective_on, calendar=calendar.current(), catalogue=book).due


def _paper(
    case: Case, version: Agreement, by: User, at: datetime, *, sealed: bool = False, **days: Any
) -> None:
    from documents import issue

    issue.issue("D14", case=case, subject_id=version.pk, by=by, at=at, sealed=sealed, **days)
