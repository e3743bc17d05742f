"""Each of the 38 papers: every mandatory fact is named when it is missing, every fact is printed."""

import dataclasses
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from documents import samples
from documents.catalogue import KINDS, title_of
from documents.compose import compose
from documents.facts.base import Contradiction, FactMissing, freeze, require, thaw
from documents.facts.d33 import BarLine, ChartLine, MeasureLine, ReportFacts
from documents.gallery import sample_imprint
from documents.guard import Unprintable, require_printable
from documents.rendering import nets
from documents.said import leaves, words_of

CODES = [f"D{number:02d}" for number in range(1, 41)]
# Facts that steer a paper or belong to its data only, and are not words on it: code and label.
SILENT = {
    ("D02", "事由代码"), ("D03", "计算方法"), ("D03", "地址"), ("D08", "结果"), ("D13", "联系人"),
    ("D14", "编号"), ("D14", "司法确认或仲裁审查"), ("D14", "拟定日期"), ("D14", "地址"),
    ("D20", "时效届满日"), ("D31", "期间"), ("D33", "报表类型"), ("D33", "各项之和见指标"), ("D36", "地址"), ("D37", "地址"),
    ("D22", "案件编号"), ("D23", "案件编号"), ("D24", "案件编号"), ("D37", "案件编号"),
}  # fmt: skip
BY_THE_UNION = {code for code, kind in KINDS.items() if kind.voice == "name"} | {"D37"}


def test_the_catalogue_and_the_samples_hold_all_40_papers():
    assert list(KINDS) == CODES
    assert list(samples.FACTS) == CODES


@pytest.mark.parametrize("code", CODES)
def test_every_missing_fact_is_named(code):
    facts = samples.FACTS[code]
    require(facts)
    musts = [slot for slot in dataclasses.fields(facts) if slot.metadata.get("must")]
    assert musts
    for slot in musts:
        value = getattr(facts, slot.name)
        empty = () if isinstance(value, tuple) else "" if isinstance(value, str) else None
        with pytest.raises(FactMissing, match=re.escape(slot.metadata["label"])):
            require(dataclasses.replace(facts, **{slot.name: empty}))


@pytest.mark.parametrize("code", CODES)
def test_frozen_facts_come_back_equal(code):
    facts = samples.FACTS[code]
    assert thaw(type(facts), freeze(facts)) == facts


@pytest.mark.parametrize("code", CODES)
def test_the_paper_says_every_fact(code, sheets):
    text, lost = nets.extracted(sheets[code].pdf), []
    for label, value in leaves(samples.FACTS[code]):
        if (code, label) in SILENT or (label == "调解组织" and code in BY_THE_UNION):
            continue
        for words in words_of(value)[:1] if isinstance(value, Decimal) else words_of(value):
            bare = nets.bare(words)
            if bare not in text and not nets._over_pages(bare, text):
                lost.append((label, words))
    assert lost == []
    assert nets.bare(title_of(KINDS[code], samples.FACTS[code])) in text or KINDS[code].voice


