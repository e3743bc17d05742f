"""The three teams: members, what they pass on, and the union's answer to it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.commands.people_of_house import hire
from casework.events import Kind, record
from casework.models import Case, Clue, ClueState, District, Team, TeamMember, User

ROLES = {
    Team.INFORMATION: "information_officer",
    Team.LAW: "labour_law_supervisor",
    Team.PROTECTION: "labour_protection_inspector",
}


class NotInATeam(CommandRefused):
    """You are in none of the three teams, or no longer."""


class NotYourFirm(CommandRefused):
    """You speak for other firms: pass on what concerns them, or call 12351."""


class AnsweredBefore(CommandRefused):
    """This was answered already."""


class AnswerNeeded(CommandRefused):
    """Whoever passed it on is told why it is not taken up."""


def member_of(user: User, on: date) -> TeamMember | None:
    """The membership of a person on a day."""
    row = TeamMember.objects.filter(user=user, since__lte=on).select_related("district").first()
    return row if row and (row.until is None or row.until >= on) else None


@transaction.atomic
def join(
    *,
    username: str,
    name: str,
    team: str,
    district: District,
    firms: list[str],
    phone: str,
    on: date,
    by: User,
    at: datetime,
) -> tuple[TeamMember, str]:
    """A new member with an account; answers the starting password, once. Raises: NameTaken."""
    user, password = hire(
        username=username, display_name=name, roles=[ROLES[Team(team)]], office=None,
        district=district, phone=phone, by=by, at=at,
    )  # fmt: skip
    member = TeamMember.objects.create(
        user=user, team=team, district=district, firms=firms, since=on
    )
    return member, password


@transaction.atomic
def pass_on(case: Case, *, by: User, at: datetime, on: date, **fields: Any) -> Clue:
    """Keep what a member passed on. `fields` are columns of Clue. Raises: NotInATeam, NotYourFirm."""
    member = member_of(by, on)
    if member is None:
        raise NotInATeam
    if member.firms and fields["firm"] not in member.firms:
        raise NotYourFirm(field="firm")
    made = Clue.objects.create(case=case, member=member, reporter=by, passed_at=at, **fields)
    record(case, Kind.CLUE_PASSED_ON, by=by, at=at, team=member.team, about=made.kind)
    return made


@transaction.atomic
def decide(clue: Clue, *, taken_up: bool, answer: str, by: User, at: datetime) -> None:
    """Take it up, or say why not. Raises: AnsweredBefore, AnswerNeeded."""
    lock_case(clue.case_id)
    clue.refresh_from_db()
    if clue.answered_at is not None:
        raise AnsweredBefore
    if not taken_up and not answer.strip():
        raise AnswerNeeded(field="answer")
    clue.state = ClueState.TAKEN_UP if taken_up else ClueState.NOT_TAKEN_UP
    clue.answer, clue.answered_at = answer.strip(), at
    clue.save()
    record(clue.case, Kind.CLUE_ANSWERED, by=by, at=at, taken_up=taken_up)
