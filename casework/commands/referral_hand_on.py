"""What is made of an answer, of silence or of the meeting: handed on to the next office, or left at that."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.matter_guards import require_guards
from casework.commands.referral import AlreadyThere, on_the_desk
from casework.commands.referral_step import TooManyHops, standing_of, step
from casework.events import Kind, record
from casework.models import Case, Office, Referral, User
from casework.queries.routing import had_it, route_of
from casework.referral_protocol import MOST_HOPS, RUNNING, Act, NotAllowed, after
from casework.referral_protocol import next_of as next_standing


class AlreadyHadIt(CommandRefused):
    """That office had this matter before: decline it instead, and a person decides."""


@transaction.atomic
def pass_on(
    referral: Referral,
    act: Act,
    *,
    matter: str,
    by: User,
    at: datetime,
    office: Office | None = None,
) -> Referral:
    """Open the next referral of a matter that this one hands on: redirected, elsewhere, or named.

    Its history is linked. What its matter still needs is asked of a person, never of the office that
    hands it on. Raises: AlreadyHadIt, AlreadyThere, NoRoute, TooManyHops.
    """
    fresh = next_standing(standing_of(referral), act)
    if fresh is None:
        raise TooManyHops
    case, why = referral.case, ""
    if office is None:
        found = route_of(case, matter)
        office, why = found.office, found.why
    if office is not None and not fresh.named and office.pk in had_it(referral):
        raise AlreadyHadIt(field="matter")
    if why := why or _what_is_missing(case, matter, referral.shown, clock.day(at)):
        office = None
    made = Referral(
        case=case, matter=matter, asked=referral.asked, side_track=referral.side_track, ground="",
        hop=fresh.hop, named=fresh.named, came_from=referral,
        shown={**_of_the_matter(referral.shown), **({"why": why} if why else {})},
    )  # fmt: skip
    if office is not None:
        _named_office(made, office)
    return on_the_desk(made, office, by=by, at=at)


def _of_the_matter(shown: dict[str, Any]) -> dict[str, Any]:
    """What was stated about the matter; not why it waited, which was that referral's own."""
    return {name: value for name, value in shown.items() if name not in ("why", "after")}


def _what_is_missing(case: Case, matter: str, shown: dict[str, Any], on: date) -> str:
    try:
        require_guards(case, matter, shown, on)
    except CommandRefused as refused:
        return str(refused)
    return ""


def _named_office(made: Referral, office: Office) -> None:
    """An office that was not looked up for this very matter must not have it. Raises: AlreadyThere."""
    same = Referral.objects.filter(case=made.case, matter=made.matter, office=office)
    if same.filter(state__in=[each.value for each in RUNNING]).exists():
        raise AlreadyThere


@transaction.atomic
def leave(
    referral: Referral,
    act: Act,
    *,
    decision: str,
    words: str,
    by: User,
    at: datetime,
) -> None:
    """What a person makes of the answer, the silence or the meeting. Raises: NotRunning, NotNow."""
    case = step(referral, act, at=at)
    referral.decision = "" if act is Act.CALL_MEETING else decision
    referral.save(update_fields=["decision"])
    record(case, Kind.REFERRAL_DECIDED, by=by, at=at, referral=str(referral.pk),
           decision=decision, words=words)  # fmt: skip


def may_pass_on(referral: Referral) -> bool:
    """Whether the union itself may still send a declined or lapsed matter elsewhere."""
    try:
        after(standing_of(referral), Act.PASS_ON)
    except NotAllowed:
        return False
    return referral.hop < MOST_HOPS
