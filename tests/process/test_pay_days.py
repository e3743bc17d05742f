"""After the agreement: told before, on and after each pay day; proofs of payment; every state of an instalment."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.commands.payments import NoShare, PaidTooMuch
from casework.models import (
    Deadline,
    Employer,
    Evidence,
    Instalment,
    Message,
    Party,
    Payment,
    Person,
)
from casework.queries.members import members, totals
from mediation.commands import worker
from mediation.engine import run
from mediation.engine.errors import Invalid
from mediation.models import Task
from tests.desks.test_worker import photograph
from tests.process.agreements import WORKERS, ready_group
from tests.process.stage_c import Story, at, in_force

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def watched_until(story: Story) -> date | None:
    """The day that the list of work names for the watch of the payments."""
    with story.reading() as case:
        due = Task.objects.get(case=case, is_open=True, flow_task__endswith="watch").due_at
    return clock.last_day(due) if due else None


def told(story: Story) -> list[tuple[str, str]]:
    with story.reading() as case:
        rows = Message.objects.filter(case=case, key__startswith="remind").order_by(
            "made_at", "id"
        )
        return [(str(clock.day(row.made_at)), row.template) for row in rows]


def test_both_sides_are_told_before_on_and_after_a_pay_day():
    story = in_force()
    with transaction.atomic(), system("test"):
        Person.objects.filter(parties__case_id=story.case_id).update(phone="13800001111")
        Employer.objects.filter(parties__case_id=story.case_id).update(phone="13800002222")
    for day in ("2026-04-27", "2026-04-28", "2026-04-30", "2026-05-01"):
        story.until(f"{day} 09:30")
    both = ["news", "pay_day"]
    days = ["2026-04-27", "2026-04-30", "2026-05-01"]
    assert sorted(told(story)) == sorted((day, each) for day in days for each in both)


def test_who_has_paid_is_not_told_that_it_is_late():
    story = in_force()
    with transaction.atomic(), system("test"):
        Person.objects.filter(parties__case_id=story.case_id).update(phone="13800001111")
    paid = {"what": "PAYMENT", "amount_yuan": "18000.00", "proof": "银行回单"}
    story.do("manager", "watch", "2026-04-20 09:00", **paid)
    for day in ("2026-04-27", "2026-04-30", "2026-05-01"):
        story.until(f"{day} 09:30")
    assert told(story) == []


def test_a_bank_slip_is_kept_with_the_payment_and_shown_to_those_who_record():
    story = in_force()
    moment, slip = at("2026-04-30 10:00"), SimpleUploadedFile("slip.png", PNG)
    with clock.held_at(moment):
        run.complete(
            task_id=story.task("watch"), by=story.people["manager"], at=moment,
            data={"what": "PAYMENT", "amount_yuan": "20000.00"}, files={"proof_file": slip},
        )  # fmt: skip
    with story.reading():
        rows = list(Payment.objects.filter(instalment__agreement__case_id=story.case_id))
    assert [row.amount_yuan for row in rows] == [Decimal("18000.00"), Decimal("2000.00")]
    url = reverse("payment-proof", args=[story.case_id, rows[0].pk])
    manager, stranger = Client(), Client()
    manager.force_login(story.people["manager"])
    stranger.force_login(story.people["stranger"])
    assert manager.get(url)["Content-Type"] == "image/jpeg"
    assert stranger.get(url).status_code == 404
    with clock.held_at(moment):
        page = manager.get(reverse("task", args=[story.task("watch")])).content.decode()
    assert url in page
    assert "16,000.00" in page


def states(story: Story) -> list[list[str]]:
    with story.reading():
        rows = Instalment.objects.filter(agreement__case_id=story.case_id).order_by("number")
        return [row.states for row in rows]


@pytest.mark.parametrize(
    ("sealed", "missed_on", "grace_until"),
    [("2026-03-25 10:00", "2026-04-10", "2026-04-15"), ("2026-04-20 10:00", "2026-04-20", "2026-04-23")],
)  # fmt: skip
def test_nothing_was_missed_before_the_agreement_was_in_force(sealed, missed_on, grace_until):
    story = in_force(days=("2026-04-10", "2026-05-29"), sealed=sealed)
    story.until(max(sealed, "2026-04-11 00:10"))
    assert states(story)[0][-1] == "LATE"
    with story.reading() as case:
        grace = Deadline.objects.get(case=case, rule="P-09")
        assert (str(grace.start), str(grace.due)) == (missed_on, grace_until)
        assert grace.state == "OPEN"


def test_every_state_of_an_instalment_in_its_order():
    """PENDING, DUE, LATE, DUNNED, DEFAULTED, ACCELERATED, then PAID or WAIVED; the oldest is paid first."""
    story = in_force(days=("2026-04-30", "2026-05-29", "2026-06-30"))
    for day in ("2026-04-30 00:10", "2026-05-01 00:10"):
        story.until(day)
    assert states(story)[0][-2:] == ["DUE", "LATE"]
    assert watched_until(story) == date(2026, 4, 30)
    story.do("manager", "watch", "2026-05-04 09:00", what="DUNNED")
    with story.reading() as case:
        grace = case.deadlines.get(rule="P-09", state="OPEN")
    assert watched_until(story) == grace.due  # dunned: its grace stands on the list of work
    story.until("2026-05-13 00:10")
    story.do("manager", "watch", "2026-05-13 09:00", what="DEFAULT")
    assert states(story)[1:] == [["PENDING", "ACCELERATED"]] * 2
    assert watched_until(story) is None  # no day of the plan is waited for any more
    story.do("manager", "watch", "2026-05-14 09:00", what="PAYMENT", amount_yuan="13000.00")
    with story.reading():
        rows = Instalment.objects.filter(agreement__case_id=story.case_id).order_by("number")
        assert [str(row.paid_yuan) for row in rows] == ["12000.00", "1000.00", "0.00"]
    story.do(
        "manager",
        "watch",
        "2026-05-15 09:00",
        what="WAIVED",
        instalment=3,
        reason="放弃",
        in_writing=True,
    )
    story.do("manager", "watch", "2026-05-16 09:00", what="PAYMENT", amount_yuan="11000.00")
    assert states(story) == [
        ["PENDING", "DUE", "LATE", "DUNNED", "DEFAULTED", "PAID"],
        ["PENDING", "ACCELERATED", "PAID"],
        ["PENDING", "ACCELERATED", "WAIVED"],
    ]
    with story.reading() as case:
        assert case.status == "PERFORMED"


def test_the_firm_hands_in_a_slip_and_the_worker_says_what_came():
    story, moment = in_force(), at("2026-04-30 10:00")
    with clock.held_at(moment), story.reading() as case:
        firm, me = (
            Party.objects.get(case=case, ref="R1"),
            Party.objects.get(case=case, ref="W01"),
        )
        slip = photograph().read()
        worker.hand_in(case, firm, data=slip, name="回单.jpg", at=moment, instalment=1)
        worker.confirm_payment(case, me, number=1, at=moment)
        worker.deny_payment(case, me, number=2, at=moment)
        with pytest.raises(worker.NoSuchPayment):
            worker.hand_in(case, firm, data=slip + b" ", name="x", at=moment, instalment=9)
        proof = Evidence.objects.get(case=case)
    manager = Client(headers={"accept-language": "zh-hans"})
    manager.force_login(story.people["manager"])
    with clock.held_at(moment):
        page = manager.get(reverse("task", args=[story.task("watch")])).content.decode()
    assert reverse("case-file", args=[story.case_id, proof.pk]) in page
    assert "已收到：W01" in page
    assert "称未收到：W01" in page


def group_in_force() -> Story:
    """S01: twelve workers, two instalments of 127,350."""
    story = ready_group()
    everybody = [*WORKERS, "R1", "R2", "mediator"]
    story.do("mediator", "collect_signatures", "2026-03-25 09:00", signed_by=everybody)
    story.do("manager", "seal", "2026-03-25 11:00")
    return story


def test_money_for_one_worker_of_a_group_is_counted_to_that_worker():
    story = group_in_force()
    one = {"what": "PAYMENT", "member": "w01"}
    story.do("manager", "watch", "2026-04-01 09:00", **one, amount_yuan="12000.00")
    with story.reading() as case:
        rows = {row.ref: row.got for row in members(case)}
        assert (rows["W01"], rows["W02"]) == (Decimal("12000.00"), Decimal())
        assert totals(case).paid == Decimal("12000.00")
        parts = Payment.objects.filter(party__ref="W01").order_by("instalment__number")
        assert [str(row.amount_yuan) for row in parts] == ["10800.00", "1200.00"]
    for yuan, refused in (("9600.01", PaidTooMuch), ("9600.00", None), ("0.01", NoShare)):
        act = {**one, "amount_yuan": yuan}
        if refused is None:
            story.do("manager", "watch", "2026-04-02 09:00", **act)
            continue
        with pytest.raises(refused):
            story.do("manager", "watch", "2026-04-02 09:00", **act)
    story.do("manager", "watch", "2026-04-03 09:00", what="PAYMENT", amount_yuan="116550.00")
    with story.reading() as case:
        got = {row.ref: row.got for row in members(case)}
        assert (got["W01"], got["W02"]) == (Decimal("21600.00"), Decimal("10800.00"))
        assert totals(case).paid == Decimal("138150.00")


def test_nobody_is_paid_who_does_not_stand_in_the_case():
    story = group_in_force()
    with pytest.raises(Invalid):
        story.do(
            "manager",
            "watch",
            "2026-04-01 09:00",
            what="PAYMENT",
            member="W99",
            amount_yuan="1",
        )
