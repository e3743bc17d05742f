"""What hung on a wrong record is worked out anew and shown on a page; the wrong record stays, marked."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.models import Event, Instalment, Payment, Service
from documents.models import Life, Paper
from mediation.commands.correction import NothingElse, ServedBeforeIssue
from mediation.commands.payment_fixes import OpenAgainFirst, SameAsBefore
from mediation.engine.errors import NotFound, NotYours
from mediation.models import Process
from tests.process.stage_c import Story, at, held, in_force, one, to_session

pytestmark = pytest.mark.django_db


def page(story: Story, who: str = "manager", name: str = "corrections") -> str:
    """The page of corrections as a person sees it."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(story.people[who])
    with clock.held_at(at("2026-07-01 09:00")):
        answer = client.get(reverse(name, args=[story.case_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def row(story: Story, number: int) -> Instalment:
    with story.reading() as case:
        return Instalment.objects.get(agreement__case=case, number=number)


def pay(story: Story, when: str, yuan: str) -> Payment:
    story.do("manager", "watch", when, what="PAYMENT", amount_yuan=yuan, proof="流水")
    with story.reading():
        return Payment.objects.latest("id")


def test_a_payment_of_another_sum_and_day_is_put_right_and_the_plan_follows():
    story = in_force()
    wrong = pay(story, "2026-04-20 09:00", "18000.00")
    assert row(story, 1).state == "PAID"
    story.start("manager", "payment.correct_payment", "2026-04-21 09:00", payment=str(wrong.pk),
                amount_yuan="1800.00", on_day="2026-04-19", reason="多记一个零")  # fmt: skip
    first = row(story, 1)
    assert (first.state, str(first.paid_yuan), first.paid_on) == ("PENDING", "1800.00", None)
    with story.reading():
        kept = list(Payment.objects.order_by("id").values_list("amount_yuan", "voided_why"))
        assert [(str(yuan), why) for yuan, why in kept] == [
            ("18000.00", "多记一个零"), ("1800.00", ""),
        ]  # fmt: skip
    assert story.names() == ["watch"]
    shown = page(story)
    assert "The plan as it stands now" in shown
    for words in ("18000.00", "1800.00", "多记一个零", "payment recorded"):
        assert words in shown
    assert "/corrections/" in page(story, name="case")


def test_a_last_payment_that_never_came_brings_the_watch_back():
    story = in_force()
    pay(story, "2026-04-20 09:00", "18000.00")
    wrong = pay(story, "2026-04-20 10:00", "18000.00")
    assert story.names() == ["report"]
    with story.reading() as case:
        assert case.status == "PERFORMED"
    story.start("manager", "payment.void_payment", "2026-04-22 09:00", payment=str(wrong.pk),
                reason="错录他案")  # fmt: skip
    assert story.names() == ["watch"]
    with story.reading() as case:
        assert case.status == "PERFORMING"
        running = Process.objects.filter(case=case, finished__isnull=True)
        assert [each.flow_class.__name__ for each in running] == ["FollowupFlow"]
    shown = page(story)
    assert "deadline set" in shown  # both windows for confirmation run again
    pay(story, "2026-04-28 09:00", "18000.00")
    assert story.names() == ["report"]


def test_a_payment_of_too_little_put_right_ends_the_watch():
    story = in_force()
    pay(story, "2026-04-20 09:00", "18000.00")
    wrong = pay(story, "2026-04-20 10:00", "1800.00")
    story.start("manager", "payment.correct_payment", "2026-04-22 09:00", payment=str(wrong.pk),
                amount_yuan="18000.00", reason="漏记一个零")  # fmt: skip
    assert story.names() == ["report"]


def test_the_same_again_is_no_correction_and_a_stranger_makes_none():
    story = in_force()
    wrong = pay(story, "2026-04-20 09:00", "18000.00")
    act = {"payment": str(wrong.pk), "reason": "复核"}
    with pytest.raises(SameAsBefore):
        story.start("manager", "payment.correct_payment", "2026-04-21 09:00", **act)
    with pytest.raises((NotFound, NotYours)):
        story.start("stranger", "payment.correct_payment", "2026-04-21 09:00", **act)


def test_on_a_closed_case_a_payment_is_put_right_after_opening_it():
    story = in_force(days=("2026-04-30",))
    wrong = pay(story, "2026-04-20 09:00", "36000.00")
    story.do(
        "mediator", "report", "2026-04-21 09:00", outcome="AGREED_PERFORMED", words="付清。"
    )
    story.do("head", "decide_closing", "2026-04-22 09:00", decision="CLOSE")
    with pytest.raises(OpenAgainFirst):
        story.start("manager", "payment.void_payment", "2026-04-23 09:00",
                    payment=str(wrong.pk), reason="错录他案")  # fmt: skip


def service(story: Story) -> Service:
    with story.reading() as case:
        return Service.objects.filter(case=case, document="D09", voided_at=None).latest("id")


def slips(story: Story, subject: int) -> list[str]:
    with story.reading() as case:
        rows = Paper.objects.filter(case=case, code="D29", subject_id=subject)
        return list(rows.values_list("life", flat=True))


def test_a_service_of_another_day_gets_a_new_record_and_slip():
    story = to_session(one())
    wrong = service(story)
    story.start("mediator", "hearing.correct_service", "2026-03-17 09:00", service=str(wrong.pk),
                served_on="2026-03-16", reason="签收日写错")  # fmt: skip
    fresh = service(story)
    assert (str(fresh.served_on), fresh.party_id) == ("2026-03-16", wrong.party_id)
    with story.reading():
        wrong.refresh_from_db()
        assert wrong.voided_why == "签收日写错"
    assert slips(story, wrong.pk) == [Life.VOIDED]
    assert slips(story, fresh.pk) == [Life.VALID]
    shown = page(story, "mediator")
    for words in ("签收日写错", "D29", "(void)", "2026-03-16"):
        assert words in shown


def test_a_service_cannot_come_before_its_paper_or_be_the_same():
    story = to_session(one())
    act = {"service": str(service(story).pk), "reason": "笔误"}
    for day in ("2026-03-12", "2026-03-20"):
        with pytest.raises(ServedBeforeIssue):
            story.start("mediator", "hearing.correct_service", "2026-03-17 09:00",
                        served_on=day, **act)  # fmt: skip
    with pytest.raises(NothingElse):
        story.start("mediator", "hearing.correct_service", "2026-03-17 09:00", **act)


def test_a_void_service_takes_its_slip_along_and_says_what_no_longer_counts():
    story = to_session(one())
    wrong = service(story)
    done = story.start("mediator", "hearing.void_service", "2026-03-16 10:00",
                       service=str(wrong.pk), reason="送错地址")  # fmt: skip
    assert "D09" in done.say_once
    assert slips(story, wrong.pk) == [Life.VOIDED]
    assert "送错地址" in page(story, "mediator")


def test_other_people_came_and_the_record_is_issued_anew():
    story = to_session(one())
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    rows = [
        {"ref": "W01", "name": "工人1", "present": True},
        {"ref": "R1", "name": "砺锋机械", "authority": "特别授权", "present": True},
    ]
    done = story.start("mediator", "hearing.correct_attendance", "2026-03-18 15:00", number=1,
                       attendance=rows, reason="漏记授权")  # fmt: skip
    assert done.say_once
    with story.reading() as case:
        records = Paper.objects.filter(case=case, code="D12").order_by("pk")
        assert [each.life for each in records] == [Life.SUPERSEDED, Life.VALID]
        assert "特别授权" in records[1].facts
    assert "漏记授权" in page(story, "mediator")


def test_an_employers_old_name_is_found_on_the_papers_that_print_it():
    story = to_session(one())
    story.start("manager", "correction.respondent", "2026-03-17 09:00", party="R1",
                name="砺锋机械制造", reason="营业执照")  # fmt: skip
    shown = page(story)
    assert "still print the old words" in shown
    assert "D09" in shown
    with transaction.atomic(), system("test"):
        assert Event.objects.filter(case=story.case_id, kind="employer.corrected").exists()


def test_nothing_was_put_right_says_so_and_a_stranger_finds_no_page():
    story = one()
    assert "Nothing was put right" in page(story)
    client = Client()
    client.force_login(story.people["stranger"])
    assert client.get(reverse("corrections", args=[story.case_id])).status_code == 404
