"""The account that a due date gives of itself, in plain Chinese and English."""

import datetime as dt
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from casework.rules.calendar import DAY, MAKE_UP, Calendar
from casework.rules.periods import MONTHS_IN, Counted, Pause, corresponding_day
from casework.rules.rule import Rule
from casework.rules.wording_days import runs, working

NOTHING = MappingProxyType({"zh": "", "en": ""})
GENERIC_NAME = MappingProxyType({"zh": "一般期间", "en": "generic period"})
GENERIC_START = MappingProxyType({"zh": "起始日", "en": "the start"})
GENERIC_BASIS = MappingProxyType(
    {"zh": "民法典 第201、202、203条", "en": "Civil Code art. 201, 202, 203"}
)
UNITS_ZH = MappingProxyType(
    {
        "calendar_day": "个自然日",
        "working_day": "个工作日",
        "month": "个月",
        "year": "年",
        "hour": "小时",
        "minute": "分钟",
    }
)
UNITS_EN = MappingProxyType(
    {
        "calendar_day": "calendar day",
        "working_day": "working day",
        "month": "month",
        "year": "year",
        "hour": "hour",
        "minute": "minute",
    }
)
MARKS = MappingProxyType(
    {
        "V": ("", ""),
        "S": ("（据公开资料）", " (from a public source)"),
        "K": ("（条文待核对）", " (text to be confirmed)"),
        "U": ("（各地不同，须本地确认）", " (varies by place, confirm locally)"),
        "P": ("", ""),
    }
)
Steps = tuple[tuple[str, ...], tuple[str, ...]]


def explain(
    rule: Rule,
    start: dt.date,
    length: int,
    counted: Counted,
    calendar: Calendar,
    pauses: Sequence[Pause],
    *,
    extended: bool,
) -> Steps:
    """The steps from start to due date, each one sentence, Chinese and English."""
    pairs = [_what(rule, length)]
    if extended and rule.extension is not None:
        pairs.append(_extension(rule))
    if isinstance(start, dt.datetime) and isinstance(counted.raw, dt.datetime):
        pairs.append(_clock(rule, start, counted.raw))
    else:
        pairs.extend(_days(rule, start, length, counted, calendar, pauses))
    if counted.provisional:
        pairs.append(PROVISIONAL)
    pairs.append(_basis(rule))
    zh, en = zip(*pairs, strict=True)
    return zh, en


PROVISIONAL = (
    "涉及的年份放假安排尚未公布或未录入，暂按周末推算，公布后重算。",
    "The holiday schedule of a year concerned is not loaded: weekends only, to be recomputed.",
)


def _what(rule: Rule, length: int) -> tuple[str, str]:
    ahead_zh, ahead_en = ("之前", "before") if rule.before else ("起", "from")
    plural = "" if length == 1 else "s"
    return (
        f"{rule.code}「{rule.name['zh']}」：自{rule.start['zh']}{ahead_zh} {length} {UNITS_ZH[rule.unit]}。",
        f"{rule.code}, {rule.name['en']}: {length} {UNITS_EN[rule.unit]}{plural} "
        f"{ahead_en} {rule.start['en']}.",
    )


def _extension(rule: Rule) -> tuple[str, str]:
    extension = rule.extension
    assert extension is not None  # noqa: S101 - the caller looked
    return (
        f"已含延长：由{extension.by['zh']}决定，凭{extension.evidence['zh']}。",
        f"Extension included: by {extension.by['en']}, shown by {extension.evidence['en']}.",
    )


def _clock(rule: Rule, start: dt.datetime, raw: dt.datetime) -> tuple[str, str]:
    begin, end = f"{start:%Y-%m-%d %H:%M}", f"{raw:%Y-%m-%d %H:%M}"
    if rule.unit == "hour":
        return (
            f"{begin} 所在的小时不计，从下一小时起算，夜间、周末、节日照算，到 {end}。",
            f"The hour of {begin} is not counted; it runs from the next hour through nights, "
            f"weekends and holidays, to {end}.",
        )
    return (
        f"从 {begin} 起连续计算，到 {end}。",
        f"It runs from {begin} without a stop, to {end}.",
    )


