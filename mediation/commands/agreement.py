"""What the answers on the agreement mean: a text, its paper, signatures, seal, failure."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from casework.commands import agreement as commands
from casework.commands import signing
from casework.commands.hearing_fixes import NeedsReason
from casework.commands.terms import Terms
from casework.models import Agreement, Case, Claim, ClaimOutcome, Party, User
from casework.queries import calendar, rulebook
from casework.rules.deadlines import due
from mediation.commands import ending

SECOND_READER_ABOVE_YUAN = Decimal("200000.00")


def second_reader_above() -> Decimal:
    """Above which total a second person reads the draft (yuan; a setting, not law)."""
    return Decimal(
        str(getattr(settings, "WUFANG_SECOND_READER_ABOVE_YUAN", SECOND_READER_ABOVE_YUAN))
    )


@transaction.atomic
def draft(case: Case, *, terms: Terms, by: User, at: datetime) -> str:
    """Write a version; SECOND if somebody else must read it over, else PLAIN."""
    rest = [ClaimOutcome.FAILED, ClaimOutcome.DEFERRED]
    partial = Claim.objects.filter(case=case, outcome__in=rest).exists()
    made = commands.draft_agreement(case, terms=terms, is_partial=partial, by=by, at=at)
    return "SECOND" if commands.needs_second_reader(made, second_reader_above()) else "PLAIN"


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
    second = commands.needs_second_reader(version, second_reader_above())
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
) -> str:
    """Signatures; SIGNED when everybody has signed, else MORE."""
    done = signing.sign_agreement(
        commands.open_version(case), parties=parties, mediator=mediator, way=way, by=by, at=at
    )
    return "SIGNED" if done else "MORE"


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
def seal(case: Case, *, by: User, at: datetime) -> str:
    """The body's seal: the agreement is in force, and the sealed paper is issued."""
    version = signing.seal_agreement(commands.open_version(case), by=by, at=at)
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
