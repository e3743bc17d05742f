"""When a time limit ends, and why: the answer carries its own explanation."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.rules import wording
from casework.rules.calendar import Calendar, Skipped
from casework.rules.catalogue import Catalogue, seed
from casework.rules.data import FIRST, as_date, as_moment
from casework.rules.errors import (
    ExtensionNeedsLength,
    LengthNotAllowed,
    NoExtension,
    NoPeriod,
    PeriodRequired,
    StartNeedsTime,
)
from casework.rules.periods import (
    FORWARD,
    Counted,
    Pause,
    add_hours,
    add_minutes,
    before_calendar_days,
    before_working_days,
)
from casework.rules.rule import Rule
from casework.rules.units import check_length

GENERIC = "GEN-"
OF_THE_CLOCK = ("hour", "minute")


@dataclass(frozen=True, slots=True)
class Due:
    """An explained due date. `raw` is before, `due` after moving off a day off; plan to `raw`.

    For hours and minutes `start`, `raw` and `due` are instants (wall clock of Shanghai).
    `provisional` means: a year without an official schedule was counted by weekends only.
    """

    code: str
    version: str
    start: dt.date
    length: int
    unit: str
    raw: dt.date
    due: dt.date
    provisional: bool
    skipped: tuple[Skipped, ...]
    article: str
    mark: str
    nature: str
    steps_zh: tuple[str, ...]
    steps_en: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer with ISO dates, as command and API print it."""
        return {
            "code": self.code,
            "version": self.version,
            "start": _iso(self.start),
            "raw": _iso(self.raw),
            "due": _iso(self.due),
            "provisional": self.provisional,
            "unit": self.unit,
            "length": self.length,
            "skipped": [
                {"on": day.on.isoformat(), "name": day.name, "name_en": day.name_en}
                for day in self.skipped
            ],
            "article": self.article,
            "mark": self.mark,
            "nature": self.nature,
            "steps": list(self.steps_zh),
            "steps_en": list(self.steps_en),
        }


def due(
    code: str,
    start: dt.date | str,
    *,
    calendar: Calendar,
    catalogue: Catalogue | None = None,
    length: int | None = None,
    unit: str | None = None,
    extended: bool = False,
    pauses: Sequence[Pause] = (),
) -> Due:
    """When the time limit `code` that starts on `start` ends.

    `code` may end in x for the full extension. A rule with variants, one that somebody sets
    (F-01) and an extension by consent take `length`, the whole length. `GEN-...` is a period
    without a rule and needs `length` and `unit`. `pauses` are days that do not count.

    Raises: UnknownRule, NotInForce, NoPeriod, LengthNotAllowed, NoExtension,
        ExtensionNeedsLength, PeriodRequired, BadLength, UnknownUnit, StartNeedsTime,
        ImpossibleDate, DateOutOfRange.
    """
    moment = as_moment(start)
    if code.startswith(GENERIC):
        if length is None or unit is None:
            raise PeriodRequired(code)
        return _generic(code, moment, check_length(length, unit), unit, calendar, pauses)
    rule, by_code = (catalogue or seed()).rule(code, as_date(moment))
    whole, longer = _length(rule, length, unit, extended=extended or by_code)
    return _answer(rule, moment, whole, calendar, pauses, code=code, extended=longer)


def _generic(
    code: str,
    moment: dt.date,
    length: int,
    unit: str,
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> Due:
    rule = Rule(
        code,
        "",
        wording.GENERIC_NAME,
        wording.GENERIC_START,
        "none",
        length,
        unit,
        "",
        wording.GENERIC_BASIS["zh"],
        wording.GENERIC_BASIS["en"],
        "V",
        "agreed",
        wording.NOTHING,
        FIRST,
    )
    return _answer(rule, moment, length, calendar, pauses, code=code, extended=False)


def _answer(
    rule: Rule,
    moment: dt.date,
    length: int,
    calendar: Calendar,
    pauses: Sequence[Pause],
    *,
    code: str,
    extended: bool,
) -> Due:
    start = _start(rule, moment)
    counted = _count(rule, start, length, calendar, pauses)
    zh, en = wording.explain(rule, start, length, counted, calendar, pauses, extended=extended)
    return Due(
        code,
        rule.version,
        start,
        length,
        rule.unit,
        counted.raw,
        counted.due,
        counted.provisional,
        counted.skipped,
        rule.article,
        rule.mark,
        rule.nature,
        zh,
        en,
    )


def _length(
    rule: Rule, length: int | None, unit: str | None, *, extended: bool
) -> tuple[int, bool]:
    """The whole length to count, and whether it is an extended one."""
    if rule.length is None:
        raise NoPeriod(rule.code)
    if unit is not None and unit != rule.unit:
        raise LengthNotAllowed(rule.code, unit)
    if extended:
        return _extended_length(rule, rule.length, length), True
    if length is None:
        return rule.length, False
    allowed = length == rule.length or length in rule.variants.values()
    if not allowed and not rule.adjustable:
        raise LengthNotAllowed(rule.code, length)
    return check_length(length, rule.unit), False


def _extended_length(rule: Rule, basic: int, length: int | None) -> int:
    if rule.extension is None:
        raise NoExtension(rule.code)
    if rule.extension.length is None:
        least = min(basic, *rule.variants.values()) if rule.variants else basic
        if length is None or check_length(length, rule.unit) <= least:
            raise ExtensionNeedsLength(rule.code)
        return length
    whole = basic + rule.extension.length
    if length is not None and not basic < length <= whole:
        raise LengthNotAllowed(rule.code, length)
    return whole if length is None else length


def _start(rule: Rule, moment: dt.date) -> dt.date:
    if rule.unit not in OF_THE_CLOCK:
        return as_date(moment)
    if not isinstance(moment, dt.datetime):
        raise StartNeedsTime(rule.code)
    return moment


def _count(
    rule: Rule, start: dt.date, length: int, calendar: Calendar, pauses: Sequence[Pause]
) -> Counted:
    if isinstance(start, dt.datetime):
        return add_hours(start, length) if rule.unit == "hour" else add_minutes(start, length)
    if rule.before:
        before = before_working_days if rule.unit == "working_day" else before_calendar_days
        return before(start, length, calendar)
    counted = FORWARD[rule.unit](start, length, calendar, pauses)
    return counted if rule.rolls else Counted(counted.raw, counted.raw)


def _iso(value: dt.date) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes" if not value.second else "seconds")
    return value.isoformat()
