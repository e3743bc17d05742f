"""Papers after they are issued: service per receiver, copies, corrections, withdrawal."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands import service as file
from casework.commands.base import CommandRefused, lock_case
from casework.models import Case, Party, Service, ServiceTry, User
from documents import issue, storage, uploads
from documents.catalogue import SERVED
from documents.editions import supersede, void
from documents.facts.base import Contradiction, FactMissing
from documents.guard import Unprintable
from documents.models import Life, Paper
from mediation.commands.papers import PaperRefused

SIGNED_BY_PARTIES = {"D05", "D08", "D12", "D14", "D15", "D27", "D28"}


class LeftWithoutProof(CommandRefused):
    """Left in place needs a witness, or a photo or recording (CPL 89 by analogy)."""


class NoConsentToElectronic(CommandRefused):
    """This party did not agree to electronic service: record the agreement (D28) first."""


class PostWithoutNumber(CommandRefused):
    """Service by post needs the number of the mail."""


class NotToThisParty(CommandRefused):
    """This paper stands no longer: serve the newer edition."""


class SignedByThem(CommandRefused):
    """The parties signed this paper: it is not corrected by hand."""


class ReasonNeeded(CommandRefused):
    """Say why."""


@transaction.atomic
def serve(
    paper: Paper, party: Party, *, way: str, on: date, by: User, at: datetime,
    proof: str = "", place: str = "", witness: str = "", file_of: bytes | None = None,
) -> Service:  # fmt: skip
    """Record that the paper reached the party, with the slip (D29).

    Raises: NotToThisParty, LeftWithoutProof, NoConsentToElectronic, PostWithoutNumber, and what `uploads.cleaned` raises.
    """
    lock_case(paper.case_id)
    _check(paper, party, way, proof, witness, file_of)
    made = file.record_service(
        paper.case, document=paper.code, way=way, served_on=on, by=by, at=at, party=party,
        paper_id=paper.pk, proof=proof, place=place, witness=witness, server=by.display_name,
        **_kept(file_of),
    )  # fmt: skip
    issue.issue("D29", case=paper.case, subject_id=made.pk, by=by, at=at)
    return made


def _check(
    paper: Paper, party: Party, way: str, proof: str, witness: str, file_of: bytes | None
) -> None:
    if paper.life != Life.VALID:
        raise NotToThisParty
    check_way(party, way, proof, bool(witness or file_of))


def check_way(party: Party, way: str, proof: str, witnessed: bool) -> None:
    """What each way of service needs. Raises: LeftWithoutProof, NoConsentToElectronic, PostWithoutNumber."""
    if way == "left" and not witnessed:
        raise LeftWithoutProof(field="witness")
    if way == "post" and not proof:
        raise PostWithoutNumber(field="proof")
    if way == "electronic" and not agreed_to_electronic(party):
        raise NoConsentToElectronic(field="way")


def agreed_to_electronic(party: Party) -> bool:
    """Whether a standing D28 of this party agrees to electronic service."""
    rows = Paper.objects.filter(case=party.case, code="D28", life=Life.VALID)
    facts = (issue.facts_of(row) for row in rows)
    return any(each.electronic and each.party == party.name for each in facts)


def _kept(proof: bytes | None) -> dict[str, str]:
    if proof is None:
        return {}
    made = uploads.cleaned(proof)
    end = "pdf" if made.media_type == "application/pdf" else "jpg"
    return {"proof_name": f"proof.{end}", "proof_sha256": storage.keep(made.data)}


@transaction.atomic
def did_not_arrive(
    paper: Paper, party: Party, *, way: str, on: date, why: str, by: User, at: datetime
) -> ServiceTry:
    """Record a try that failed; the paper stays on the board of the undelivered."""
    return file.record_try(
        party, paper_id=paper.pk, document=paper.code, way=way, on=on, why=why, by=by, at=at
    )


def receivers(paper: Paper) -> list[Party]:
    """The parties that the paper speaks to, by the names in its address."""
    names = str(getattr(issue.facts_of(paper), "addressee", ""))
    rows = Party.objects.filter(case=paper.case, left_on__isnull=True)
    rows = rows.select_related("person", "employer")
    return [row for row in rows if row.name and row.name in names]


def undelivered(limit: int = 200) -> list[tuple[Paper, list[Party]]]:
    """Standing papers with parties they did not reach, oldest first; of visible cases only."""
    rows = Paper.objects.filter(
        code__in=SERVED, life=Life.VALID, case__closed_on__isnull=True
    ).select_related("case")
    papers = list(rows.order_by("issued_at")[: limit * 3])
    reached = set(
        Service.objects.filter(
            paper_id__in=[row.pk for row in papers], voided_at__isnull=True
        ).values_list("paper_id", "party_id")
    )
    found = [
        (row, [party for party in receivers(row) if (row.pk, party.pk) not in reached])
        for row in papers
    ]
    return [(row, parties) for row, parties in found if parties][:limit]


@transaction.atomic
def correct(paper: Paper, *, facts: Any, reason: str, by: User, at: datetime) -> Paper:
    """Issue a corrected edition under the same number; the old one stays, marked with the reason.

    Raises: SignedByThem, ReasonNeeded, PaperRefused.
    """
    if paper.code in SIGNED_BY_PARTIES:
        raise SignedByThem
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    lock_case(paper.case_id)
    try:
        return supersede(paper, by=by, at=at, reason=reason, facts=facts)
    except (FactMissing, Contradiction, Unprintable) as refusal:
        raise PaperRefused(str(refusal)) from refusal
    except issue.NotStanding as refusal:
        raise NotToThisParty from refusal


@transaction.atomic
def withdraw(paper: Paper, *, reason: str, by: User, at: datetime) -> Paper:
    """Withdraw a paper: its number is never used again. Raises: SignedByThem, ReasonNeeded."""
    if paper.code in SIGNED_BY_PARTIES:
        raise SignedByThem
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    lock_case(paper.case_id)
    try:
        return void(paper, by=by, at=at, reason=reason)
    except issue.NotStanding as refusal:
        raise NotToThisParty from refusal


def editions(paper: Paper) -> list[Paper]:
    """Every edition under the same number, or of the same chain, oldest first."""
    chain = [paper]
    while chain[0].supersedes is not None:
        chain.insert(0, chain[0].supersedes)
    later: Paper | None = getattr(chain[-1], "successor", None)
    while later is not None:
        chain.append(later)
        later = getattr(later, "successor", None)
    return chain


def services(paper: Paper, case: Case) -> list[Service]:
    """The records of service of a paper, voided ones too."""
    rows = Service.objects.filter(case=case, paper_id=paper.pk)
    return list(rows.select_related("party__person", "party__employer").order_by("served_on"))
