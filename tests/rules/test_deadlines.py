"""Deadlines of the codes: extensions, variants, explanations, and questions that have no answer."""

from datetime import UTC, date, datetime

import pytest

from casework.rules.calendar import official
from casework.rules.deadlines import due
from casework.rules.errors import (
    BadLength,
    DateOutOfRange,
    ExtensionNeedsLength,
    ImpossibleDate,
    LengthNotAllowed,
    NoExtension,
    NoPeriod,
    PeriodRequired,
    StartNeedsTime,
    UnknownRule,
)
from casework.rules.periods import Pause

CALENDAR = official()
MARCH = date(2026, 3, 2)


def found(code, start=MARCH, **more):
    return due(code, start, calendar=CALENDAR, **more)


def test_43_an_award_in_45_days_and_15_more_with_the_directors_approval():
    """劳动争议调解仲裁法 43."""
    assert found("B-08").due == date(2026, 4, 16)
    longer = found("B-08x")
    assert (longer.due, longer.length, longer.code) == (date(2026, 5, 6), 60, "B-08x")
    assert found("B-08", extended=True).due == longer.due
    assert "仲裁委员会主任" in " ".join(longer.steps_zh)
    assert "director" in " ".join(longer.steps_en)


def test_part_of_an_extension_may_be_granted_and_no_more_than_the_whole():
    assert found("B-08x", length=50).length == 50
    for length in (45, 61):
        with pytest.raises(LengthNotAllowed):
            found("B-08x", length=length)


def test_29_mediation_is_lengthened_as_long_as_the_parties_agree():
    """企业劳动争议协商调解规定 29: the consent names the whole length."""
    assert found("M-04x", length=30).due == date(2026, 4, 1)
    for length in (None, 15):
        with pytest.raises(ExtensionNeedsLength):
            found("M-04x", length=length)


def test_what_cannot_be_extended_is_not():
    with pytest.raises(NoExtension):
        found("M-03x")


def test_variants_and_set_limits_take_their_length():
    assert found("P-10", length=1).due == date(2026, 3, 3)
    assert found("F-01", length=3).due == date(2026, 3, 5)
    assert found("M-03", length=15, unit="calendar_day").due == date(2026, 3, 17)
    with pytest.raises(LengthNotAllowed):
        found("P-10", length=2)
    with pytest.raises(LengthNotAllowed):
        found("M-03", unit="working_day")
    with pytest.raises(BadLength):
        found("F-01", length=0)


def test_a_duty_without_a_period_has_no_deadline():
    with pytest.raises(NoPeriod):
        found("B-12")


def test_a_generic_period_needs_length_and_unit():
    assert found("GEN-x", length=2, unit="month").due == date(2026, 5, 6)
    for more in ({}, {"length": 3}, {"unit": "month"}):
        with pytest.raises(PeriodRequired):
            found("GEN-x", **more)


def test_104_a_ruling_in_48_hours_needs_the_hour_and_stops_at_no_weekend():
    """民事诉讼法 104; the hour itself is not counted (解释 125)."""
    ruling = found("A-09", "2026-03-06T16:20")
    assert ruling.as_json()["due"] == "2026-03-08T17:00"
    assert "夜间、周末、节日照算" in " ".join(ruling.steps_zh)
    with pytest.raises(StartNeedsTime):
        found("A-09")


def test_an_emergency_is_told_within_thirty_minutes():
    """S11: P-02 from 14:05."""
    notice = found("P-02", "2026-07-20T14:05")
    assert notice.as_json()["due"] == "2026-07-20T14:35"
    assert "连续计算" in " ".join(notice.steps_zh)
    seconds = found("P-02", datetime(2026, 7, 20, 6, 5, 30, tzinfo=UTC)).as_json()
    assert seconds["due"] == "2026-07-20T14:35:30+08:00"


def test_a_day_rule_takes_the_day_of_an_instant_in_shanghai():
    assert found("M-03", datetime(2026, 3, 1, 17, tzinfo=UTC)).start == MARCH


