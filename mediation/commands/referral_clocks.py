"""The clocks of a referral: signing, answering, supplying; reminders, the ladder, and what lapses."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from casework import clock
from casework.commands import referral as file
from casework.commands.deadline_rows import ends_at
from casework.commands.deadlines import meet_rule, set_deadline, void_rule
from casework.commands.timers import set_timer
from casework.events import Kind, record
from casework.matters import linkage
from casework.models import Case, Deadline, DeadlineState, Referral, Timer, User
from casework.queries.calendar import current
from casework.queries.rulebook import rule_of
from casework.referral_protocol import State
from mediation.commands.liaison_post import tell_office
from mediation.engine.clocks import deadline_of
from mediation.engine.ring import rings

SIGN, ANSWER, SUPPLY = "P-11", "P-10", "P-12"
LADDER, REMIND = "referral.ladder", "referral.remind"
LEVELS = ("district_vice_chair", "municipal_rights_department", "joint_meeting_list")
# The procedure of the receiving office: what starts when it is sent, and when it is accepted.
ON_SENDING = {"LABOUR_INSPECTION": ("I-02",)}
ON_ACCEPTING = {"LABOUR_INSPECTION": ("I-03", "I-03x")}
WAITING = {SIGN: (State.SENT,), ANSWER: (State.SIGNED,)}


def started(
    referral: Referral,
    rule: str,
    event: str,
    *,
    by: User,
    at: datetime,
    on: date | None = None,
) -> Deadline:
    """Start the clock of an office (or ours, P-12) on a day, with its reminders on the way."""
    length = answer_days(referral.case) if rule == ANSWER else None
    row = set_deadline(
        referral.case, rule, start=on or clock.day(at), start_event=event, length=length,
        referral=referral, by=by, at=at,
    )  # fmt: skip
    begin, end = clock.instant(row.start), ends_at(row)
    for share in linkage()["remind_at"]:
        when = begin + (end - begin) * share
        if when > at:
            set_timer(referral.case, REMIND, due_at=when, deadline=row)
    return row


def answer_days(case: Case) -> int | None:
    """Working days to answer by the case's own book: shorter in an emergency or for a group."""
    variants = rule_of(case, ANSWER, clock.day(case.opened_at)).variants
    if "EMERGENCY" in case.classes:
        return variants["emergency"]
    return variants["collective"] if case.is_collective else None


def start_procedure(
    referral: Referral,
    rules: tuple[str, ...],
    event: str,
    *,
    by: User,
    at: datetime,
    on: date | None = None,
) -> None:
    """The office's own statutory clocks."""
    for rule in rules:
        set_deadline(
            referral.case, rule, start=on or clock.day(at), start_event=event,
            referral=referral, by=by, at=at,
        )  # fmt: skip


def answer_clock(referral: Referral, state: str = DeadlineState.OPEN) -> list[Deadline]:
    """The running (or paused) clock of the answer."""
    return list(Deadline.objects.filter(referral=referral, rule=ANSWER, state=state))


def end_clocks(
    referral: Referral, by: User | None, at: datetime, on: date | None = None
) -> None:
    """What waited for this office has ended with it."""
    rows = Deadline.objects.filter(
        referral=referral, state__in=[DeadlineState.OPEN, DeadlineState.PAUSED]
    )
    for rule in dict.fromkeys(rows.values_list("rule", flat=True)):
        if rule in (SIGN, SUPPLY):
            void_rule(
                referral.case, rule, by=by, at=at, ground="referral ended", referral=referral
            )
        else:
            meet_rule(referral.case, rule, by=by, at=at, on=on, referral=referral)


def silence(rule: str) -> Callable[[Any], tuple[Deadline, datetime]]:
    """When silence has lasted so long after a rule's last day that the referral lapses."""

    def when(activation: Any) -> tuple[Deadline, datetime]:
        found = deadline_of(activation.process, rule)
        return found, clock.end_of(
            _working_days_after(found.due, linkage()["lapse_after_working_days"])
        )

    when.rule = rule  # type: ignore[attr-defined]
    return when


def _working_days_after(on: date, days: int) -> date:
    calendar = current()
    while days:
        on += timedelta(days=1)
        days -= calendar.is_working(on)
    return on


def overdue(activation: Any) -> None:
    """The office did not act in time: written down, and the ladder begins."""
    referral: Referral = activation.process.referral
    rule = next((rule for rule, states in WAITING.items() if referral.state in states), ANSWER)
    at, row = clock.now(), deadline_of(activation.process, rule)
    record(referral.case, Kind.ESCALATED, by=None, at=at, referral=str(referral.pk), rule=rule,
           office=referral.office.name, level="owner_and_lead")  # fmt: skip
    for days in linkage()["ladder_working_days"]:
        when = clock.end_of(_working_days_after(row.due, days))
        set_timer(referral.case, LADDER, due_at=when, deadline=row)


@rings(REMIND)
def remind(timer: Timer, at: datetime) -> None:
    """Half of the way, and four fifths: whoever has to act is reminded."""
    row = timer.deadline
    if row is None or row.referral is None:
        return
    if row.rule != SUPPLY and row.referral.state not in WAITING[row.rule]:
        return
    told = 0
    if row.rule != SUPPLY:
        told = tell_office(row.referral, "liaison_reminder", key=f"remind:{timer.pk}", at=at)
    record(timer.case, Kind.REMINDER_SENT, by=None, at=at, about="referral", rule=row.rule,
           referral=str(row.referral_id), office=row.referral.office.name, told=told)  # fmt: skip


@rings(LADDER)
def climb(timer: Timer, at: datetime) -> None:
    """One working day late, three, five: the next one up is told, while the office is still silent."""
    row = timer.deadline
    if row is None or row.referral is None:
        return
    if row.referral.state not in WAITING.get(row.rule, ()):
        return
    steps = linkage()["ladder_working_days"]
    late = sum(
        timer.due_at >= clock.end_of(_working_days_after(row.due, days)) for days in steps
    )
    record(timer.case, Kind.ESCALATED, by=None, at=at, referral=str(row.referral_id),
           rule=row.rule, office=row.referral.office.name, level=LEVELS[late - 1])  # fmt: skip


def lapsed(activation: Any) -> None:
    """Silence lasted too long: the referral lapses by rule, and a person decides what follows."""
    referral: Referral = activation.process.referral
    rule = {
        State.SENT: SIGN, State.SIGNED: ANSWER, State.RETURNED: SUPPLY,
    }.get(State(referral.state), ANSWER)  # fmt: skip
    at = clock.now()
    file.lapse(referral, rule=rule, at=at)
    end_clocks(referral, None, at)
    record(referral.case, Kind.ESCALATED, by=None, at=at, referral=str(referral.pk), rule=rule,
           office=referral.office.name, level="lapsed")  # fmt: skip
