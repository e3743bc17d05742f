"""The clock of limitation while the events are replayed: interrupted, suspended, resumed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.rules.calendar import Calendar
from casework.rules.errors import BadEventChain
from casework.rules.periods import Counted, corresponding_day, rolled

KINDS = ("INTERRUPT", "SUSPEND_START", "SUSPEND_END", "AGREE_TO_PERFORM")
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to the clock, and the proof of it."""

    on: dt.date
    kind: str
    cause: str = ""
    evidence: str = ""


def event_from(row: Mapping[str, Any], on: dt.date) -> Event:
    """An event from a {date, kind, cause?, evidence?} row whose date is already read."""
    return Event(
        on, str(row.get("kind")), str(row.get("cause") or ""), str(row.get("evidence") or "")
    )


@dataclass(slots=True)
class Clock:
    """The running period while the events are replayed."""

    base: dt.date
    calendar: Calendar
    suspended: int = 0
    stopped_on: dt.date | None = None
    expired: bool = False
    needs_lawyer: bool = False
    steps: list[tuple[str, str]] = field(default_factory=list)

    def expiry(self) -> Counted:
        """The end as things stand: one year after the base, plus the days suspended."""
        raw = corresponding_day(self.base, MONTHS) + dt.timedelta(days=self.suspended)
        return rolled(raw, self.calendar)

    def passes(self, on: dt.date) -> bool:
        """Whether the period has ended before that day."""
        return self.stopped_on is None and on > self.expiry().due

    def restart(self, event: Event) -> None:
        """An interruption: a new year from that day."""
        self.base, self.suspended = event.on, 0
        if self.stopped_on is not None:
            self.stopped_on = event.on
        self.say(
            f"{event.on} 中断（{event.cause or '主张权利'}），从当日重新计算一年。",
            f"{event.on} interrupted ({event.cause or 'claim made'}): a new year from that day.",
        )

    def stop(self, event: Event) -> None:
        """A suspension begins. Raises: BadEventChain when one runs already."""
        if self.stopped_on is not None:
            raise BadEventChain(event.on)
        self.stopped_on = max(event.on, self.base)
        self.say(
            f"{event.on} 起中止（{event.cause or '不可抗力等正当理由'}）。",
            f"Suspended from {event.on} ({event.cause or 'force majeure or other good reason'}).",
        )

    def resume(self, event: Event) -> None:
        """A suspension ends. Raises: BadEventChain when none runs."""
        if self.stopped_on is None:
            raise BadEventChain(event.on)
        days = (event.on - self.stopped_on).days
        self.suspended += days
        self.stopped_on = None
        self.say(
            f"{event.on} 中止原因消除，中止 {days} 天，时效顺延 {days} 天。",
            f"The obstacle ended on {event.on}: {days} days are added.",
        )

    def say(self, zh: str, en: str) -> None:
        """Add a step."""
        self.steps.append((zh, en))
