"""Texts to phones: queued with the act, sent once, tried again, never telling the case, signed for real."""

import inspect
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from casework import notify
from casework.access.context import nobody, system
from casework.apps import texts_can_leave
from casework.models import Message, OutgoingText
from casework.notify import texts, vendors
from mediation.engine import texts as job
from tests.casework.vendors import KEY_ID, SECRET, Vendors
from tests.pocket import Pocket, arrive
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db
NOON = instant("2026-03-02 12:00")
PHONE = "13800005511"
TEMPLATES = {"one_time_code": "T100", "news": "T200", "liaison_digest": "T300"}
WAYS = ("Gateway", "Aliyun", "Tencent")


@pytest.fixture
def vendor(settings):
    made = Vendors()
    settings.WUFANG_SMS_URL, settings.WUFANG_SMS_KEY_ID = made.url, KEY_ID
    settings.WUFANG_SMS_KEY, settings.WUFANG_SMS_SIGN_NAME = SECRET, "服务热线"
    settings.WUFANG_SMS_APP_ID, settings.WUFANG_SMS_TEMPLATES = "1400", TEMPLATES
    settings.WUFANG_NOTIFIER = "casework.notify.Gateway"
    yield made
    made.close()


def put(template="one_time_code", **words):
    with transaction.atomic(), nobody():
        notify.queue_text(
            PHONE, template, words or {"code": "071234"}, at=NOON, lasts=timedelta(minutes=10)
        )


def only():
    with transaction.atomic(), system("test"):
        return OutgoingText.objects.get()


def test_aliyun_signs_as_in_the_vendors_own_example():
    _line, headers = vendors.acs3(
        {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"},
        host="ecs.cn-shanghai.aliyuncs.com", action="RunInstances", version="2014-05-26",
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC), nonce="3156853299f313e23d1673dc12e1703d",
        key_id="YourAccessKeyId", secret="YourAccessKeySecret",
    )  # fmt: skip
    assert headers["authorization"].endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


@pytest.mark.parametrize("way", WAYS)
def test_each_way_signs_what_the_other_side_accepts(vendor, settings, way):
    settings.WUFANG_NOTIFIER = f"casework.notify.{way}"
    put()
    put("liaison_digest", count=3, link="http://127.0.0.1/r/a+b=c/")
    assert arrive(NOON) == 2
    phones = {phone.removeprefix("+86") for _way, phone, *_rest in vendor.accepted}
    assert phones == {PHONE}
    words = {words for *_rest, words in vendor.accepted}
    assert words == {("071234",), ("3", "http://127.0.0.1/r/a+b=c/")}
    if way != "Gateway":
        assert {template for _w, _p, template, _x in vendor.accepted} == {"T100", "T300"}


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_key_sends_nothing_and_the_text_waits_for_the_right_one(vendor, settings, way):
    settings.WUFANG_NOTIFIER, settings.WUFANG_SMS_KEY = f"casework.notify.{way}", "wrong"
    put()
    assert arrive(NOON) == 0
    assert vendor.accepted == []
    assert only().state == "QUEUED"
    settings.WUFANG_SMS_KEY = SECRET
    assert arrive(NOON + timedelta(seconds=5)) == 1


@pytest.mark.parametrize(
    ("way", "status", "answer", "state"),
    [
        ("Gateway", 503, b"", "QUEUED"),
        ("Gateway", 429, b"", "QUEUED"),
        ("Gateway", 302, b"", "QUEUED"),
        ("Gateway", 422, b"", "REFUSED"),
        ("Aliyun", 200, b'{"Code": "isv.BUSINESS_LIMIT_CONTROL"}', "QUEUED"),
        ("Aliyun", 200, b'{"Code": "isv.MOBILE_NUMBER_ILLEGAL"}', "REFUSED"),
        ("Aliyun", 200, b"<html>", "QUEUED"),
        ("Aliyun", 200, b"[]", "QUEUED"),
        ("Aliyun", 200, b"{}", "QUEUED"),
        ("Tencent", 200, b'{"Response": {"SendStatusSet": [{"Code": "LimitExceeded.X"}]}}', "QUEUED"),
        ("Tencent", 200, b'{"Response": {"Error": {"Code": "InternalError"}}}', "QUEUED"),
        ("Tencent", 200, b'{"Response": {"SendStatusSet": [{"Code": "InvalidParameterValue.IncorrectPhoneNumber"}]}}',
         "REFUSED"),
        ("Tencent", 200, b'{"Response": 3}', "QUEUED"),
    ],
)  # fmt: skip
def test_what_is_tried_again_and_what_never(vendor, settings, way, status, answer, state):
    settings.WUFANG_NOTIFIER = f"casework.notify.{way}"
    vendor.say = [(status, answer)]
    put()
    assert arrive(NOON) == 0
    row = only()
    assert (row.state, row.tries) == (state, 1)
    assert row.trouble
    assert bool(row.to) == (state == "QUEUED"), "number and words are forgotten at the end"


