"""Papers read the file: sessions, agreements, instalments, referrals."""

from datetime import date
from decimal import Decimal

import pytest

from casework.models import (
    Agency,
    Agreement,
    Consent,
    Instalment,
    Office,
    Referral,
    Session,
    Share,
)
from documents import issue


@pytest.fixture
def plan(case):
    agreement = Agreement.objects.create(
        case=case,
        total_yuan="21000",
        drafted_at=case.at,
        clauses=["分两期付清"],
        effective_on=date(2026, 3, 13),
    )
    case.claims.update(outcome="AGREED", agreed_yuan="21000")
    worker = case.parties.get(ref="W01")
    for number, due in ((1, date(2026, 4, 8)), (2, date(2026, 5, 6))):
        row = Instalment.objects.create(
            agreement=agreement, number=number, due_on=due, amount_yuan="10500"
        )
        Share.objects.create(instalment=row, party=worker, amount_yuan="10500")
    return agreement


@pytest.fixture
def session(case):
    rows = [
        {"ref": "W01", "name": "吕㛃", "present": True},
        {"ref": "R1", "name": "方砚", "present": False},
    ]
    return Session.objects.create(
        case=case,
        number=1,
        starts_at=case.at,
        ended_at=case.at,
        place="三楼调解室",
        mediator=case.chief,
        state="HELD",
        attendance=rows,
        record="双方陈述。",
        result="settled",
        agreed_facts="欠薪三个月。",
    )


def test_the_agreement_states_the_plan(case, plan, session, files):
    paper = issue.issue("D14", case=case, by=case.chief, at=case.at, subject_id=plan.pk)
    facts = issue.facts_of(paper)
    assert [line.yuan for line in facts.instalments] == [Decimal("10500.00")] * 2
    assert facts.agreed_facts == ("欠薪三个月。",)
    assert facts.clauses == ("分两期付清。",)
    assert issue.content(paper).startswith(b"%PDF")


def test_the_record_names_those_present_by_their_side(case, session, files):
    paper = issue.issue("D12", case=case, by=case.chief, at=case.at, subject_id=session.pk)
    assert [(line.name, line.capacity) for line in issue.facts_of(paper).present] == [
        ("吕㛃", "申请人")
    ]
    assert issue.content(paper).startswith(b"%PDF")


@pytest.mark.parametrize("code", ["D09", "D10"])
@pytest.mark.parametrize("ref", ["W01", "R1"])
def test_notices_go_to_each_side(case, session, files, code, ref):
    party = case.parties.get(ref=ref)
    paper = issue.issue(
        code, case=case, by=case.chief, at=case.at, subject_id=session.pk, party=party
    )
    assert issue.facts_of(paper).addressee == party.name
    assert issue.content(paper).startswith(b"%PDF")


def test_a_missed_instalment_is_dunned_for_what_is_open(case, plan, files):
    row = plan.instalments.first()
    paper = issue.issue(
        "D34", case=case, by=case.chief, at=case.at, subject_id=row.pk, pay_by=date(2026, 4, 13)
    )
    assert issue.facts_of(paper).remaining_yuan == Decimal(21000)
    assert issue.content(paper).startswith(b"%PDF")


def test_a_referral_goes_out_with_consent_and_is_answered(case, files):
    agency, _ = Agency.objects.get_or_create(
        code="HRSS", defaults={"name": "人力社保局", "short": "人社"}
    )
    office = Office.objects.create(agency=agency, name="劳动保障监察支队")
    worker = case.parties.get(ref="W01")
    consent = Consent.objects.create(
        case=case, party=worker, agency=agency, purpose="转办", given_at=case.at
    )
    referral = Referral.objects.create(
        case=case,
        agency=agency,
        office=office,
        matter="LABOUR_INSPECTION",
        consent=consent,
        sent_at=case.at,
        answered_at=case.at,
        answer="ACCEPTED",
        state="ACCEPTED",
    )
    keys = {"case": case, "by": case.chief, "at": case.at}
    made = [
        issue.issue("D03", subject_id=referral.pk, reply_by=date(2026, 3, 20), **keys),
        issue.issue("D04", subject_id=referral.pk, **keys),
        issue.issue("D05", subject_id=consent.pk, **keys),
    ]
    assert all(issue.content(paper).startswith(b"%PDF") for paper in made)


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("D01", {}),
        ("D02", {}),
        ("D08", {}),
        ("D13", {}),
        ("D25", {"reason": "不属于劳动争议"}),
        ("D26", {"missing": ("身份证明",)}),
        ("D31", {"outcome": "调解不成"}),
    ],
)
def test_papers_without_a_subject(case, files, code, keys):
    paper = issue.issue(code, case=case, by=case.chief, at=case.at, **keys)
    assert issue.content(paper).startswith(b"%PDF")
