"""Decision tables: the row that decides, gaps and overlaps found exactly, edits, dry run."""

import copy
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.data import read
from casework.rules.errors import (
    BadData,
    MissingFact,
    NoMatchingRow,
    NotEditable,
    NotInForce,
    RowWithoutEffect,
    TableContradictsItself,
    TableHasGaps,
    UnknownFact,
    UnknownRule,
)
from casework.rules.tables import Range, decide, dry_run, said
from casework.rules.tables_check import problems
from casework.rules.tables_read import as_rows, build, draft, seed
from tests.rules.cases import cases

WORDS = {"zh": "字", "en": "word"}


def table(rows, top=9):
    """A small table: a flag, a choice of three and a number of 1 to `top` or none."""
    return {
        "in_force": "2020-01-01",
        "name": WORDS,
        "columns": {
            "flag": {"kind": "flag", "name": {"zh": "旗", "en": "flag"}},
            "kind": {
                "kind": "choice",
                "name": {"zh": "类", "en": "kind"},
                "values": {each: {"zh": each.upper(), "en": each} for each in "abc"},
            },
            "many": {
                "kind": "number",
                "from": 1,
                "to": top,
                "optional": True,
                "name": {"zh": "数", "en": "many"},
            },
        },
        "outcomes": {"X": WORDS, "Y": WORDS},
        "rows": [
            {"id": str(i), "if": when, "then": then, "why": WORDS, "mark": "P"}
            for i, (when, then) in enumerate(rows)
        ],
    }


def unchecked(rows):
    """A draft that is not yet checked, as an editor sees it."""
    sound = build("t", table([({}, "X")]))
    content = table(rows)
    return draft(sound, {"in_force": "2026-01-01", "rows": content["rows"]}, checked=False)


def test_every_seeded_table_has_no_gap_no_contradiction_and_no_idle_row():
    tables = seed()
    assert tables.codes() == (
        "group", "scope", "relation", "province", "district", "level", "priority", "route",
    )  # fmt: skip
    for code in tables.codes():
        assert problems(tables.on(code)) == ()


def test_a_gap_is_named_in_words():
    (gap,) = problems(unchecked([({"flag": True}, "X"), ({"many": {"to": 4}}, "X")]))
    assert (gap.kind, gap.rows) == ("GAP", ())
    assert gap.facts_en == "flag: no; many: 5 or more, none"
    assert gap.facts_zh == "旗：否；数：5 以上、没有"


def test_two_rows_that_contradict_are_named_with_the_facts_where_they_meet():
    found = problems(
        unchecked([({"many": {"to": 5}}, "X"), ({"kind": ["a", "b"]}, "Y"), ({}, "Y")])
    )
    assert [(each.kind, each.rows) for each in found] == [
        ("OVERLAP", ("0", "1")),
        ("OVERLAP", ("0", "2")),
    ]
    assert found[0].facts_en == "kind: a, b; many: 5 or less"


def test_rows_that_agree_may_overlap_and_the_first_one_decides():
    made = build("t", table([({"flag": True}, "X"), ({"kind": "a"}, "X"), ({}, "X")]))
    facts = {"flag": True, "kind": "a", "many": None}
    assert decide(made, facts).row == "0"


def test_a_row_that_is_never_reached_is_idle():
    (idle,) = problems(
        unchecked([({"many": {"from": 1, "to": 9}}, "X"), ({"many": 3}, "X"), ({}, "X")])
    )
    assert (idle.kind, idle.rows, idle.facts_en) == ("IDLE", ("1",), "many: 3")


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([({"flag": True}, "X")], TableHasGaps),
        ([({}, "X"), ({"flag": True}, "Y")], TableContradictsItself),
        ([({}, "X"), ({"flag": True}, "X")], RowWithoutEffect),
    ],
)
def test_a_faulty_table_is_never_used(rows, error):
    with pytest.raises(error):
        build("t", table(rows))


FLAGS = st.one_of(st.none(), st.booleans())
KINDS = st.one_of(st.none(), st.sets(st.sampled_from("abc"), min_size=1).map(sorted))
SPANS = st.tuples(st.integers(1, 5), st.integers(1, 5)).map(
    lambda pair: {"from": min(pair), "to": max(pair)}
)
MANY = st.one_of(st.none(), st.lists(st.one_of(st.just("none"), SPANS), min_size=1, max_size=2))
ROWS = st.lists(
    st.tuples(st.tuples(FLAGS, KINDS, MANY), st.sampled_from("XY")), min_size=1, max_size=5
)


