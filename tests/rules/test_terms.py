"""Every time limit is there, with its length, unit, extension and mark; edits lie over the release."""

from dataclasses import FrozenInstanceError
from datetime import date
from types import MappingProxyType

import pytest
import yaml

from casework.rules import catalogue as catalogues
from casework.rules.calendar import official
from casework.rules.catalogue import build, seed
from casework.rules.data import VALUES, read
from casework.rules.deadlines import due
from casework.rules.errors import BadData, NotEditable, NotInForce, UnknownRule

# code: length, unit (d calendar days, w working days, m months, y years, h hours, min minutes),
# +extension or +? (as agreed), mark. Copied by hand from the texts, not from the data.
TERMS = """
P-01 - P; P-02 30min P; P-03 1w+? P; P-04 1w+? P; P-05 5w+? P; P-06 5w+? P; P-07 30d+? P;
P-08 5w+? P; P-09 3w P; P-10 5w+? P; P-11 1w+? P; P-12 5w+? P; P-13 3w P; P-14 5w+? P; F-01 7d P;
M-01 3w K; M-02 3w S; M-03 15d V; M-04 15d+? K; M-05 15d+15 S; M-06 30d+? V; M-07 15d+? V;
M-08 3w V; M-09 2w V; M-09b 3w V; M-10 3w V; M-11 10w S; M-12 1w P; M-13 3w P; M-14 - V;
A-01 30d V; A-02a 3d V; A-02b 15d+10 V; A-02d 30d+? V; A-03 15d V; A-03b 6m V; A-04 15d K;
A-05 5w+5 K; A-06a 5d V; A-06b 15d V; A-06c 15d V; A-07 2y V; A-08 6m V; A-09 48h V; A-09b 30d V;
A-10 3m V;
B-01 12m V; B-02 5w V; B-03 5w V; B-04 10w V; B-05 5w V; B-06 5w V; B-07 5w V; B-07b 3w V;
B-08 45d+15 V; B-09 15d V; B-10 30d V; B-11 15d V; B-12 - V; B-13 30d V; B-14 30d V;
C-01 7d V; C-02 3m+1 V; C-03 6m+6 V; C-04 2m+1 V; C-05 15d V; C-06 - V; C-07 - V; C-08 10d V;
C-09 3y V;
I-01 2y V; I-02 5w S; I-03 60w+30 V; I-04 15w K; I-05 - V;
W-01 30d V; W-02 1y V; W-03 60d V; W-04 60d+30 V; W-05 15d V; W-06 1y V; W-07 12m+12 V;
L-01a 7d V; L-01b 3d V; L-02 - V; L-03 5d V;
U-01 10w P; U-02 15w U; U-03 5w P; U-04 20d V; U-05 10d V; U-06 10d V; U-06b 15d V; U-06c 10d V;
U-07 60d+30 V; U-08 30d V; U-09 - V; U-10 30d V; U-11 5w U;
R-01 2m S; R-02 2m V; R-02b 15d V; R-03 10w P; R-04 2m V;
XF-01 15d V; XF-02 5w V; XF-03 60d+30 V; XF-04 30d V; XF-05 30d V; XF-06 30d V; XF-07 30d V;
LC-01 1m V; LC-02 12m V; LC-03 15d V; LC-04 2y V; LC-04b 3y V; LC-05 - V; LC-06 - S; LC-07 2y V;
LC-08 98d V; LC-08b 178d K; LC-09 1y V; LC-10 - V
"""
UNITS = {
    "calendar_day": "d", "working_day": "w", "month": "m", "year": "y", "hour": "h", "minute": "min",
}  # fmt: skip


def told(rule):
    """One rule in the short form of the table above."""
    if rule.length is None:
        return f"{rule.code} - {rule.mark}"
    more = ""
    if rule.extension:
        more = "+?" if rule.extension.length is None else f"+{rule.extension.length}"
    return f"{rule.code} {rule.length}{UNITS[rule.unit]}{more} {rule.mark}"


