"""The one clock of the project.

Every instant that our code records comes from here, so that a test or a rehearsal can move it.
Instants are aware, in UTC; days are those of Asia/Shanghai (the legal day).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)


def now() -> datetime:
    """The present instant, in UTC; the held one while a rehearsal or a test holds the clock."""
    held = _held.get()
    return held if held is not None else datetime.now(UTC)


def today() -> date:
    """The present day in Shanghai."""
    return day(now())


def day(at: datetime) -> date:
    """The legal day on which an instant falls."""
    return at.astimezone(SHANGHAI).date()


def instant(on: date, hour: int = 0, minute: int = 0) -> datetime:
    """An instant by the wall clock of Shanghai."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def end_of(on: date) -> datetime:
    """24:00 of a day in Shanghai: the first instant at which a period that ends then is over.

    Source: 《民法典》第二百零三条.
    """
    return datetime.fromtimestamp(instant(on).timestamp() + 86400, UTC)


def last_day(over_at: datetime) -> date:
    """The last legal day of a period that is over at an instant: at 24:00 it is the day that ends then."""
    return day(over_at - timedelta(microseconds=1))


def within(on: date, at: datetime) -> datetime:
    """The instant on a day that is nearest to another: what is told later happened on its own day."""
    return min(max(instant(on), at), end_of(on) - timedelta(microseconds=1))


@contextmanager
def held_at(at: datetime) -> Iterator[None]:
    """Hold the clock at one instant inside the block."""
    token = _held.set(at)
    try:
        yield
    finally:
        _held.reset(token)