def holds(when, facts):
    """A row by hand: no code shared with the tables."""
    flag, kinds, many = when
    if flag is not None and facts["flag"] is not flag:
        return False
    if kinds is not None and facts["kind"] not in kinds:
        return False
    return many is None or any(
        facts["many"] is None
        if span == "none"
        else facts["many"] is not None and span["from"] <= facts["many"] <= span["to"]
        for span in many
    )


@cases(150)
@given(ROWS)
def test_gaps_contradictions_and_idle_rows_are_those_of_trying_every_fact(rows):
    content = [
        ({key: value for key, value in zip(("flag", "kind", "many"), when, strict=True)
          if value is not None}, then)
        for when, then in rows
    ]  # fmt: skip
    whole = table(content, top=5)
    sound = build("t", table([({}, "X")], top=5))
    made = draft(sound, {"in_force": "2026-01-01", "rows": whole["rows"]}, checked=False)
    found = problems(made)
    gap, clashes, idle = False, set(), set(range(len(rows)))
    for flag, kind, many in product((True, False), "abc", (None, 1, 2, 3, 4, 5)):
        facts = {"flag": flag, "kind": kind, "many": many}
        hits = [i for i, (when, _) in enumerate(rows) if holds(when, facts)]
        gap = gap or not hits
        idle -= set(hits[:1])
        clashes |= {
            (str(i), str(j)) for i in hits for j in hits if i < j and rows[i][1] != rows[j][1]
        }
        if hits:
            assert decide(made, facts).row == str(hits[0])
        else:
            with pytest.raises(NoMatchingRow):
                decide(made, facts)
    assert any(each.kind == "GAP" for each in found) is gap
    assert {each.rows for each in found if each.kind == "OVERLAP"} == clashes
    assert {int(each.rows[0]) for each in found if each.kind == "IDLE"} == idle


def test_a_fact_that_is_missing_or_unknown_is_refused():
    made = build("t", table([({}, "X")]))
    with pytest.raises(MissingFact):
        decide(made, {"flag": True, "kind": "a"})
    for wrong in ({"many": 10}, {"many": True}, {"many": 0}, {"kind": "z"}, {"flag": 1}):
        with pytest.raises(UnknownFact):
            decide(made, {"flag": True, "kind": "a", "many": None, **wrong})


def test_a_decision_names_table_version_row_and_facts():
    made = decide(seed().on("group"), {"group_size": 12, "colour": "red"})
    assert made.to_json() == {
        "table": "group",
        "version": "2008-05-01",
        "row": "G3",
        "outcome": "COLLECTIVE",
        "why": dict(made.why),
        "mark": "V",
        "article": "劳动争议调解仲裁法 第7条",
        "facts": {"group_size": 12},
    }


def test_an_edit_holds_from_its_day_and_leaves_the_version_before_it_alone():
    rows = as_rows(seed().on("level"))
    for row in rows:
        if "group_size" in row["if"]:
            row["if"]["group_size"] = {"from": 30} if row["id"] == "L5" else {"to": 29}
    edited = seed().merged([{"code": "level", "in_force": "2027-01-01", "rows": rows}])
    facts = dict.fromkeys(seed().on("level").columns, False) | {"group_size": 40}
    old, new = edited.on("level", date(2026, 12, 31)), edited.on("level", date(2027, 1, 1))
    assert [decide(each, facts).outcome for each in (old, new)] == ["district", "city"]
    assert seed().on("level").version == "release"
    (change,) = dry_run(old, new, [("案一", facts), ("案二", facts | {"group_size": 12})])
    assert (change.case, change.before.row, change.after.row) == ("案一", "L8", "L5")
    assert change.moves


def test_another_row_with_the_same_outcome_is_shown_but_moves_nothing():
    one = unchecked([({"flag": True}, "X"), ({}, "X")])
    other = unchecked([({"kind": "a"}, "X"), ({}, "X")])
    facts = {"flag": True, "kind": "b", "many": None}
    (change,) = dry_run(one, other, [("案", facts)])
    assert not change.moves


