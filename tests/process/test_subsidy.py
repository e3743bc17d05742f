"""Bought legal services: within the year's money, each work once, settled by another, paid, in the ledger."""

import io
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client
from openpyxl import load_workbook

from casework import clock
from casework.commands import subsidy as file
from casework.models import Event, LawFirm, Lawyer, Subsidy, SubsidyYear, User
from documents import issue
from documents.models import Paper
from mediation.engine.errors import Invalid, NotYours
from tests.process.agreements import race
from tests.process.stage_c import Story, accepted, at

pytestmark = pytest.mark.django_db
WORK = [{"on": "2026-03-18", "service": "MEDIATION", "what": "参与调解半天"}]
ACCOUNT = "6200000000000000001"


@pytest.fixture
def story() -> Story:
    told = accepted(claims=[("A02.01", "拖欠工资", Decimal(9000))])
    firm = LawFirm.objects.create(name="样例律师事务所（虚构）")
    told.lawyer = Lawyer.objects.create(  # type: ignore[attr-defined]
        firm=firm, name="叶知微", licence="EXAMPLE1", holder="样例律师事务所", bank="示例银行",
        account=ACCOUNT,
    )  # fmt: skip
    where = told.people["manager"].district
    told.people["second"] = User.objects.create(
        username="c_second", display_name="卞可", roles=["case_manager"], district=where
    )
    return told


def granted(story: Story, *, when: str = "2026-03-16 09:00", who: str = "manager", n: int = 1):
    services = [{"service": "MEDIATION", "times": n}, {"service": "CONSULT", "times": 1}]
    return story.start(
        who,
        "subsidy.grant",
        when,
        lawyer=str(story.lawyer.pk),
        services=services,
        why="群体欠薪",
    )


def row(story: Story) -> Subsidy:
    with story.reading() as case:
        return Subsidy.objects.get(case=case)


def claimed(story: Story, lines=WORK, who: str = "manager") -> None:
    story.do(
        who, "claim", "2026-03-20 09:00", voucher=str(row(story).pk), used="YES", lines=lines,
        result="调解成功",
    )  # fmt: skip


def settled(story: Story, decision: str = "SETTLE", why: str = "", who: str = "head") -> None:
    key = str(row(story).pk)
    story.do(who, "settle", "2026-03-23 09:00", voucher=key, decision=decision, why=why)


def taken(year: int = 2026) -> Decimal:
    return SubsidyYear.objects.get(year=year).taken_yuan


def test_from_the_voucher_to_the_payment(story):
    granted(story)
    made = row(story)
    assert (made.reserved_yuan, taken()) == (Decimal("600.00"), Decimal("600.00"))
    assert made.figures == [
        "subsidy_tariff_consult@2025-01-01",
        "subsidy_tariff_mediation@2025-01-01",
    ]
    claimed(story)
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D38"))
    assert (facts.total_yuan, facts.lawyer, facts.account) == (
        Decimal("500.00"),
        "叶知微",
        ACCOUNT,
    )
    assert (facts.outcome, facts.manager) == ("调解成功", "邓川")
    settled(story)
    assert taken() == Decimal("500.00")  # what was not used goes back
    key = str(made.pk)
    with pytest.raises(file.NotBeforeTheVoucher):
        story.do(
            "manager",
            "pay",
            "2026-04-01 09:00",
            voucher=key,
            paid_on="2026-03-20",
            paid_ref="支1",
        )
    story.do(
        "manager", "pay", "2026-04-01 09:00", voucher=key, paid_on="2026-03-30", paid_ref="支1"
    )
    assert row(story).state == "PAID"
    with story.reading() as case:
        kinds = Event.objects.filter(case=case, kind__regex="^(voucher|subsidy)")
        assert list(kinds.values_list("kind", flat=True)) == [
            "voucher.granted", "subsidy.claimed", "subsidy.settled", "subsidy.paid",
        ]  # fmt: skip
        told = str([event.payload for event in Event.objects.filter(case=case)])
    assert ACCOUNT not in told


def test_who_confirmed_the_work_does_not_settle_it(story):
    granted(story)
    claimed(story)
    with pytest.raises(NotYours):
        settled(story, who="second")
    story.people["manager"].roles = ["case_manager", "mediation_head"]
    story.people["manager"].save()
    with pytest.raises(file.SettledByItsClaimant):
        settled(story, who="manager")


def test_a_claim_given_back_is_written_anew_and_both_stay(story):
    granted(story)
    claimed(story)
    with pytest.raises(Invalid):
        settled(story, "BACK")
    settled(story, "BACK", "日期不对")
    claimed(story, [{**WORK[0], "on": "2026-03-19"}])
    with story.reading() as case:
        (line,) = file.lines_of(Subsidy.objects.get(case=case))
        assert str(line.on) == "2026-03-19"
        lives = Paper.objects.filter(case=case, code="D38").order_by("id")
        assert list(lives.values_list("life", flat=True)) == ["SUPERSEDED", "VALID"]
        assert Subsidy.objects.get(case=case).lines.count() == 2


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([WORK[0], WORK[0]], file.NotGranted),
        ([{**WORK[0], "on": "2026-03-13"}], file.NotBeforeTheVoucher),
        ([{**WORK[0], "on": "2026-03-21"}], file.NotBeforeTheVoucher),
    ],
)
def test_work_is_paid_once_and_only_from_the_voucher_on(story, lines, refusal):
    granted(story)
    with pytest.raises(refusal):
        claimed(story, lines)
    with pytest.raises(Invalid):
        claimed(story, [{**WORK[0], "service": "LITIGATION"}])
    with pytest.raises(Invalid):
        claimed(story, [])