def test_pauses_grow_the_text_goes_out_once_and_is_forgotten(vendor):
    vendor.say = [(503, b"")] * 3
    put()
    at, pauses = NOON, []
    for _time in range(4):
        arrive(at)
        row = only()
        pauses.append((row.next_at - at).total_seconds())
        at = row.next_at
    assert pauses[:3] == [4, 8, 16]
    assert (row.state, row.to, row.words) == ("SENT", "", "")
    assert "071234" in vendor.accepted[0][2]
    assert arrive(at + timedelta(hours=1)) == 0
    assert vendor.asked == 4


def test_nobody_answers_then_the_code_is_too_old_to_send(vendor):
    vendor.close()
    put()
    assert arrive(NOON) == 0
    assert only().trouble
    assert arrive(NOON + timedelta(minutes=11)) == 0
    row = only()
    assert (row.state, row.words) == ("EXPIRED", "")


def test_a_killed_sender_loses_no_text_and_two_at_once_send_one(vendor):
    put()
    (number,) = notify.claim(NOON)
    assert notify.claim(NOON) == []  # given to one
    with transaction.atomic(), system("test"):  # killed while sending
        OutgoingText.objects.update(taken_until=NOON + timedelta(seconds=60))
    assert not notify.deliver(number, NOON + timedelta(seconds=1))
    late = NOON + timedelta(seconds=61)
    assert notify.claim(late) == [number]
    assert notify.deliver(number, late)
    assert not notify.deliver(number, late)
    assert len(vendor.accepted) == 1


def test_the_sweep_gives_each_text_to_a_job(vendor):
    put()
    job.sweep(NOON)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE queue_name = 'texts'"
        )
        ((name, args),) = cursor.fetchall()
    args = args if isinstance(args, dict) else json.loads(args)
    assert (name, args) == ("send_text", {"number": only().pk})  # no phone, no words in the job


def test_number_and_words_are_sealed_and_nobody_but_the_sender_reads(people):  # noqa: F811
    put()
    with connection.cursor() as cursor, transaction.atomic(), system("test"):
        cursor.execute('SELECT "to", words FROM casework_outgoingtext')
        kept = b"".join(bytes(each) for each in cursor.fetchone())
    assert PHONE.encode() not in kept
    assert b"071234" not in kept
    with transaction.atomic(), nobody():
        assert not OutgoingText.objects.exists()


def test_the_partys_message_says_when_it_left(people, settings):  # noqa: F811
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"
    Pocket.texts.clear()
    case = called(people).case
    with transaction.atomic(), system("test"):
        party = case.parties.get(ref="W01")
        for _twice in range(2):
            notify.send_once(case, party, "news", key="k1", at=NOON)
        assert Message.objects.get(key="k1").state == "QUEUED"
    assert arrive(NOON) == 1
    with transaction.atomic(), system("test"):
        message = Message.objects.get(key="k1")
    assert (message.state, message.sent_at) == ("SENT", NOON)
    ((_to, text),) = Pocket.texts
    assert not any(word in text for word in ("邹世海", "岚桥", "工资", "渝工调", "CQ12351"))


def test_no_text_can_carry_a_word_of_a_case():
    """Only a code, a link and a count fit into a text, and each vendor gets these alone."""
    for template, sentence in texts.TEXTS.items():
        fields = {name: "1" for name in texts.WORDS if f"{{{name}}}" in sentence}
        assert str(notify.Text(template, fields)).count("{") == 0
        assert "工资" not in sentence
        assert "调解" not in sentence
    for bad in ({"name": "邹世海"}, {"code": "1", "employer": "岚桥"}):
        with pytest.raises(texts.NoSuchText):
            notify.Text("news", bad)
    with pytest.raises(texts.NoSuchText):
        notify.Text("free", {})
    assert "case" not in inspect.signature(notify.queue_text).parameters


def test_a_way_without_its_settings_is_told_at_the_start(settings):
    settings.WUFANG_NOTIFIER = "casework.notify.Tencent"
    assert len(texts_can_leave()) == 5
    settings.WUFANG_NOTIFIER = "casework.notify.Console"
    assert texts_can_leave() == []
