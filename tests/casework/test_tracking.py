"""A worker's code: no oracle, slowed down, never locked; the owner always gets in."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from casework import clock, tracking
from casework.access.context import acting, system
from casework.models import Attempt, Event, TrackingCode
from tests.pocket import Pocket, arrive
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db
NOON = instant("2026-03-02 12:00")


@pytest.fixture
def no_wait(monkeypatch):
    waited = []
    monkeypatch.setattr("casework.tracking.time.sleep", waited.append)
    return waited


@pytest.fixture
def code(people, no_wait):  # noqa: F811
    case = called(people).case
    with clock.held_at(NOON), transaction.atomic(), acting(case.pk, None):
        party = case.parties.get(ref="W01")
        return tracking.make_code(case=case, party=party, by=None, at=NOON)


def find(code, tail, device="net"):
    with clock.held_at(NOON):
        return tracking.find(code, tail, device=device)


def test_code_and_tail_open_the_case(code):
    assert find(code, "5511") is not None
    spoken = f"{code[:4]} {code[4:8]}-{code[8:12]} {code[12:]}"
    assert find(spoken, "5511") is not None


def test_a_chinese_keyboard_types_code_and_tail_in_full_width(code):
    wide = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))
    assert find(code.translate(wide), "5511".translate(wide)) == find(code, "5511") is not None


def test_every_failure_is_the_same_nothing(code):
    assert find(code, "0000") is None
    assert find("1234567890123456", "5511") is None
    assert find(code, "") is None
    assert find(code[:-1], "5511") is None


def test_a_slip_of_the_finger_costs_no_try(code):
    wrong = f"{code[:5]}{(int(code[5]) + 1) % 10}{code[6:]}"
    for _time in range(9):
        assert find(wrong, "5511") is None
    assert Attempt.objects.count() == 0


def test_a_new_code_ends_the_old_one(people, code):  # noqa: F811
    with transaction.atomic(), system("test"):
        row = TrackingCode.objects.get(voided_at=None)
    with clock.held_at(NOON), transaction.atomic(), acting(row.case_id, None):
        fresh = tracking.make_code(case=row.case, party=row.party, by=None, at=NOON)
    assert find(code, "5511") is None
    assert find(fresh, "5511") is not None


def test_the_code_is_stored_nowhere(code):
    with transaction.atomic(), system("test"):
        row = TrackingCode.objects.get(voided_at=None)
        told = [str(event.payload) for event in Event.objects.filter(case=row.case_id)]
    assert code not in row.code_hash
    assert not any(code in words for words in told)


def test_guessing_is_slowed_for_one_device_only(code, no_wait):
    for _time in range(8):
        find(code, "0000", device="guesser")
    assert no_wait == [0, 0, 0, 0, 0, 0.25, 0.5, 1.0]
    find(code, "5511", device="owner")
    assert no_wait[-1] == 0
    assert tracking.delay_of(60) == tracking.MOST_SECONDS


def test_a_made_up_device_is_the_network_and_a_known_one_is_not_slowed_by_it(code, no_wait):
    found = find(code, "5511", device="10.9.9")
    token = tracking.device_token(found)
    assert tracking.device_of(token, "10.9.9") == (f"device:{found.code_id}", True)
    for made_up in ("", "x", token[:-1], f"{found.code_id}:x", token.replace(":", "1:", 1)):
        assert tracking.device_of(made_up, "10.9.9") == ("10.9.9", False)
    for _time in range(9):
        find(code, "0000", device="10.9.9")
    assert no_wait[-1] == 2.0  # the ninth failure of a network, whatever it calls itself


def test_very_many_failures_of_strangers_slow_strangers_and_nobody_else(code, no_wait):
    with clock.held_at(NOON):
        rows = [
            Attempt(bucket="track:*", at=NOON) for _number in range(tracking.STRANGERS_FREE)
        ]
        Attempt.objects.bulk_create(rows)
        assert tracking.find(code, "5511", device="10.1.1") is not None
        assert no_wait[-1] == 0.25
        tracking.find(code, "5511", device="device:1", known=True)
        assert no_wait[-1] == 0


def test_after_five_wrong_tails_the_owner_gets_in_by_a_code_and_the_stranger_does_not(
    code, monkeypatch
):
    monkeypatch.setattr(settings, "WUFANG_NOTIFIER", "tests.pocket.Pocket")
    Pocket.texts.clear()
    for number in range(5):
        assert find(code, f"000{number}", device="stranger") is None
    assert find(code, "5511", device="stranger") is None, "the fifth wrong one closed this way"
    arrive()
    ((phone, text),) = Pocket.texts
    assert phone == "13800005511"
    sent = "".join(char for char in text if char.isdigit())[:6]
    assert find(code, "000000", device="stranger") is None
    assert find(code, sent, device="owner") is not None
    assert find(code, sent, device="owner") is None, "a one-time code works once"


def test_the_next_day_the_tail_is_enough_again(code):
    for number in range(5):
        find(code, f"000{number}")
    with clock.held_at(instant("2026-03-03 12:00")):
        assert tracking.find(code, "5511", device="owner") is not None


def test_a_failed_guess_through_the_api_is_counted_too(code):
    wrong = Client(raise_request_exception=False)
    for _time in range(2):
        answer = wrong.post(
            "/api/v1/track/",
            {"code": code, "phone_last_four": "0000"},
            content_type="application/json",
        )
        assert answer.status_code == 404
    assert Attempt.objects.filter(bucket="track:127.0.0").count() == 2
    assert Attempt.objects.filter(bucket="track:*").count() == 2