@pytest.mark.parametrize(
    ("code", "changes", "words"),
    [
        ("D06", {"filed": True}, "已经起诉"),
        ("D11", {"decider": ""}, "决定人"),
        ("D11", {"decider": "贺知行"}, "不得决定自己"),
        ("D17", {"last_day": date(2026, 7, 9)}, "早于"),
        ("D21", {"exempt_why": ""}, "免予核查"),
        ("D23", {"supervisors": ("林书语",)}, "两名以上"),
        ("D33", {"last": date(2026, 2, 1)}, "早于"),
        ("D33", {"span": "quarter"}, "报表类型"),
        ("D37", {"inspectors": ("林书语",)}, "两人以上"),
        ("D37", {"fix_by": date(2026, 7, 1)}, "早于"),
        ("D38", {"total_yuan": Decimal(1)}, "不符"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(code, changes, words):
    with pytest.raises(Contradiction, match=words):
        require(dataclasses.replace(samples.FACTS[code], **changes))


def test_pages_of_a_file_follow_each_other():
    facts = samples.FACTS["D32"]
    gap = (facts.pieces[0], *facts.pieces[2:])
    with pytest.raises(Contradiction, match="页码不连续"):
        require(dataclasses.replace(facts, pieces=gap))


def test_somebody_who_did_not_elect_cannot_be_a_representative():
    facts = samples.FACTS["D27"]
    stranger = dataclasses.replace(facts.agents[0], name="外人")
    with pytest.raises(Contradiction, match="外人"):
        require(dataclasses.replace(facts, agents=(stranger,)))


def outside(numbers):
    """A chart of causes as it leaves the house beside the number of all cases: what is shown, by its place."""
    bars = tuple(BarLine(label=f"{n}", value=Decimal(each)) for n, each in enumerate(numbers))
    told = dataclasses.replace(
        samples.FACTS["D33"], charts=(ChartLine(title="案由", bars=bars, parts=True),)
    ).for_outside()
    return tuple(sorted((bar.label, bar.shown) for chart in told.charts for bar in chart.bars))


def test_a_hidden_cause_does_not_follow_from_the_number_of_all_cases():
    """Every chart of up to three causes of one to ten cases, against all with the same total that print alike."""
    for size in range(1, 4):
        alike = defaultdict(list)
        for numbers in product(range(1, 11), repeat=size):
            alike[sum(numbers), outside(numbers)].append(numbers)
        for (_whole, printed), tables in alike.items():
            if max(tables[0]) > 8:  # of larger ones not all rivals were printed
                continue
            for label, words in printed:
                assert words != "*" or len({each[int(label)] for each in tables}) > 1, tables
    assert dict(outside((40, 31, 3, 9))) == {"0": "40", "1": "31", "2": "*", "3": "*"}
    assert outside((3,)) == ()


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(21, 29, "21/29"), (21, 30, "70.0%"), (0, 30, "0.0%"), (0, 0, "—")],
)
def test_a_rate_from_fewer_than_thirty_is_told_as_counts(part, whole, shown):
    line = MeasureLine(code="ST07", name="率", definition="口径", part=part, whole=whole)
    report: ReportFacts = samples.FACTS["D33"]
    assert dataclasses.replace(report, measures=(line,)).rows[0].value == shown


@pytest.mark.parametrize(
    ("value", "outside", "shown"),
    [(4, True, "*"), (4, False, "4"), (5, True, "5"), (0, True, "0")],
)
def test_small_cells_are_hidden_outside_the_house(value, outside, shown):
    line = MeasureLine(
        code="ST16", name="数", definition="口径", value=Decimal(value), before=Decimal(9)
    )
    bars = (BarLine(label="甲", value=Decimal(value)), BarLine(label="乙", value=Decimal(90)))
    chart = ChartLine(title="图", bars=bars)
    report: ReportFacts = samples.FACTS["D33"]
    report = dataclasses.replace(report, measures=(line,), charts=(chart,))
    report = report.for_outside() if outside else report
    row = report.rows[0]
    assert row.value == shown
    assert (row.change == "—") == (shown == "*")
    job = compose(report, sample_imprint("D33"))
    assert f">{shown}</text>" in job.assets["chart0"]
    assert f"甲{shown}" in job.html
    assert ('"value":"4"' in job.facts) == (value == 4 and not outside)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(3, 40, "*"), (38, 40, "*"), (0, 40, "0.0%"), (40, 40, "100.0%"), (20, 40, "50.0%")],
)
def test_a_rate_that_tells_a_small_count_is_hidden_outside_the_house(part, whole, shown):
    line = MeasureLine(code="ST07", name="率", definition="口径", part=part, whole=whole)
    report: ReportFacts = samples.FACTS["D33"]
    told = dataclasses.replace(report, measures=(line,)).for_outside()
    assert told.rows[0].value == shown


def test_the_title_of_enforcement_is_not_the_title_of_the_paper():
    assert title_of(KINDS["D19"], samples.FACTS["D19"]) == "强制执行申请书"
    assert title_of(KINDS["D33"], samples.FACTS["D33"]).endswith("月报")


@pytest.mark.parametrize("name", ["王堃", "吕㛃", "𠅤𬱖", "买买提·艾力"])
def test_rare_names_are_let_through(name):
    require_printable(dataclasses.replace(samples.FACTS["D28"], party=name))


@pytest.mark.parametrize("name", ["吕\ue815", "王\U000323af", "\u202e王堃", "⼯人", "堃\ufe00"])
def test_names_that_cannot_be_printed_are_refused_at_their_place(name):
    with pytest.raises(Unprintable, match="当事人"):
        require_printable(dataclasses.replace(samples.FACTS["D28"], party=name))
