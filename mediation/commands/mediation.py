"""What the answers of mediation mean: commands composed, papers issued, clocks watched."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands import hearing, outcome
from casework.commands.deadline_rows import ends_at
from casework.commands.deadlines import miss_deadline
from casework.commands.hearing_fixes import cancel_session
from casework.commands.notes import write_note
from casework.commands.notices import respondents_and_applicants, serve_notice
from casework.commands.timers import set_timer
from casework.events import Kind, record
from casework.models import (
    Case,
    Claim,
    ClaimOutcome,
    Deadline,
    DeadlineState,
    Room,
    Service,
    Session,
    SessionState,
    Side,
    Timer,
    TimerState,
    User,
)
from casework.queries.slots import Slot, free_slots
from mediation.commands.court_clocks import mediator_named
from mediation.engine.clocks import until
from mediation.engine.ring import rings

RIGHT_RING = "mediation.right"
ON_PAPER = {
    Side.WORKER: "职工方",
    Side.EMPLOYER: "用人单位方",
}  # D12 is Chinese in any language


def the_mediator(activation: Any) -> User | None:
    """Who mediates the case of a process, read fresh."""
    return User.objects.filter(
        pk__in=Case.objects.filter(pk=activation.process.case_id).values("mediator_id")
    ).first()


def end_of_mediation(activation: Any) -> tuple[Deadline, datetime]:
    """When the case's own limit of mediation is over: M-04, or M-05 to M-07."""
    limit = outcome.running_limit(activation.process.case)
    return until(limit.rule)(activation)


end_of_mediation.rule = "M-04"  # type: ignore[attr-defined]


@transaction.atomic
def appoint(
    case: Case,
    *,
    mediator: User,
    recorder: User | None,
    reason: str,
    by: User,
    at: datetime,
    co_mediators: Sequence[User] = (),
) -> None:
    """Name mediator, co-mediators and recorder, and watch the day on which the right to arbitrate opens."""
    hearing.appoint_mediator(
        case, mediator=mediator, recorder=recorder, reason=reason, co_mediators=co_mediators,
        by=by, at=at,
    )  # fmt: skip
    mediator_named(case, by=by, at=at)
    right = Deadline.objects.filter(
        case=case, rule=outcome.RIGHT, state=DeadlineState.OPEN
    ).first()
    waiting = (TimerState.PENDING, TimerState.CLAIMED)
    if right and not right.timers.filter(kind=RIGHT_RING, state__in=waiting).exists():
        set_timer(case, RIGHT_RING, due_at=ends_at(right), deadline=right)


@rings(RIGHT_RING)
def right_opens(timer: Timer, at: datetime) -> None:
    """Fifteen days without agreement: either side may arbitrate. Nothing ends.

    Source: 《劳动争议调解仲裁法》第十四条第三款.
    """
    if timer.deadline is None:
        return
    miss_deadline(timer.deadline, by=None, at=at)
    record(
        timer.case,
        Kind.RIGHT_OPENED,
        by=None,
        at=at,
        rule=timer.deadline.rule,
        due=timer.deadline.due,
    )


@transaction.atomic
def notify(
    case: Case,
    *,
    starts_at: datetime,
    place: str,
    way: str,
    recorder: User | None,
    room: Room | None = None,
    service_way: str,
    proof: str,
    by: User,
    at: datetime,
) -> Session:
    """Fix the session; notice (D09) and rights (D10) go to both sides, with service."""
    session = hearing.plan_session(
        case, starts_at=starts_at, place=place, way=way, recorder=recorder, room=room,
        by=by, at=at,
    )  # fmt: skip
    parties = respondents_and_applicants(case)
    papers = {
        (code, party.pk): issue_paper(code, case, session.pk, by, at, party=party)
        for party in parties
        for code in ("D09", "D10")
    }
    serve_notice(
        session, parties=parties, way=service_way, proof=proof, papers=papers, by=by, at=at
    )
    served = Service.objects.filter(case=case, document="D09", paper_id__in=papers.values())
    for row in served:
        issue_paper("D29", case, row.pk, by, at)
    return session