def test_every_code_with_length_unit_extension_and_mark():
    rules = [seed().rule(code)[0] for code in seed().codes() if code != "A-02c"]
    wanted = {" ".join(each.split()) for each in TERMS.split(";")}
    assert {told(rule) for rule in rules} == wanted


@pytest.mark.parametrize(
    ("code", "variants"),
    [
        ("P-05", {"ordinary": 5, "difficult": 10, "very_complex": 15}),
        ("P-10", {"ordinary": 5, "collective": 3, "emergency": 1}),
        ("M-07", {"ordinary": 15, "summary": 7}),
        ("C-05", {"judgment": 15, "ruling": 10}),
        ("W-03", {"ordinary": 60, "clear": 15}),
    ],
)
def test_variants(code, variants):
    assert dict(seed().rule(code)[0].variants) == variants


def test_every_start_and_every_law_of_the_files_is_used():
    rules = [rule for versions in seed().rules.values() for rule in versions]
    assert {rule.law for rule in rules} - {""} <= set(read("laws.yaml"))
    assert {rule.start_event for rule in rules} - {""} <= set(read("starts.yaml"))


def test_law_policy_and_regulation_are_told_apart():
    natures = {code: seed().rule(code)[0].nature for code in ("M-03", "M-01", "P-03", "XF-01")}
    assert natures == {
        "M-03": "statutory", "M-01": "regulation", "P-03": "agreed", "XF-01": "regulation",
    }  # fmt: skip
    for versions in seed().rules.values():
        for rule in versions:
            assert (rule.mark == "P") == (rule.law == "POLICY")


def test_articles_are_cited_in_both_languages():
    rule = seed().rule("M-03")[0]
    assert (rule.article, rule.article_en) == (
        "劳动争议调解仲裁法 第14条", "Labour Dispute Mediation and Arbitration Law art. 14",
    )  # fmt: skip
    assert seed().rule("A-01")[0].article == "人民调解法 33; 民事诉讼法 205"
    assert seed().rule("P-03")[0].article == "本系统约定（不是法律规定）"
    assert seed().rule("I-04")[0].article == "关于实施劳动保障监察条例若干规定"


def test_no_first_day_is_made_up():
    """What has no recorded first day says so; a dated text says how sure its day is."""
    for code in ("U-04", "U-10", "U-02", "P-03"):
        rule = seed().rule(code, date(1980, 1, 1))[0]
        assert (rule.since, rule.version) == (None, "release")
    assert seed().rule("C-01")[0].since == date(2024, 1, 1)
    for name, law in read("laws.yaml").items():
        assert ("since" in law) == ("in_force" in law), name
        assert law.get("since", "K") in "VSK"


def test_a_start_before_the_recorded_text_is_refused_not_guessed():
    with pytest.raises(NotInForce):
        seed().rule("C-01", date(2023, 12, 31))


def test_x_and_the_second_code_of_the_same_limit_mean_the_full_extension():
    assert seed().rule("I-03x") == (seed().rule("I-03")[0], True)
    assert seed().rule("A-02c") == (seed().rule("A-02b")[0], True)
    assert "I-03x" in seed()
    assert "A-02c" in seed()
    assert "Z-01" not in seed()
    assert 7 not in seed()
    with pytest.raises(UnknownRule):
        seed().rule("Z-01x")


# -- edits over the release


def edit(code="P-08", since="2027-01-01", **changes):
    return {"code": code, "in_force": since, **changes}


