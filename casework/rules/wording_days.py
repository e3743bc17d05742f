"""Days in words: working days one by one or by the month, days off in runs."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from casework.rules.calendar import DAY, Calendar, Skipped
from casework.rules.periods import Counted

LISTED_ONE_BY_ONE = 20


def working(length: int, counted: Counted, calendar: Calendar) -> tuple[str, str]:
    """Which working days were counted, and which days were not."""
    listed = (
        _one_by_one(counted.days, calendar)
        if length <= LISTED_ONE_BY_ONE
        else _by_month(counted.days)
    )
    zh, en = (
        f"逐日数工作日：{listed}；第 {length} 个是 {counted.due}。",
        f"Working days counted: {listed}; number {length} is {counted.due}.",
    )
    if not counted.skipped:
        return zh, en
    skipped_zh, skipped_en = runs(counted.skipped)
    return f"{zh}不数：{skipped_zh}。", f"{en} Not counted: {skipped_en}."


def runs(skipped: Sequence[Skipped]) -> tuple[str, str]:
    """Days off in runs of one name: `2026-02-15 至 2026-02-23 春节`; weekends as one kind."""
    found: list[tuple[Skipped, Skipped]] = []
    after = kind = None
    for day in skipped:
        if day.on == after and day.kind == kind:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
        after, kind = day.on + DAY, day.kind
    pairs = [_run(first.on, last.on, first.kind, first.kind_en) for first, last in found]
    return "、".join(zh for zh, _ in pairs), ", ".join(en for _, en in pairs)


@lru_cache(maxsize=4096)
def _run(first: dt.date, last: dt.date, zh: str, en: str) -> tuple[str, str]:
    if first == last:
        return f"{first} {zh}", f"{first} {en}"
    return f"{first} 至 {last} {zh}", f"{first} to {last} {en}"


def _one_by_one(days: Sequence[dt.date], calendar: Calendar) -> str:
    made_up = [on in calendar.days for on in days]
    listed = " ".join(
        f"{on.isoformat()[5:]}{'*' if star else ''}"
        for on, star in zip(days, made_up, strict=True)
    )
    return f"{listed}（*调休上班 make-up day）" if any(made_up) else listed


def _by_month(days: Sequence[dt.date]) -> str:
    counts: dict[tuple[int, int], int] = {}
    for on in days:
        month = (on.year, on.month)
        counts[month] = counts.get(month, 0) + 1
    return " + ".join(f"{year}-{month:02d}: {count}" for (year, month), count in counts.items())
