"""The clock of limitation while the events are replayed: interrupted, suspended, resumed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.rules.calendar import Calendar
from casework.rules.errors import BadEventChain
from casework.rules.periods import Counted, corresponding_day, moved, rolled

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


@dataclass(frozen=True, slots=True)
class Link:
    """What one event did to the clock: INTERRUPTED, SUSPENDED, RESUMED, TOO_EARLY, TOO_LATE or
    PROMISE_TOO_LATE; and the expiry after it (None while suspended).
    """

    event: Event
    effect: str
    expires_on: dt.date | None

    @property
    def proved(self) -> bool:
        """Whether a proof is named. A call to the union alone is no claim on the employer."""
        return bool(self.event.evidence.strip())

    def as_json(self) -> dict[str, Any]:
        """The link as data, with ISO dates."""
        return {
            "date": self.event.on.isoformat(),
            "kind": self.event.kind,
            "cause": self.event.cause,
            "evidence": self.event.evidence,
            "effect": self.effect,
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
        }


@dataclass(slots=True)
class Clock:
    """The running period while the events are replayed."""

    base: dt.date
    calendar: Calendar
    suspended: int = 0
    stopped_on: dt.date | None = None
    needs_lawyer: bool = False
    steps: list[tuple[str, str]] = field(default_factory=list)
    chain: list[Link] = field(default_factory=list)

    def expiry(self) -> Counted:
        """The end as things stand: one year after the base, plus the days suspended."""
        return rolled(
            moved(corresponding_day(self.base, MONTHS), self.suspended), self.calendar
        )

    def passes(self, on: dt.date) -> bool:
        """Whether the period has ended before that day."""
        return self.stopped_on is None and on > self.expiry().due

    def restart(self, event: Event) -> None:
        """An interruption: a new year from that day."""
        self.base, self.suspended = event.on, 0
        if self.stopped_on is not None:
            self.stopped_on = event.on
        proof = event.evidence.strip()
        self.note(
            event,
            "INTERRUPTED",
            f"{event.on} 中断（{event.cause or '主张权利'}；{f'证据：{proof}' if proof else '尚无证据'}），从当日重新计算一年。",
            f"{event.on} interrupted ({event.cause or 'claim made'}; "
            f"{f'proof: {proof}' if proof else 'no proof yet'}): a new year from that day.",
        )

    def stop(self, event: Event) -> None:
        """A suspension begins. Raises: BadEventChain when one runs already."""
        if self.stopped_on is not None:
            raise BadEventChain(event.on)
        self.stopped_on = max(event.on, self.base)
        self.note(
            event,
            "SUSPENDED",
            f"{event.on} 起中止（{event.cause or '不可抗力等正当理由'}）。",
            f"Suspended from {event.on} ({event.cause or 'force majeure or other good reason'}).",
        )

    def resume(self, event: Event) -> None:
        """A suspension ends; days before the period began do not count.

        Raises: BadEventChain when none runs.
        """
        if self.stopped_on is None:
            raise BadEventChain(event.on)
        days = (max(event.on, self.base) - self.stopped_on).days
        self.suspended += days
        self.stopped_on = None
        self.note(
            event,
            "RESUMED",
            f"{event.on} 中止原因消除，中止 {days} 天，时效顺延 {days} 天。",
            f"The obstacle ended on {event.on}: {days} days are added.",
        )

    def promise_too_late(self, event: Event) -> None:
        """The other side agreed to perform after expiry: stored, shown, and for a lawyer."""
        self.needs_lawyer = True
        self.note(
            event,
            "PROMISE_TOO_LATE",
            f"{event.on} 期满后对方同意履行，请律师研判。",
            f"{event.on}: after expiry the other side agreed to perform; ask a lawyer.",
        )

    def note(self, event: Event, effect: str, zh: str, en: str) -> None:
        """A step that an event caused, and its link in the chain."""
        ends = None if self.stopped_on is not None else self.expiry().due
        self.chain.append(Link(event, effect, ends))
        self.say(zh, en)

    def say(self, zh: str, en: str) -> None:
        """Add a step."""
        self.steps.append((zh, en))
