"""Pay days: both sides are told before, on and after each; then it is due, and late."""

from datetime import date, datetime, timedelta

from casework import clock
from casework.commands import performance as file
from casework.commands.deadlines import set_deadline
from casework.commands.timers import set_timer
from casework.events import Kind, record
from casework.models import Case, Instalment, Party, Side, Timer, User
from casework.notify import mobile_of, send_once
from casework.queries.calendar import current
from mediation.engine.ring import rings

DAY, REMIND = "instalment.day", "instalment.remind"
GRACE = "P-09"
REMIND_DAYS = 3


def set_clocks(case: Case, due_on: date, at: datetime) -> None:
    """Three working days before, on the day, and when the day is over."""
    before = _before(due_on)
    if clock.instant(before, 9) > at:
        set_timer(case, REMIND, due_at=clock.instant(before, 9))
    for day in (due_on, due_on + timedelta(days=1)):
        set_timer(case, DAY, due_at=max(clock.instant(day), at))


def _before(due_on: date) -> date:
    """The day on which both sides hear that a pay day is near."""
    for _day in range(REMIND_DAYS):
        due_on = current().previous_working(due_on - timedelta(days=1))
    return due_on


@rings(DAY)
def day_came(timer: Timer, at: datetime) -> None:
    """A pay day came or is over: due, then late with its days of grace."""
    late = file.pass_day(timer.case, on=clock.day(at), at=at)
    if any(
        row.due_on == clock.day(at) and row.state == "DUE" for row in file.plan_of(timer.case)
    ):
        _remind(timer, at, "due")
    if late:
        _remind(timer, at, "late")
    for row in late:
        set_grace(timer.case, row, by=None, at=at)


def set_grace(case: Case, row: Instalment, *, by: User | None, at: datetime) -> None:
    """Days of grace for a missed instalment, from its pay day on.

    A text may be sealed after a pay day that it names: nothing was missed before it was in force.
    """
    missed_on = max(row.due_on, row.agreement.effective_on or row.due_on)
    set_deadline(
        case,
        GRACE,
        start=missed_on,
        start_event="instalment_missed",
        instalment=row,
        ring="grace.over",
        by=by,
        at=at,
    )


@rings(REMIND)
def remind(timer: Timer, at: datetime) -> None:
    """Money of this clock's pay day is still to come: both sides are told, once."""
    near = [
        row
        for row in file.plan_of(timer.case)
        if _before(row.due_on) == clock.day(timer.due_at)
    ]
    if any(row.state == "PENDING" and row.due_on >= clock.day(at) for row in near):
        _remind(timer, at, "soon")


def _remind(timer: Timer, at: datetime, when: str) -> None:
    """Workers hear that there is news, the payer that a day has come: no word of what it is about."""
    record(timer.case, Kind.REMINDER_SENT, by=None, at=at, about="instalment", when=when)
    rows = Party.objects.filter(case=timer.case, left_on__isnull=True)
    for party in rows.select_related("person", "employer", "contact"):
        key = f"remind:{timer.pk}:{party.pk}"
        if party.side == Side.WORKER:
            send_once(timer.case, party, "news", key=key, at=at)
        elif phone := mobile_of(party):
            send_once(timer.case, party, "pay_day", key=key, at=at, phone=phone)
