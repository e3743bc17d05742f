"""How mediation goes on longer, or ends: settled, failed, withdrawn."""

from datetime import datetime

from django.db import transaction

from casework import clock
from casework.commands import outcome
from casework.commands.agreement import supersede_open
from casework.commands.notices import respondents_and_applicants
from casework.commands.service import record_service
from casework.models import Case, Deadline, User
from mediation.commands import oversight
from mediation.commands.mediation import issue_paper


@transaction.atomic
def conclude(case: Case, *, result: str, reason: str, by: User, at: datetime) -> None:
    """What a session's result means for the case."""
    if result in ("SETTLED", "PARTLY"):
        whole = outcome.settle(case, by=by, at=at)
        if whole and result == "PARTLY":
            raise outcome.AllAgreed(field="outcomes")
        if not whole and result == "SETTLED":
            raise outcome.NotDecided(field="outcomes")
    if result == "PARTLY":
        tell_the_end(case, reason=reason, by=by, at=at)
    elif result == "NOT_SETTLED":
        end_unsettled(case, reason=reason, by=by, at=at)
    elif result == "WITHDRAWN":
        outcome.withdraw_case(case, reason=reason, by=by, at=at)


@transaction.atomic
def end_unsettled(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """Mediation failed: claims fail, and the notice with every open way is delivered (D13)."""
    outcome.fail_mediation(case, reason=reason, by=by, at=at)
    tell_the_end(case, reason=reason, by=by, at=at)


def tell_the_end(
    case: Case, *, reason: str, by: User, at: datetime, way: str = "direct", proof: str = ""
) -> None:
    """Deliver D13, for the whole or for the claims that failed, to both sides."""
    for party in respondents_and_applicants(case):
        paper = issue_paper("D13", case, None, by, at, party=party, reason=reason)
        record_service(
            case, document="D13", party=party, paper_id=paper, way=way, proof=proof,
            served_on=clock.day(at), by=by, at=at,
        )  # fmt: skip


@transaction.atomic
def extend(
    case: Case,
    *,
    days: int,
    worker_signed: bool,
    employer_signed: bool,
    reason: str,
    by: User,
    at: datetime,
) -> Deadline:
    """Extend by signed consent of both sides (D15); the clocks that wait move along."""
    from mediation.engine.clocks import mirror

    old = outcome.running_limit(case)
    longer = outcome.extend_mediation(
        case, days=days, worker_signed=worker_signed, employer_signed=employer_signed,
        reason=reason, by=by, at=at,
    )  # fmt: skip
    mirror(case.pk)
    issue_paper(
        "D15", case, longer.pk, by, at, reason=reason, old_due=old.due, new_due=longer.due
    )
    return longer


@transaction.atomic
def withdraw(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """The applicant withdraws: what runs towards an agreement stops."""
    from mediation.engine.run import cancel_flows

    outcome.withdraw_case(case, reason=reason, by=by, at=at)
    put_text_aside(case, reason=reason, by=by, at=at)
    oversight.end_with(case, by=by, at=at)
    cancel_flows(case, "intake", "acceptance", "mediation", "agreement", "oversight")


def put_text_aside(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """The version in hand and its paper no longer stand; signatures under it are void."""
    from documents import editions
    from documents.models import Life, Paper

    supersede_open(case, reason=reason, by=by, at=at)
    for paper in Paper.objects.filter(case=case, code="D14", life=Life.VALID):
        editions.void(paper, by=by, at=at, reason=reason)
