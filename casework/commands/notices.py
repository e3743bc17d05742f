"""Notices of a session: to whom they go, and that they arrived."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework import clock
from casework.commands.base import lock_case
from casework.events import Kind, record
from casework.models import Case, Party, Service, Session, Side, User
from casework.queries.of_case import parties_of


@transaction.atomic
def serve_notice(
    session: Session,
    *,
    parties: Sequence[Party],
    way: str,
    proof: str,
    by: User,
    at: datetime,
    papers: dict[tuple[str, int], int] | None = None,
) -> list[Service]:
    """Record that notice (D09) and rights (D10) reached each party today; one row a paper.

    `papers` maps (document, party id) to the id of the issued paper.
    """
    lock_case(session.case_id)
    held = papers or {}
    rows = [
        Service.objects.create(
            case=session.case, party=party, document=document, way=way, proof=proof,
            served_on=clock.day(at), paper_id=held.get((document, party.pk)),
        )
        for party in parties
        for document in ("D09", "D10")
    ]  # fmt: skip
    record(
        session.case,
        Kind.NOTICE_SERVED,
        by=by,
        at=at,
        number=session.number,
        way=way,
        parties=[party.ref for party in parties],
    )
    return rows


def respondents_and_applicants(case: Case) -> list[Party]:
    """Who gets notices: each respondent; the representatives, or each worker without any."""
    rows = parties_of(case)
    employers = [p for p in rows if p.side == Side.EMPLOYER]
    people = [p for p in rows if p.side == Side.WORKER]
    return employers + ([p for p in people if p.is_representative] or people)
