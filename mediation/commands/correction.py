"""Corrections: what was recorded wrongly is put right with a reason, and all that hung on it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework.commands import case as file
from casework.commands import claims, people
from casework.models import Case, Claim, Party, User
from documents import editions
from documents.models import Life, Paper
from mediation.engine.clocks import mirror

OF_THE_RECEIPT = ("D08", "D02")  # the papers that state the day of receipt


@transaction.atomic
def receipt(case: Case, *, received_on: date, reason: str, by: User, at: datetime) -> str:
    """Another day of receipt: clocks and papers follow. Answers what moved, in words."""
    moved = file.correct_receipt(case, received_on=received_on, reason=reason, by=by, at=at)
    mirror(case.pk)
    case.refresh_from_db()
    words = [f"{old.rule}: {old.due} → {new.due}" for old, new in moved]
    for paper in Paper.objects.filter(case=case, code__in=OF_THE_RECEIPT, life=Life.VALID):
        editions.supersede(paper, by=by, at=at, reason=reason)
        words.append(_("%(paper)s issued anew") % {"paper": paper.title})
    return _("; ").join(words) or _("No running clock depended on it.")


@transaction.atomic
def respondent(
    case: Case, party: Party, *, fields: dict[str, str], reason: str, by: User, at: datetime
) -> str:
    """An employer was recorded wrongly. Answers which valid papers still show the old words."""
    if party.employer is None:
        raise file.NoRespondent
    people.correct_employer(case, party.employer, reason=reason, by=by, at=at, **fields)
    return _stale(case)


@transaction.atomic
def worker(
    case: Case, party: Party, *, fields: dict[str, Any], reason: str, by: User, at: datetime
) -> str:
    """A worker's data were recorded wrongly. Answers which valid papers still show the old words."""
    if party.person is None:
        raise people.NotAWorker
    people.correct_person(case, party.person, reason=reason, by=by, at=at, **fields)
    return _stale(case)


def claim(claim: Claim, *, fields: dict[str, Any], reason: str, by: User, at: datetime) -> None:
    """A claim line was recorded wrongly."""
    claims.correct_claim(claim, reason=reason, by=by, at=at, **fields)


def withdraw_claim(claim: Claim, *, reason: str, by: User, at: datetime) -> None:
    """One claim is withdrawn; the others go on."""
    claims.void_claim(claim, reason=reason, by=by, at=at)


def _stale(case: Case) -> str:
    rows = Paper.objects.filter(case=case, life=Life.VALID).order_by("issued_at", "pk")
    titles = list(dict.fromkeys(f"{row.code} {row.title}" for row in rows))
    if not titles:
        return ""
    return _("Papers issued before show the old words: %(papers)s") % {
        "papers": _(", ").join(titles)
    }