def _days(
    rule: Rule,
    start: dt.date,
    length: int,
    counted: Counted,
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> Iterable[tuple[str, str]]:
    yield _first_day(rule, start, calendar)
    for pause in pauses:
        if pause.until <= start or pause.since > counted.raw:
            continue
        yield (
            f"{pause.since} 至 {pause.until} 不计入（{pause.why or '中止'}）。",
            f"{pause.since} to {pause.until} does not count ({pause.why or 'suspended'}).",
        )
    if rule.unit == "working_day":
        yield working(length, counted, calendar)
        return
    yield _raw(rule, start, length, counted, calendar)
    yield _roll(rule, counted, calendar)


def _first_day(rule: Rule, start: dt.date, calendar: Calendar) -> tuple[str, str]:
    zh, en = calendar.day_name(start), calendar.day_name(start, "en")
    if rule.before:
        return (
            f"{start}（{zh}）当日不计，往前数。",
            f"{start} ({en}) is not counted; count backwards.",
        )
    return (
        f"{start}（{zh}）当日不计，从 {start + DAY} 数起。",
        f"{start} ({en}) is not counted; count from {start + DAY}.",
    )


def _raw(
    rule: Rule, start: dt.date, length: int, counted: Counted, calendar: Calendar
) -> tuple[str, str]:
    raw = counted.raw
    zh, en = calendar.day_name(raw), calendar.day_name(raw, "en")
    if rule.unit == "calendar_day":
        return (
            f"数满 {length} 个自然日（中间的休息日照数），最后一天是 {raw}（{zh}）。",
            f"{length} calendar days, days off inside included, end on {raw} ({en}).",
        )
    if raw != corresponding_day(start, length * MONTHS_IN[rule.unit]):
        return (
            f"扣除不计的日子后，最后一天是 {raw}（{zh}）。",
            f"With the days not counted it ends on {raw} ({en}).",
        )
    if raw.day != start.day:
        return (
            f"到期月份没有 {start.day} 日，取该月最后一天 {raw}（{zh}）。",
            f"There is no day {start.day} in that month: its last day, {raw} ({en}).",
        )
    return (
        f"{length} {UNITS_ZH[rule.unit]}后的对应日是 {raw}（{zh}）。",
        f"The corresponding day {length} {UNITS_EN[rule.unit]}s later is {raw} ({en}).",
    )


def _roll(rule: Rule, counted: Counted, calendar: Calendar) -> tuple[str, str]:
    raw, due = counted.raw, counted.due
    if not rule.rolls:
        return (
            f"这一期间到 {raw} 为止，遇休息日不顺延。",
            f"This period ends on {raw} whatever day it is.",
        )
    if raw == due:
        if calendar.day_name(raw) == MAKE_UP[0]:
            return (
                f"{raw} 是调休上班日，算工作日，不顺延。",
                f"{raw} is a make-up working day: it does not move.",
            )
        return f"{raw} 是工作日，不顺延。", f"{raw} is a working day: it does not move."
    zh, en = runs(sorted(counted.skipped, key=lambda day: day.on))
    to_zh, to_en = calendar.day_name(due), calendar.day_name(due, "en")
    if rule.before:
        return (
            f"{zh}休息，提前到 {due}（{to_zh}）。",
            f"{en} is off; earlier, to {due} ({to_en}).",
        )
    return (
        f"{zh}休息，顺延到之后第一个工作日 {due}（{to_zh}）。稳妥起见，请按 {raw} 安排。",
        f"{en} is off; it moves to the next working day, {due} ({to_en}). "
        f"To be safe, plan for {raw}.",
    )


def _basis(rule: Rule) -> tuple[str, str]:
    if rule.nature == "agreed" and rule.law:
        return (
            f"依据：{rule.article}。这是工作约定，不是法定期限。",
            f"Basis: {rule.article_en}. A working agreement, not a statutory limit.",
        )
    zh, en = MARKS[rule.mark]
    return f"依据：{rule.article}{zh}。", f"Basis: {rule.article_en}{en}."
