"""Another day of receipt, completion or acceptance: the clocks and the papers that state it follow."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casework.commands import day_fixes as file
from casework.models import Case, User
from documents import editions
from documents.models import Life, Paper
from mediation.engine.clocks import mirror

# The papers that do nothing but state the day; others that print it are named on the page of corrections.
OF_THE_RECEIPT = ("D08", "D02")
OF_THE_ACCEPTANCE = ("D02",)


@transaction.atomic
def receipt(case: Case, *, received_on: date, reason: str, by: User, at: datetime) -> str:
    """Another day of receipt. Answers what moved, in words."""
    moved = file.correct_receipt(case, received_on=received_on, reason=reason, by=by, at=at)
    return _followed(case, moved, OF_THE_RECEIPT, reason=reason, by=by, at=at)


@transaction.atomic
def acceptance(case: Case, *, accepted_on: date, reason: str, by: User, at: datetime) -> str:
    """Another day of acceptance; the case keeps its number. Answers what moved, in words."""
    moved = file.correct_acceptance(case, accepted_on=accepted_on, reason=reason, by=by, at=at)
    return _followed(case, moved, OF_THE_ACCEPTANCE, reason=reason, by=by, at=at)


@transaction.atomic
def completion(case: Case, *, completed_on: date, reason: str, by: User, at: datetime) -> str:
    """What was missing came on another day. Answers what moved, in words."""
    moved = file.correct_completion(
        case, completed_on=completed_on, reason=reason, by=by, at=at
    )
    return _followed(case, moved, (), reason=reason, by=by, at=at)


def _followed(
    case: Case,
    moved: file.Moved,
    codes: tuple[str, ...],
    *,
    reason: str,
    by: User,
    at: datetime,
) -> str:
    mirror(case.pk)
    case.refresh_from_db()
    words = [f"{old.rule}: {old.due} → {new.due}" for old, new in moved]
    for paper in Paper.objects.filter(case=case, code__in=codes, life=Life.VALID):
        editions.supersede(paper, by=by, at=at, reason=reason)
        words.append(_("%(paper)s issued anew") % {"paper": paper.title})
    return _("; ").join(words) or _("No running clock depended on it.")
