"""What an employer sees through its own code: what was served on it, its own words and files, what it is to pay.

Nothing else: every question below asks for rows of this one party, or of the agreement that it signs.
"""

from typing import Any

from casework.models import (
    Agreement,
    Evidence,
    EvidenceShown,
    Instalment,
    Service,
    Side,
    WorkerWord,
)
from casework.tracking import Tracked
from documents.models import Life, Paper
from mediation.forms.agreement_shown import to_be_signed


def served(found: Tracked) -> list[Service]:
    """The papers that reached this party, newest first (asked in the code's own context)."""
    rows = Service.objects.filter(
        case_id=found.case_id, party_id=found.party_id, paper_id__isnull=False, voided_at=None
    )
    return list(rows.order_by("-served_on", "-id"))


def titles(found: Tracked, services: list[Service]) -> list[dict[str, Any]]:
    """The papers as the list shows them (asked in the case's context)."""
    ids = [row.paper_id for row in services if row.paper_id]
    papers = Paper.objects.filter(case_id=found.case_id, pk__in=ids, state="READY")
    known = {paper.pk: paper for paper in papers}
    rows = []
    for row in services:
        paper = known.get(row.paper_id or 0)
        if paper is not None:
            rows.append(
                {"id": paper.pk, "words": paper.title, "on": row.served_on,
                 "valid": paper.life == Life.VALID}
            )  # fmt: skip
    return rows


def paper(found: Tracked, services: list[Service], paper_id: int) -> Paper | None:
    """One served paper; None for any other (asked in the case's context)."""
    if paper_id not in {row.paper_id for row in services}:
        return None
    return Paper.objects.filter(pk=paper_id, case_id=found.case_id, state="READY").first()


def said(found: Tracked) -> list[WorkerWord]:
    """What this party answered, with the union's replies."""
    return list(WorkerWord.objects.filter(case_id=found.case_id, party_id=found.party_id))


def files(found: Tracked) -> list[Evidence]:
    """What this party handed in."""
    rows = Evidence.objects.filter(case_id=found.case_id, party_id=found.party_id)
    return list(rows.filter(taken_back_at=None).select_related("instalment"))


def exchanged(found: Tracked) -> list[dict[str, Any]]:
    """What the mediator showed to this side of the other's papers, by its title alone (in the case's context)."""
    rows = EvidenceShown.objects.filter(
        case_id=found.case_id, side=Side.EMPLOYER, evidence__taken_back_at=None
    ).exclude(evidence__party_id=found.party_id)
    return [
        {"id": row.evidence_id, "words": row.evidence.title, "no": number, "on": row.at,
         "mark": row.evidence.sha256[:8]}
        for number, row in enumerate(rows.select_related("evidence").order_by("at", "id"), 1)
    ]  # fmt: skip


def shown_file(found: Tracked, evidence_id: int) -> Evidence | None:
    """One item that was shown to this side; None for any other (asked in the case's context)."""
    if evidence_id not in {row["id"] for row in exchanged(found)}:
        return None
    return Evidence.objects.get(pk=evidence_id)


def signable(found: Tracked) -> Agreement | None:
    """The frozen text that is being signed, also after this party has signed (asked in the case's context)."""
    return to_be_signed(found.case_id)


def waits_for(found: Tracked) -> bool:
    """Whether a frozen text waits for this party's signature (asked in the case's context)."""
    version = signable(found)
    return (
        version is not None and not version.signatures.filter(party_id=found.party_id).exists()
    )


def plan(found: Tracked) -> list[Instalment]:
    """The days of payment of the agreement in force that this party is to pay."""
    agreement = Agreement.objects.filter(
        case_id=found.case_id, payer_id=found.party_id, effective_on__isnull=False
    ).last()
    return list(Instalment.objects.filter(agreement=agreement)) if agreement else []
