"""Corrections: what was recorded wrongly is put right with a reason, and all that hung on it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.commands import case as file
from casework.commands import claims, hearing_fixes, people
from casework.commands import service as served
from casework.commands.base import CommandRefused
from casework.commands.hearing import Rows
from casework.models import Case, Claim, Party, Service, Session, User
from documents import editions, issue
from documents.models import Life, Paper
from mediation.commands.closing import untold
from mediation.commands.serving import check_way

KEPT_OF_SERVICE = ("place", "server", "witness", "proof_name", "proof_sha256")


class ServedBeforeIssue(CommandRefused):
    """The paper did not exist yet on this day, or the day has not come."""


class NothingElse(CommandRefused):
    """This is what is recorded already."""


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


@transaction.atomic
def void_service(service: Service, *, reason: str, by: User, at: datetime) -> str:
    """The paper did not reach this party: its slip is void, too. Answers what no longer counts, in words."""
    case, who = service.case, service.party.name if service.party else ""
    served.void_service(service, reason=reason, by=by, at=at)
    _void_slips(service, reason=reason, by=by, at=at)
    told = {"paper": service.document, "who": who}
    words = [_("%(paper)s no longer counts as served on %(who)s") % told]
    if service.document == "D13" and (names := untold(case)):
        words.append(
            _("before closing, these workers must be told of the end: %(names)s")
            % {"names": _(", ").join(names)}
        )
    return _("; ").join(words)


@transaction.atomic
def service(
    service: Service, *, served_on: date, way: str, proof: str, reason: str, by: User, at: datetime
) -> str:  # fmt: skip
    """The paper reached the party on another day or in another way: a new record and a new slip.

    Raises: ServedBeforeIssue, NothingElse, and the refusals of a service.
    """
    paper = Paper.objects.filter(pk=service.paper_id or 0).first()
    if served_on > clock.day(at) or (paper and served_on < clock.day(paper.issued_at)):
        raise ServedBeforeIssue(field="served_on")
    if (served_on, way, proof) == (service.served_on, service.way, service.proof):
        raise NothingElse
    if service.party:
        check_way(service.party, way, proof, bool(service.witness or service.proof_name))
    served.void_service(service, reason=reason, by=by, at=at)
    slips = _void_slips(service, reason=reason, by=by, at=at)
    kept = {name: getattr(service, name) for name in KEPT_OF_SERVICE}
    made = served.record_service(
        service.case, document=service.document, way=way, served_on=served_on, by=by, at=at,
        party=service.party, paper_id=service.paper_id, proof=proof, **kept,
    )  # fmt: skip
    for _slip in slips:
        issue.issue("D29", case=service.case, subject_id=made.pk, by=by, at=at)
    return f"{made.document}: {service.served_on} → {made.served_on}"


def _void_slips(service: Service, *, reason: str, by: User, at: datetime) -> list[Paper]:
    slips = Paper.objects.filter(
        case=service.case, code="D29", subject_id=service.pk, life=Life.VALID
    )
    return [editions.void(slip, by=by, at=at, reason=reason) for slip in slips]


@transaction.atomic
def attendance(session: Session, *, rows: Rows, reason: str, by: User, at: datetime) -> str:
    """Others came to the session: its record (D12) is issued anew. Raises: NeedsReason, NobodyCame."""
    hearing_fixes.correct_attendance(session, attendance=rows, reason=reason, by=by, at=at)
    records = Paper.objects.filter(
        case=session.case, code="D12", subject_id=session.pk, life=Life.VALID
    )
    anew = [editions.supersede(paper, by=by, at=at, reason=reason) for paper in records]
    return _("; ").join(_("%(paper)s issued anew") % {"paper": row.title} for row in anew)


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