def test_an_edit_outranks_the_release_only_from_its_day():
    merged = seed().merged([edit(length=7)])
    assert merged.rule("P-08", date(2026, 12, 31))[0].length == 5
    assert merged.rule("P-08", date(2027, 1, 1))[0].length == 7
    assert merged.rule("P-08")[0].version == "2027-01-01"
    assert merged.rule("P-08")[0].since == date(2027, 1, 1)
    old = merged.rules["P-08"][0]
    assert (old.until, old.in_force_on(date(2027, 1, 1))) == (date(2027, 1, 1), False)
    found = due("P-08", date(2027, 1, 4), calendar=official(), catalogue=merged)
    assert (found.length, found.version) == (7, "2027-01-01")


def test_a_second_edit_follows_the_first():
    merged = seed().merged([edit(length=7), edit(since="2027-06-01", length=9)])
    lengths = [merged.rule("P-08", date(2027, month, 1))[0].length for month in (1, 5, 6)]
    assert lengths == [7, 7, 9]


def test_the_release_itself_is_never_touched():
    before = seed().rule("P-10")[0]
    merged = seed().merged([edit("P-10", variants={"ordinary": 4, "collective": 2})])
    assert seed().rule("P-10")[0] is before
    with pytest.raises(TypeError):
        merged.rules["P-10"] = ()
    with pytest.raises(TypeError):
        merged.rule("P-10")[0].variants["ordinary"] = 1
    with pytest.raises(FrozenInstanceError):
        before.length = 9


@pytest.mark.parametrize("code", ["M-03", "M-02"])
def test_what_was_checked_or_is_from_a_public_source_changes_only_by_a_release(code):
    with pytest.raises(NotEditable):
        seed().merged([edit(code, length=10)])


def test_an_edit_does_not_make_a_setting_into_law():
    with pytest.raises(NotEditable):
        seed().merged([edit(mark="V", length=6)])
    assert seed().merged([edit("U-02", mark="K")]).rule("U-02")[0].mark == "K"


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (edit("Z-01", length=3), UnknownRule),
        (edit(), BadData),
        (edit(unit="month"), BadData),
        (edit(since="1949-10-01", length=3), BadData),
        (edit(length=0), BadData),
        (edit(length="7"), BadData),
        (edit("P-10", variants={"ordinary": 0}), BadData),
        (edit(mark="?"), NotEditable),
    ],
)
def test_edits_that_cannot_be(row, error):
    with pytest.raises(error):
        seed().merged([row])


# -- broken data


def entry(**changes):
    known = {
        "name": {"zh": "名", "en": "name"}, "start": "call", "length": 3, "unit": "working_day",
        "law": "LDMAL", "article": 14, "mark": "V", "effect": {"zh": "效", "en": "effect"},
    }  # fmt: skip
    return {key: value for key, value in {**known, **changes}.items() if value is not None}


def built(**changes):
    return build({"T-01": entry(**changes)}, read("laws.yaml"), read("starts.yaml"))


def test_own_dates_of_an_entry_outrank_those_of_its_law():
    rule = built(in_force="2010-01-01", until="2012-01-01").rule("T-01")[0]
    assert (rule.in_force, rule.until) == (date(2010, 1, 1), date(2012, 1, 1))
    with pytest.raises(NotInForce):
        built(in_force="2010-01-01", until="2012-01-01").rule("T-01", date(2012, 1, 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"law": "MURPHY"},
        {"start": "dawn"},
        {"mark": "?"},
        {"name": {"zh": "名"}},
        {"unit": "fortnight"},
        {"length": 0},
        {"length": "3"},
        {"variants": {"fast": 0}},
        {"direction": "before", "unit": "month"},
    ],
)
def test_broken_entries_are_refused(changes):
    with pytest.raises(BadData):
        built(**changes)


def test_an_alias_needs_its_rule():
    with pytest.raises(BadData):
        build({"T-02": {"alias": "T-09"}}, {}, {})


def test_no_code_stands_in_two_files():
    seen = [
        code
        for file in sorted((VALUES / "terms").glob("*.yaml"))
        for code in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    assert len(seen) == len(set(seen)) == len(seed().codes())
    assert isinstance(catalogues.seed().rules, MappingProxyType)
