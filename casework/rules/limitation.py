"""Limitation of labour claims (仲裁时效): state, expiry and the chain of events.

It warns and explains; limitation is a defence of the other side, so nothing is ever blocked by it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.rules.calendar import Calendar
from casework.rules.errors import BadInput
from casework.rules.limitation_clock import KINDS, MONTHS, Clock, Event, Link
from casework.rules.periods import corresponding_day, moved

REMUNERATION = "LABOUR_REMUNERATION"
CLAIMS = (
    REMUNERATION,
    "SEVERANCE",
    "DAMAGES",
    "DOUBLE_WAGE_GAP",
    "ANNUAL_LEAVE",
    "INJURY",
    "OTHER",
)
RED_DAYS, YELLOW_DAYS, URGENT_DAYS = 30, 90, 7


@dataclass(frozen=True, slots=True)
class Assessment:
    """`status` is NOT_RUNNING, RUNNING, SUSPENDED, EXPIRED or UNKNOWN."""

    status: str
    expires_on: dt.date | None
    days_left: int | None = None
    days_past: int | None = None
    suspended_days: int = 0
    provisional: bool = False
    needs_lawyer: bool = False
    steps_zh: tuple[str, ...] = ()
    steps_en: tuple[str, ...] = ()
    chain: tuple[Link, ...] = ()

    @property
    def colour(self) -> str:
        """Green above 90 days, yellow 31 to 90, red to 30 and when expired, grey without a clock."""
        if self.status == "EXPIRED":
            return "red"
        if self.days_left is None:
            return "grey"
        if self.days_left <= RED_DAYS:
            return "red"
        return "yellow" if self.days_left <= YELLOW_DAYS else "green"

    @property
    def urgent(self) -> bool:
        """Whether seven days or fewer are left: the urgent route of legal aid (L-02)."""
        return self.days_left is not None and self.days_left <= URGENT_DAYS

    def values(self) -> dict[str, Any]:
        """The result keys of the calculator."""
        values: dict[str, Any] = {
            "status": self.status,
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
            "colour": self.colour,
        }
        if self.days_left is not None:
            values["days_left"] = self.days_left
        if self.days_past is not None:
            values["days_past"] = self.days_past
        if self.suspended_days:
            values["suspended_days"] = self.suspended_days
        if self.expires_on is not None:
            values["provisional"] = self.provisional
        if self.needs_lawyer:
            values["needs_lawyer"] = True
        return values


def assess(
    *,
    claim: str,
    knew_on: dt.date | None,
    terminated_on: dt.date | None,
    events: Sequence[Event],
    as_of: dt.date,
    calendar: Calendar,
) -> Assessment:
    """Where limitation stands on a day.

    Pay claims do not run while employment lasts, then one year from its end; all others one year
    from knowledge. Raises: BadInput, BadEventChain. Source: 《劳动争议调解仲裁法》第二十七条.
    """
    _check(claim, events)
    base = terminated_on if claim == REMUNERATION else knew_on
    if claim == REMUNERATION and (base is None or base > as_of):
        return _without_clock(
            "NOT_RUNNING",
            "劳动关系存续期间追索劳动报酬，不受一年时效限制（第二十七条第四款）。",
            "Pay claimed while employment lasts is not limited to one year (art. 27 para 4).",
        )
    if base is None:
        return _without_clock(
            "UNKNOWN",
            "尚不清楚何时知道权利被侵害，无法计算。",
            "The day of knowledge is not known.",
        )
    if base > as_of:
        return _without_clock(
            "NOT_RUNNING",
            f"从 {base} 起算，尚未开始。",
            f"It runs from {base} and has not begun.",
        )
    clock = Clock(base, calendar)
    clock.say(f"自 {base} 起算一年。", f"One year runs from {base}.")
    for event in sorted(events, key=lambda event: event.on):
        if event.on <= as_of:
            _apply(clock, event)
    return _result(clock, as_of)


def _check(claim: str, events: Sequence[Event]) -> None:
    if claim not in CLAIMS:
        raise BadInput("claim", claim)
    for event in events:
        if event.kind not in KINDS:
            raise BadInput("kind", event.kind)


def _apply(clock: Clock, event: Event) -> None:
    if clock.passes(event.on):
        _after_expiry(clock, event)
    elif event.kind == "SUSPEND_START":
        clock.stop(event)
    elif event.kind == "SUSPEND_END":
        clock.resume(event)
    elif event.on < clock.base:
        clock.note(
            event,
            "TOO_EARLY",
            f"{event.on} 的事件早于起算日，不影响时效。",
            f"The event of {event.on} lies before the start and changes nothing.",
        )
    else:
        clock.restart(event)


def _after_expiry(clock: Clock, event: Event) -> None:
    if event.kind == "AGREE_TO_PERFORM":
        clock.promise_too_late(event)
        return
    clock.note(
        event,
        "TOO_LATE",
        f"{event.on} 的事件发生在期满之后，不再中断或中止。",
        f"The event of {event.on} lies after expiry and has no effect.",
    )


def _result(clock: Clock, as_of: dt.date) -> Assessment:
    if clock.stopped_on is not None:
        so_far = (as_of - clock.stopped_on).days
        ended = moved(corresponding_day(clock.base, MONTHS), clock.suspended + so_far)
        left = (ended - as_of).days
        clock.say(
            f"至 {as_of} 仍在中止，恢复后还有 {left} 天。",
            f"Still suspended on {as_of}; {left} days remain once it resumes.",
        )
        return _assessment(
            clock, "SUSPENDED", None, days_left=left, suspended_days=clock.suspended + so_far
        )
    counted = clock.expiry()
    due = counted.due
    if counted.raw == due:
        clock.say(f"到期日 {due}。", f"It ends on {due}.")
    else:
        clock.say(
            f"到期日 {counted.raw}，遇休息日顺延到 {due}。",
            f"It ends on {counted.raw}, a day off, and so on {due}.",
        )
    clock.say(
        "时效由对方提出抗辩才适用，不影响登记和调解。",
        "Limitation works only if the other side pleads it; registration and mediation stay open.",
    )
    provisional = counted.provisional
    if as_of > due:
        return _assessment(
            clock,
            "EXPIRED",
            due,
            days_past=(as_of - due).days,
            suspended_days=clock.suspended,
            provisional=provisional,
        )
    return _assessment(
        clock,
        "RUNNING",
        due,
        days_left=(due - as_of).days,
        suspended_days=clock.suspended,
        provisional=provisional,
    )


def _assessment(
    clock: Clock, status: str, expires_on: dt.date | None, **more: Any
) -> Assessment:
    zh, en = zip(*clock.steps, strict=True)
    return Assessment(
        status,
        expires_on,
        needs_lawyer=clock.needs_lawyer,
        steps_zh=zh,
        steps_en=en,
        chain=tuple(clock.chain),
        **more,
    )


def _without_clock(status: str, zh: str, en: str) -> Assessment:
    return Assessment(status, None, steps_zh=(zh,), steps_en=(en,))


__all__ = ["CLAIMS", "KINDS", "REMUNERATION", "Assessment", "Event", "Link", "assess"]