def test_35_a_hearing_notice_is_counted_backwards_and_says_so():
    notice = found("B-07", date(2026, 10, 9))
    assert notice.due == date(2026, 9, 24)
    assert "往前数" in " ".join(notice.steps_zh)
    assert "backwards" in " ".join(notice.steps_en)
    layoff = found("U-08", date(2026, 11, 4))
    assert (layoff.raw, layoff.due) == (date(2026, 10, 5), date(2026, 9, 30))
    assert "提前到 2026-09-30" in " ".join(layoff.steps_zh)


def test_a_period_that_does_not_roll_ends_on_its_day():
    """女职工劳动保护特别规定 7: 98 days of leave end on a Sunday all the same."""
    leave = found("LC-08", date(2026, 3, 1))
    assert (leave.raw, leave.due, leave.skipped) == (date(2026, 6, 7), date(2026, 6, 7), ())
    assert "不顺延" in " ".join(leave.steps_zh)


def test_provisional_is_said_in_words():
    limit = found("B-01", date(2026, 3, 20))
    assert (limit.due, limit.provisional) == (date(2027, 3, 22), True)
    assert "尚未公布" in " ".join(limit.steps_zh)


@pytest.mark.parametrize(
    ("code", "start", "more", "words"),
    [
        ("M-03", date(2026, 1, 31), {}, "2026-02-15 至 2026-02-23 春节休息，顺延到之后第一个工作日 2026-02-24（星期二）"),
        ("GEN-d", date(2026, 9, 30), {"length": 10, "unit": "calendar_day"}, "2026-10-10 是调休上班日，算工作日，不顺延"),
        ("GEN-m", date(2026, 1, 31), {"length": 1, "unit": "month"}, "到期月份没有 31 日，取该月最后一天 2026-02-28"),
        ("GEN-m", date(2026, 1, 30), {"length": 2, "unit": "month"}, "2 个月后的对应日是 2026-03-30（星期一）"),
        ("GEN-w", date(2026, 2, 12), {"length": 2, "unit": "working_day"}, "02-13 02-14*（*调休上班 make-up day）；第 2 个是 2026-02-14"),
        ("GEN-w", date(2026, 3, 6), {"length": 1, "unit": "working_day"}, "不数：2026-03-07 至 2026-03-08 周末"),
        ("GEN-w", date(2026, 6, 18), {"length": 1, "unit": "working_day"}, "不数：2026-06-19 至 2026-06-21 端午节"),
        ("I-03", date(2026, 3, 13), {}, "2026-03: 12 + 2026-04: 21 + 2026-05: 19 + 2026-06: 8；第 60 个是 2026-06-10"),
        ("M-01", MARCH, {}, "依据：企业劳动争议协商调解规定 第22条（条文待核对）"),
        ("I-02", MARCH, {}, "（据公开资料）"),
        ("P-03", MARCH, {}, "这是工作约定，不是法定期限"),
        ("U-02", MARCH, {}, "这是工作约定，不是法定期限"),
        ("GEN-d", MARCH, {"length": 1, "unit": "calendar_day"}, "民法典 第201、202、203条"),
    ],
)  # fmt: skip
def test_the_explanation_can_be_checked_by_hand(code, start, more, words):
    assert words in " ".join(found(code, start, **more).steps_zh)


@pytest.mark.parametrize(
    ("code", "start", "more", "words"),
    [
        ("M-03", date(2026, 1, 31), {}, "15 calendar days from receipt of the application"),
        ("M-12", MARCH, {}, "1 working day from the request for recusal"),
        ("U-08", date(2026, 11, 4), {}, "30 calendar days before the layoff"),
        ("GEN-w", date(2026, 3, 6), {"length": 1, "unit": "working_day"}, "Not counted: 2026-03-07 to 2026-03-08 weekend."),
        ("GEN-d", date(2026, 4, 4), {"length": 1, "unit": "calendar_day"}, "2026-04-05 to 2026-04-06 Qingming is off; it moves to the next working day, 2026-04-07 (Tuesday). To be safe, plan for 2026-04-05."),
        ("P-03", MARCH, {}, "A working agreement, not a statutory limit"),
    ],
)  # fmt: skip
def test_the_explanation_in_english(code, start, more, words):
    assert words in " ".join(found(code, start, **more).steps_en)


