"""Dispatch: what sending a ticket to a district means, signing for it, objecting, calling back."""

from datetime import datetime

from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import has_district
from casework.commands import call_backs, contacts
from casework.commands.base import CommandRefused
from casework.commands.deadlines import meet_rule, set_deadline, void_rule
from casework.events import Kind, record
from casework.models import CallBack, CallBackState, Case, Party, User
from casework.queries import at_once
from casework.queries.of_case import open_deadlines_of
from casework.rules.responsibility import answerable
from mediation.engine import run

CALL_BACK, SIGN, FINISH = "P-03", "P-04", "P-05"
WORKING_DAYS = {"ordinary": 5, "difficult": 10, "very_complex": 15}


class SignedAlready(CommandRefused):
    """The district has signed for this ticket already."""


class NothingPromised(CommandRefused):
    """No call back is promised in this case."""


def dispatch(case: Case, *, difficulty: str, by: User, at: datetime) -> None:
    """The ticket goes to its district: sign within a working day, finish within the class's days.

    A district's own people who triage for themselves need not sign.
    """
    on = clock.day(at)
    for rule in (SIGN, FINISH):
        void_rule(case, rule, by=by, at=at, ground=_("dispatched anew"))
    if not (has_district(by) and by.district_id == case.district_id):
        set_deadline(case, SIGN, start=on, start_event="dispatched", by=by, at=at)
    set_deadline(
        case, FINISH, start=on, start_event="dispatched", length=WORKING_DAYS[difficulty],
        by=by, at=at,
    )  # fmt: skip
    level, new_form = Case.objects.values_list("level", "is_new_form").get(pk=case.pk)
    duty = answerable(FINISH, level, new_form=new_form)
    if duty is not None:
        record(case, Kind.TICKET_DISPATCHED, by=by, at=at, duty=f"{duty.list_code} {duty.number}",
               what=duty.what["zh"])  # fmt: skip


def signed(case: Case, *, by: User, at: datetime) -> None:
    """The district has it: it signed, or began to work."""
    meet_rule(case, SIGN, by=by, at=at)


def finished(case: Case, *, by: User, at: datetime) -> None:
    """The ticket has its decision: accepted, refused, done by others."""
    for rule in (CALL_BACK, SIGN, FINISH):
        meet_rule(case, rule, by=by, at=at)


def waits_for_signature(case: Case) -> bool:
    """Whether a district has yet to sign for the ticket."""
    return any(row.rule == SIGN for row in open_deadlines_of(case))


def sign(case: Case, *, by: User, at: datetime) -> None:
    """Sign for a ticket. Raises: SignedAlready."""
    if not waits_for_signature(case):
        raise SignedAlready
    signed(case, by=by, at=at)
    record(case, Kind.TICKET_SIGNED, by=by, at=at)


def object_to(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """The ticket is not this district's: back to triage. Raises: SignedAlready."""
    if not waits_for_signature(case):
        raise SignedAlready
    record(case, Kind.TICKET_OBJECTED, by=by, at=at, reason=reason)
    for rule in (SIGN, FINISH):
        void_rule(case, rule, by=by, at=at, ground=reason)
    run.cancel_flows(case, "intake", "acceptance")


def call_back(
    case: Case, party: Party, *, reached: bool, words: str, by: User, at: datetime
) -> None:
    """The handling union calls the worker back; reached, it also keeps a promise that is open."""
    contacts.record_contact(party, way="phone", reached=reached, answer=words, by=by, at=at)
    if not reached:
        return
    meet_rule(case, CALL_BACK, by=by, at=at)
    if promised := open_promise(case):
        call_backs.settle(promised, CallBackState.REACHED, words=words, by=by, at=at)


def open_promise(case: Case) -> CallBack | None:
    """The call back that a case waits for, if there is one."""
    found: list[CallBack] = at_once.rows(case, "call_backs", "promised_by")
    return next((row for row in found if row.state == CallBackState.OPEN), None)


def keep_promise(
    case: Case,
    outcome: CallBackState,
    *,
    words: str,
    by: User,
    at: datetime,
    window: tuple[datetime, datetime] | None = None,
) -> None:
    """What came of the promised call; reached, the first call back is made too.

    Raises: NothingPromised, NeedsNextTry, WindowOver.
    """
    row = open_promise(case)
    if row is None:
        raise NothingPromised
    call_backs.settle(row, outcome, words=words, window=window, by=by, at=at)
    if outcome == CallBackState.REACHED:
        meet_rule(case, CALL_BACK, by=by, at=at)


def taken_up(case: Case, *, way: str, reason: str, by: User, at: datetime) -> None:
    """What comes after the other offices: mediation, or the closing."""
    record(case, Kind.RECORD_CORRECTED, by=by, at=at, what="way", way=way, reason=reason)
    if way == "CLOSE":
        finished(case, by=by, at=at)
