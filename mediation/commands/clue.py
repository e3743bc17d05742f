"""What passing on a problem means: a case, a clock for the answer, photographs; and the answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from casework import clock
from casework.commands import case as cases
from casework.commands import party, people
from casework.commands import team as file
from casework.commands.deadlines import meet_rule, set_deadline
from casework.models import Case, Clue, ClueKind, Priority, Side, User
from documents.storage import keep
from documents.uploads import Cleaned

ANSWER = "U-11"
CAUSES = {ClueKind.RIGHTS: "K01.02", ClueKind.SAFETY: "F01.01"}
SOURCE = "《浙江省工会劳动法律监督条例》第十七条（参照）"


def pass_on(
    case: Case,
    *,
    kind: str,
    firm: str,
    place: str,
    facts: str,
    people_hit: int,
    danger: bool,
    photos: Sequence[Cleaned],
    by: User,
    at: datetime,
) -> None:
    """Open the case under a ticket number, start the days for the answer."""
    on = clock.day(at)
    member = file.member_of(by, on)
    if member is None:
        raise file.NotInATeam
    call: dict[str, Any] = {
        "channel": "team", "facts": facts, "work_place": place, "danger": danger,
        "classes": ["RIGHTS_COMPLAINT"],
    }  # fmt: skip
    cause = CAUSES[ClueKind(kind)]
    cases.open_case(
        case, call=call, caller=None, by=by, at=at, on=on, classes=["RIGHTS_COMPLAINT"],
        main_cause=cause, causes=[cause], district=member.district, group_size=people_hit,
        channel="team", priority=Priority.CRITICAL if danger else Priority.NORMAL,
    )  # fmt: skip
    employer = people.make_employer(case, name=firm, by=by, at=at)
    party.add_party(case, side=Side.EMPLOYER, employer=employer, capacity="", by=by, at=at)
    file.pass_on(
        case, kind=kind, firm=firm, place=place, words=facts[:80],
        photos=[keep(photo.data) for photo in photos], by=by, at=at, on=on,
    )  # fmt: skip
    set_deadline(case, ANSWER, start=on, start_event="clue_passed_on", by=by, at=at)


def clue_of(case: Case) -> Clue:
    """What was passed on in this case."""
    return Clue.objects.select_related("member__user", "reporter").get(case=case)


def decide(case: Case, *, taken_up: bool, answer: str, by: User, at: datetime) -> str:
    """Take it up or answer why not. Answers TAKEN_UP or NOT."""
    file.decide(clue_of(case), taken_up=taken_up, answer=answer, by=by, at=at)
    meet_rule(case, ANSWER, by=by, at=at, on=clock.day(at))
    if not taken_up:
        cases.answer_call(
            case, advice=answer, source=SOURCE, estimate={}, by=by, at=at, on=clock.day(at)
        )
    return "TAKEN_UP" if taken_up else "NOT"