def test_pauses_are_told_with_their_reason():
    pauses = [
        Pause(date(2026, 3, 10), date(2026, 3, 14), "鉴定"),
        Pause(date(2026, 3, 16), date(2026, 3, 16)),
        Pause(MARCH, MARCH, "当日"),
        Pause(date(2026, 5, 1), date(2026, 5, 2), "以后"),
    ]
    steps = " ".join(found("M-03", pauses=pauses).steps_zh)
    assert "2026-03-10 至 2026-03-14 不计入（鉴定）" in steps
    assert "2026-03-16 至 2026-03-16 不计入（中止）" in steps
    assert "当日）" not in steps
    assert "以后" not in steps


def test_a_month_with_paused_days_says_where_it_ends():
    pause = [Pause(date(2026, 3, 10), date(2026, 3, 14))]
    later = found("GEN-m", date(2026, 3, 5), length=1, unit="month", pauses=pause)
    assert later.raw == date(2026, 4, 10)
    assert "扣除不计的日子后，最后一天是 2026-04-10" in " ".join(later.steps_zh)
    across = found("GEN-m", date(2026, 2, 27), length=1, unit="month",
                   pauses=[Pause(date(2026, 3, 20), date(2026, 3, 24))])  # fmt: skip
    assert across.raw == date(2026, 4, 1)
    assert "扣除不计的日子后，最后一天是 2026-04-01" in " ".join(across.steps_zh)


def test_the_answer_as_data():
    data = found("M-03", date(2026, 1, 31)).as_json()
    assert {key: data[key] for key in ("code", "raw", "due", "length", "unit", "mark", "nature")} == {
        "code": "M-03", "raw": "2026-02-15", "due": "2026-02-24", "length": 15,
        "unit": "calendar_day", "mark": "V", "nature": "statutory",
    }  # fmt: skip
    assert data["skipped"][0] == {
        "on": "2026-02-15",
        "name": "春节",
        "name_en": "Spring Festival",
    }
    assert len(data["steps"]) == len(data["steps_en"])
    assert set(data) == {
        "code", "version", "start", "raw", "due", "provisional", "unit", "length", "skipped",
        "article", "mark", "nature", "steps", "steps_en",
    }  # fmt: skip
    assert (data["version"], data["start"], data["provisional"]) == (
        "2008-05-01", "2026-01-31", False,
    )  # fmt: skip


def test_only_an_extended_limit_speaks_of_an_extension():
    for limit in (found("B-08"), found("B-08", length=45), found("P-10", length=1)):
        assert "延长" not in " ".join(limit.steps_zh)
    assert found("B-08x", length=60).due == found("B-08x").due
    assert found("B-08x", length=46).length == 46


def test_an_urgent_limit_of_our_own_may_be_lengthened_from_its_own_length():
    """P-10 is 5 working days, 1 in an emergency: 2 are already longer than that 1."""
    assert found("P-10x", length=2).length == 2
    with pytest.raises(ExtensionNeedsLength):
        found("P-10x", length=1)
    with pytest.raises(ExtensionNeedsLength):
        found("P-08x", length=5)


@pytest.mark.parametrize(
    ("code", "start", "error"),
    [
        ("Z-01", MARCH, UnknownRule),
        ("M-03", "2026-02-30", ImpossibleDate),
        ("M-03", "soon", ImpossibleDate),
        ("M-03", 20260302, ImpossibleDate),
        ("M-03", "1949-09-30", DateOutOfRange),
        ("M-03", "9999-12-31", DateOutOfRange),
    ],
)
def test_questions_without_an_answer(code, start, error):
    with pytest.raises(error):
        found(code, start)
