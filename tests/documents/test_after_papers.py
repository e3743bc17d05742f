"""D16, D18, D19, D28: each mandatory fact is named when it is missing; the file fills them."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

import pytest

from casework.models import Agreement, Instalment, Share
from documents import issue, samples
from documents.facts.base import Contradiction, FactMissing, freeze, require, thaw

AFTER = {code: samples.FACTS[code] for code in ("D16", "D18", "D19", "D28")}
MUST = [
    (code, slot.name, slot.metadata["label"])
    for code, facts in AFTER.items()
    for slot in dataclasses.fields(facts)
    if slot.metadata.get("must")
]


def emptied(value):
    return () if isinstance(value, tuple) else "" if isinstance(value, str) else None


@pytest.mark.parametrize(("code", "name", "label"), MUST)
def test_a_missing_fact_is_named(code, name, label):
    facts = samples.FACTS[code]
    with pytest.raises(FactMissing, match=label):
        require(dataclasses.replace(facts, **{name: emptied(getattr(facts, name))}))


@pytest.mark.parametrize("code", list(AFTER))
def test_frozen_facts_come_back_equal(code):
    assert thaw(type(AFTER[code]), freeze(AFTER[code])) == AFTER[code]


@pytest.mark.parametrize(
    ("code", "changes", "words"),
    [
        ("D16", {"last_day": date(2026, 7, 9)}, "早于"),
        ("D18", {"open_yuan": Decimal(19001)}, "不符"),
        ("D19", {"open_yuan": Decimal(1)}, "不符"),
        ("D28", {"electronic": True}, "电子送达地址"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(code, changes, words):
    with pytest.raises(Contradiction, match=words):
        require(dataclasses.replace(AFTER[code], **changes))


@pytest.fixture
def default(case):
    row = Agreement.objects.create(
        case=case, total_yuan="30000", drafted_at=case.at, effective_on=date(2026, 1, 5)
    )
    today = case.at.date()
    for number, due, paid in (
        (1, today - timedelta(days=40), "10000"),
        (2, today - timedelta(days=10), "3000"),
        (3, today + timedelta(days=20), "0"),
    ):
        part = Instalment.objects.create(
            agreement=row, number=number, due_on=due, amount_yuan="10000", paid_yuan=paid
        )
        Share.objects.create(
            instalment=part, party=case.parties.get(ref="W01"), amount_yuan="10000"
        )
    return row


KNOWN = {"court": "重庆市两江新区人民法院", "agreement_number": "渝工两江调协〔2026〕21号"}


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("D18", {"kind": "拖欠的劳动报酬", "no_counter_duty": True}),
        ("D19", {"title": "确认调解协议有效的裁定", "last_day": date(2028, 3, 1)}),
    ],
)
def test_only_what_is_due_and_unpaid_is_asked_for(case, default, files, code, keys):
    paper = issue.issue(
        code, case=case, by=case.chief, at=case.at, subject_id=default.pk, **KNOWN, **keys
    )
    facts = issue.facts_of(paper)
    assert [row.number for row in facts.unpaid] == [2]
    assert facts.open_yuan == Decimal(7000)
    assert issue.content(paper).startswith(b"%PDF")


def test_both_sides_ask_the_court_together(case, default, files):
    paper = issue.issue(
        "D16",
        case=case,
        by=case.chief,
        at=case.at,
        subject_id=default.pk,
        last_day=date(2026, 4, 1),
        **KNOWN,
    )
    names = {row.name for row in issue.facts_of(paper).applicants}
    assert names == {row.name for row in case.parties.all()}


def test_a_confirmation_without_its_agreement_is_refused(case, default, files):
    with pytest.raises(FactMissing, match="协议书字号"):
        issue.issue("D16", case=case, by=case.chief, at=case.at, subject_id=default.pk)
