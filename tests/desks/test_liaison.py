"""The liaison's desk: a signed link to one referral, messages without a word of the case, forwarding."""

from datetime import date, timedelta

import pytest
from django.core import mail, signing
from django.db import transaction

from casework import clock, liaison_link, notify
from casework.access.context import acting, system
from casework.models import Event, Message, Referral, Timer, User
from mediation.commands import liaison_post
from mediation.engine import pump
from mediation.engine.ring import ring
from tests.pocket import arrive
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import do
from tests.process.referred import referred, signed, task_on
from tests.process.test_engine import in_system

ON = date(2026, 3, 3)


def test_a_link_is_good_for_fourteen_days_and_for_nothing_else():
    token = liaison_link.make(referral_id=7, user_id=8, on=ON)
    last = ON + timedelta(days=14)
    assert liaison_link.read(token, on=last) == liaison_link.Link(7, 8, last)
    assert liaison_link.read(token, on=last + timedelta(days=1)) is None
    assert liaison_link.read(token[:-1] + ("A" if token[-1] != "A" else "B"), on=ON) is None
    assert liaison_link.read("", on=ON) is None
    other = signing.dumps([7, 8, last.isoformat()], salt="something.else")
    assert liaison_link.read(other, on=ON) is None


def test_a_device_is_known_for_its_own_person_only():
    kept = liaison_link.device_of(8, ON)
    assert liaison_link.is_known(kept, 8, ON + timedelta(days=180))
    assert not liaison_link.is_known(kept, 9, ON)
    assert not liaison_link.is_known(kept, 8, ON + timedelta(days=181))
    assert not liaison_link.is_known(liaison_link.make(referral_id=1, user_id=8, on=ON), 8, ON)


@pytest.fixture
def reachable(people):  # noqa: F811
    in_system(
        lambda: User.objects.filter(username="luoqiming").update(
            phone="13800001301", email="luo@example.invalid"
        )
    )
    return people


def test_messages_go_once_and_hold_a_link_and_no_word_of_the_case(
    reachable, django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr(
        notify.Console, "send", lambda _self, to, text, **_more: sent.append((to, str(text)))
    )
    done = referred(reachable)
    row = in_system(
        lambda: Referral.objects.select_related("office", "case").get(case=done.case)
    )
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            with transaction.atomic(), system("test"):
                liaison_post.tell_office(
                    row, "liaison_came", key=f"came:{row.pk}:1", at=instant("2026-03-03 10:00")
                )
    arrive(instant("2026-03-03 10:01"))
    assert [to for to, _text in sent] == ["13800001301"]
    assert len(mail.outbox) == 1
    for text in (sent[0][1], mail.outbox[0].body, mail.outbox[0].subject):
        assert not any(word in text for word in ("邹世海", "岚桥", "工资", "18000", "欠"))
    token = sent[0][1].split("/r/")[1].split("/")[0]
    assert liaison_link.read(token, on=ON).referral_id == row.pk
    kept = in_system(lambda: Message.objects.get(template="liaison_came"))
    assert kept.to_masked == "138****1301"


def test_reminders_come_at_half_and_four_fifths_and_only_while_something_waits(reachable):
    done = referred(reachable)
    rows = reminders(done.case)
    assert [share(row) for row in rows] == [0.5, 0.8]
    ring_all(rows[0].due_at)
    ring_all(rows[1].due_at)
    assert told("liaison_reminder") == 2
    do(reachable["luoqiming"], task_on(done.case, "sign_for"), "2026-03-04 17:00")
    *_signing, first, second = reminders(done.case)
    ring_all(first.due_at)
    assert told("liaison_reminder") == 3
    do(reachable["luoqiming"], task_on(done.case, "answer"), "2026-03-09 09:00",
       answer="ACCEPTED", handler="罗启明")  # fmt: skip
    ring_all(second.due_at)
    assert told("liaison_reminder") == 3  # nothing waits any more


def reminders(case):
    rows = Timer.objects.filter(case=case, kind="referral.remind").select_related("deadline")
    return in_system(lambda: list(rows.order_by("deadline_id", "due_at")))


def share(row):
    begin, end = clock.instant(row.deadline.start), clock.end_of(row.deadline.due)
    return round((row.due_at - begin) / (end - begin), 2)


def ring_all(at):
    with clock.held_at(at):
        with transaction.atomic(), system("pump"):
            ids = pump.claim(at)
        for each in ids:
            ring(each, at)


def told(template):
    return in_system(lambda: Message.objects.filter(template=template).count())


def test_the_digest_comes_on_working_mornings_once(
    reachable, django_capture_on_commit_callbacks
):
    referred(reachable)
    with transaction.atomic(), system("test"), django_capture_on_commit_callbacks():
        assert liaison_post.digest(instant("2026-03-07 08:30")) == 0  # a Saturday
        assert liaison_post.digest(instant("2026-03-09 08:30")) == 1
        assert liaison_post.digest(instant("2026-03-09 08:31")) == 0


def test_forwarded_inside_the_office_the_colleague_is_told_and_nobody_is_shut_out(reachable):
    done = signed(reachable)
    row = in_system(
        lambda: Referral.objects.select_related("office", "case").get(case=done.case)
    )
    office, by = row.office, reachable["luoqiming"]
    to = in_system(
        lambda: User.objects.create(
            username="jizhou", display_name="季舟", roles=["hrss_liaison"], office=office,
            phone="13800001302",
        )
    )  # fmt: skip
    with transaction.atomic(), acting(row.case_id, by):
        liaison_post.forward(row, to=to, by=by, at=instant("2026-03-03 15:00"))
    kept = in_system(lambda: Message.objects.get(template="liaison_forwarded"))
    assert kept.to_masked == "138****1302"
    kinds = in_system(
        lambda: set(Event.objects.filter(case=done.case).values_list("kind", flat=True))
    )
    assert "referral.forwarded" in kinds
    row = in_system(
        lambda: Referral.objects.select_related("desk_user", "office").get(pk=row.pk)
    )
    assert in_system(lambda: liaison_post.liaisons_of(row)) == [to]