def test_a_service_granted_twice_is_paid_twice(story):
    granted(story, n=2)
    claimed(story, [WORK[0], {**WORK[0], "on": "2026-03-19"}])
    assert row(story).total_yuan == Decimal("1000.00")


def test_what_is_refused_or_not_used_frees_the_money(story):
    granted(story)
    claimed(story)
    settled(story, "REFUSE", "没有到场")
    assert taken() == 0
    with story.reading() as case:
        assert Subsidy.objects.get(case=case).state == "REFUSED"
    granted(story, when="2026-03-24 09:00")
    with story.reading() as case:
        key = str(Subsidy.objects.get(case=case, state="GRANTED").pk)
    with pytest.raises(Invalid):
        story.do("manager", "claim", "2026-03-25 09:00", voucher=key, used="NO")
    story.do("manager", "claim", "2026-03-25 09:00", voucher=key, used="NO", why="职工自行委托")
    assert taken() == 0
    assert "settle" not in story.names()


def test_the_years_money_ends(story):
    quota = SubsidyYear(district=story.people["manager"].district, year=2026)
    quota.taken_yuan = Decimal("199500.00")
    quota.save()
    with pytest.raises(file.QuotaSpent):
        granted(story)
    assert taken() == Decimal("199500.00")
    story.lawyer.is_active = False
    story.lawyer.save()
    with pytest.raises(Invalid):
        granted(story)


@pytest.mark.django_db(transaction=True)
def test_two_vouchers_at_once_never_grant_more_than_there_is(story):
    """Two cases of one district race for the last of the year's money."""
    other = accepted(claims=[("A02.01", "拖欠工资", Decimal(9000))])
    other.lawyer, other.people = story.lawyer, story.people  # type: ignore[attr-defined]
    quota = SubsidyYear(district=story.people["manager"].district, year=2026)
    quota.taken_yuan = Decimal("199000.00")
    quota.save()
    came = race(partial(granted, story), partial(granted, other))
    assert came.count("done") == 1
    assert taken() == Decimal("199600.00")


def page(story: Story, who: str, address: str = "/subsidies/", **post):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(story.people[who])
    with clock.held_at(at("2026-03-29 09:00")):
        return client.post(address, post) if post else client.get(address)


def test_the_ledger_and_its_workbook(story):
    assert "还没有发放法律服务券" in page(story, "head").content.decode()
    granted(story)
    claimed(story)
    settled(story)
    shown = page(story, "head").content.decode()
    for words in ("叶知微", "199,500.00", "500.00"):
        assert words in shown
    assert ACCOUNT not in shown
    assert (
        "还没有发放法律服务券" in page(story, "head", "/subsidies/?year=2025").content.decode()
    )
    made = page(story, "head", "/subsidies/ledger.xlsx?year=2026").content
    lines = list(load_workbook(io.BytesIO(made)).active.values)
    assert len(lines) == 2
    assert (lines[1][3], lines[1][7], lines[1][10]) == ("叶知微", 500, "韦嘉")
    assert ACCOUNT not in str(lines)


def test_steps_show_tariff_voucher_and_lines(story):
    with story.reading() as case:
        address = f"/cases/{case.pk}/do/subsidy.grant/"
    assert "1,500.00" in page(story, "manager", address).content.decode()
    granted(story)
    claimed(story)
    shown = page(story, "head", f"/task/{story.task('settle')}/").content.decode()
    assert "参与调解半天" in shown


def test_the_list_of_lawyers_is_the_heads(story):
    for address in ("/lawyers/", "/lawyers/new/", "/lawyers/firms/new/"):
        assert page(story, "manager", address).status_code == 404
    for who in ("stranger", "mediator", "operator"):
        assert page(story, who).status_code == 404
        with pytest.raises(NotYours):
            granted(story, who=who)
    firm = str(story.lawyer.firm_id)
    fields = {"name": "方禾", "firm": firm, "licence": "EXAMPLE1", "holder": "甲", "bank": "乙"}
    assert page(story, "head", "/lawyers/new/", **fields).status_code == 422  # no account
    again = page(story, "head", "/lawyers/new/", account="62000000", **fields)
    assert again.status_code == 422
    fields["licence"] = "EXAMPLE2"
    assert page(story, "head", "/lawyers/new/", account="62000000", **fields).status_code == 302
    made = Lawyer.objects.get(licence="EXAMPLE2")
    del fields["bank"]
    page(story, "head", f"/lawyers/{made.pk}/", bank="丙", is_active="on", **fields)
    made.refresh_from_db()
    assert (made.bank, made.account, made.is_active) == ("丙", "62000000", True)
    assert "62000000" not in page(story, "head", f"/lawyers/{made.pk}/").content.decode()
