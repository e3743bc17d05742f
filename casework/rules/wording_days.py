"""Days in words: working days one by one or by the month, days off in runs."""

import datetime as dt
from collections.abc import Sequence

from casework.rules.calendar import DAY, Calendar
from casework.rules.periods import Counted, Pause, Skipped
from casework.rules.rule import Rule

LISTED_ONE_BY_ONE = 20


def working(
    rule: Rule,
    start: dt.date,
    length: int,
    counted: Counted,
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> tuple[str, str]:
    """Which working days were counted, which days were not."""
    if rule.before:
        days = _counted_days(counted.due - DAY, start - DAY, calendar, pauses)[::-1]
    else:
        days = _counted_days(start, counted.due, calendar, pauses)
    skipped_zh, skipped_en = runs(sorted(counted.skipped, key=lambda day: day.on))
    off_zh = f"不数：{skipped_zh}。" if counted.skipped else ""
    off_en = f" Not counted: {skipped_en}." if counted.skipped else ""
    zh = _one_by_one(days, calendar) if length <= LISTED_ONE_BY_ONE else _by_month(days)
    return (
        f"逐日数工作日：{zh}；第 {length} 个是 {counted.due}。{off_zh}",
        f"Working days counted: {zh}; number {length} is {counted.due}.{off_en}",
    )


def _counted_days(
    after: dt.date, until: dt.date, calendar: Calendar, pauses: Sequence[Pause]
) -> list[dt.date]:
    days = []
    on = after
    while on < until:
        on += DAY
        if calendar.is_working(on) and not any(p.since <= on <= p.until for p in pauses):
            days.append(on)
    return days


def _one_by_one(days: Sequence[dt.date], calendar: Calendar) -> str:
    return " ".join(
        f"{on.isoformat()[5:]}*" if on in calendar.days else on.isoformat()[5:] for on in days
    ) + ("（*调休上班 make-up day）" if any(on in calendar.days for on in days) else "")


def _by_month(days: Sequence[dt.date]) -> str:
    counts: dict[str, int] = {}
    for on in days:
        month = on.isoformat()[:7]
        counts[month] = counts.get(month, 0) + 1
    return " + ".join(f"{month}: {count}" for month, count in counts.items())


def runs(skipped: Sequence[Skipped]) -> tuple[str, str]:
    """Days off in runs of one name: `2026-02-15 至 2026-02-23 春节`; weekends as one kind."""
    runs: list[list[Skipped]] = []
    for day in sorted(skipped, key=lambda day: day.on):
        if runs and runs[-1][-1].on + DAY == day.on and _kind(runs[-1][-1]) == _kind(day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return (
        "、".join(_run(run, " 至 ", _kind(run[0])) for run in runs),
        ", ".join(_run(run, " to ", _kind_en(run[0])) for run in runs),
    )


def _run(run: Sequence[Skipped], to: str, name: str) -> str:
    days = f"{run[0].on}" if len(run) == 1 else f"{run[0].on}{to}{run[-1].on}"
    return f"{days} {name}"


def _kind(day: Skipped) -> str:
    return "周末" if day.name.startswith("星期") else day.name


def _kind_en(day: Skipped) -> str:
    return "weekend" if day.name.startswith("星期") else day.name_en