def test_what_is_written_is_read_back_the_same():
    for code in seed().codes():
        made = seed().on(code)
        again = draft(made, {"in_force": "2099-01-01", "rows": as_rows(made)})
        assert again.rows == made.rows


def test_a_row_of_the_law_changes_only_by_a_release():
    """Ten people are collective by 劳动争议调解仲裁法 art. 7: no screen changes that."""
    rows = as_rows(seed().on("group"))
    rows[2]["if"] = {"group_size": {"from": 12}}
    rows[1]["if"] = {"group_size": {"from": 3, "to": 11}}
    with pytest.raises(NotEditable):
        seed().merged([{"code": "group", "in_force": "2027-01-01", "rows": rows}])
    rows = as_rows(seed().on("level"))
    rows[0]["mark"] = "V"
    with pytest.raises(NotEditable):
        seed().merged([{"code": "level", "in_force": "2027-01-01", "rows": rows}])


def test_edits_that_cannot_be():
    rows = as_rows(seed().on("level"))
    with pytest.raises(BadData):
        seed().merged([{"code": "level", "in_force": "1949-10-01", "rows": rows}])
    with pytest.raises(UnknownRule):
        seed().merged([{"code": "fate", "in_force": "2027-01-01", "rows": rows}])
    with pytest.raises(UnknownRule):
        seed().on("fate")
    with pytest.raises(NotInForce):
        seed().on("group", date(2008, 4, 30))
    with pytest.raises(NoMatchingRow):
        seed().on("group").row("G9")
    assert seed().on("group").row("G3").then == "COLLECTIVE"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: c["rows"].clear(),
        lambda c: c["rows"].append(copy.deepcopy(c["rows"][0])),
        lambda c: c["rows"][0]["if"].update(colour="red"),
        lambda c: c["rows"][0].update(then="Z"),
        lambda c: c["rows"][0].update(mark="Q"),
        lambda c: c["rows"][0].update(why={"zh": "字"}),
        lambda c: c["rows"][0].update(why={"zh": "字", "en": ""}),
        lambda c: c["rows"][0].pop("then"),
        lambda c: c.update(rows=None),
        lambda c: c["rows"][0].update({"if": {"kind": "z"}}),
        lambda c: c["rows"][0].update({"if": {"kind": []}}),
        lambda c: c["rows"][0].update({"if": {"many": {"from": 3, "to": 2}}}),
        lambda c: c["rows"][0].update({"if": {"many": {"from": 0}}}),
        lambda c: c["rows"][0].update({"if": {"many": {"below": 3}}}),
        lambda c: c["rows"][0].update({"if": {"many": True}}),
        lambda c: c["columns"]["many"].update({"from": 9, "to": 1}),
        lambda c: c["columns"]["many"].update(kind="colour"),
        lambda c: c.pop("outcomes"),
    ],
)
def test_broken_data_is_refused(spoil):
    content = table([({}, "X")])
    spoil(content)
    with pytest.raises(BadData):
        build("t", content)


def test_values_are_said_in_both_languages():
    columns = build("t", table([({}, "X")])).columns
    many, flag = columns["many"], columns["flag"]
    assert said(many, [Range(2, 4), Range(1, 3), Range(5, 9), Range(7, 7), None], "en") == (
        "2 to 4, 3 or less, 5 or more, 7, none"
    )
    assert said(many, [Range(2, 4), Range(1, 3), None]) == "2 至 4、3 以下、没有"
    assert said(flag, [True, False], "en") == "yes, no"
    assert said(flag, [True, False]) == "是、否"


def test_the_words_of_a_fact_belong_to_the_tables_that_use_it():
    """`relation` and `route` read what `scope` decides, so they know the same outcomes."""
    scope = set(seed().on("scope").outcomes)
    for code in ("relation", "route"):
        assert set(seed().on(code).columns["scope"].domain) == scope
    group = set(seed().on("group").outcomes)
    assert set(seed().on("priority").columns["group"].domain) == group
    classes = set(read("triage.yaml")["class_order"])
    assert set(seed().on("route").columns["leading_class"].domain) == classes