def slots(case: Case | None, first: date) -> list[Slot]:
    """Six free times from a day on, for the people and sides that a session of the case needs."""
    if case is None or case.mediator is None:
        return []
    helpers = User.objects.filter(pk__in=case.co_mediator_ids)
    people = [case.mediator, *helpers, *([case.recorder] if case.recorder else [])]
    parties = [
        key
        for each in respondents_and_applicants(case)
        if (key := each.person_id or each.employer_id) is not None
    ]
    return free_slots(case, people=people, parties=parties, first=first)


def planned_session(case: Case) -> Session:
    """The session that is planned. Raises: NotPlanned."""
    found = case.sessions.filter(state=SessionState.PLANNED).order_by("-number").first()
    if found is None:
        raise hearing.NotPlanned
    return found


@transaction.atomic
def hold(
    case: Case,
    *,
    facts: Mapping[str, Any],
    decisions: Sequence[outcome.Decision],
    result: str,
    offers: Sequence[Mapping[str, str]],
    by: User,
    at: datetime,
) -> Session:
    """Record the session (D12); offers become sealed notes, claims get their outcome.

    `facts`: attendance, agreed_facts, issues, text, ended_at.
    """
    session = hearing.hold_session(planned_session(case), result=result, by=by, at=at, **facts)
    for offer in offers:
        write_note(case, text=offer["text"], about=f"offer-{offer['side']}", by=by, at=at)
    if decisions:
        outcome.decide_claims(case, decisions=decisions, by=by, at=at)
    issue_paper("D12", case, session.pk, by, at)
    return session


def decisions_for(
    case: Case, result: str, rows: Sequence[Mapping[str, Any]]
) -> list[outcome.Decision]:
    """The claims' outcomes as told row by row; a whole result needs no rows.

    SETTLED without rows: each claim agreed in full. NOT_SETTLED: each failed.
    """
    claims = list(case.claims.order_by("id"))
    if rows:
        return [_decision(claims, row) for row in rows]
    left = [claim for claim in claims if claim.outcome == ClaimOutcome.OPEN]
    if result == "SETTLED":
        return [outcome.Decision(c, ClaimOutcome.AGREED, c.amount_yuan) for c in left]
    return []


def _decision(claims: Sequence[Claim], row: Mapping[str, Any]) -> outcome.Decision:
    claim = claims[row["claim"] - 1]
    agreed = row["agreed_yuan"]
    if row["outcome"] == ClaimOutcome.AGREED and agreed is None:
        agreed = claim.amount_yuan
    return outcome.Decision(claim, ClaimOutcome(row["outcome"]), agreed, row["reason"])


def issue_paper(
    code: str, case: Case, subject: int | None, by: User, at: datetime, **keys: Any
) -> int:
    """Issue a paper for the case (a session, an agreement ...); answers its id."""
    from documents import issue

    paper: int = issue.issue(code, case=case, subject_id=subject, by=by, at=at, **keys).pk
    return paper


def people_who(permission: str, case: Case) -> list[User]:
    """Active people of the case's district who hold a permission, by name."""
    rows = User.objects.filter(is_active=True).order_by("display_name")
    return [
        user
        for user in rows
        if user.has_perm(permission) and user.district_id in (None, case.district_id)
    ]


def present_rows(case: Case) -> list[dict[str, Any]]:
    """Attendance as proposed: each respondent, and the representatives or each worker."""
    return [
        {
            "ref": party.ref,
            "name": party.name,
            "capacity": party.capacity or ON_PAPER[Side(party.side)],
            "authority": "",
            "present": True,
        }
        for party in respondents_and_applicants(case)
    ]


@transaction.atomic
def call_off(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """The planned session was not held: another one is planned."""
    cancel_session(planned_session(case), reason=reason, by=by, at=at)
