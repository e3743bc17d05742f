"""Log-in: one answer for every failure, slower for a guesser, never locked."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from casework.access import backend
from casework.models import Attempt, User
from tests.process.conftest import people  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def waited(monkeypatch):
    seen = []
    monkeypatch.setattr("casework.access.backend.time.sleep", seen.append)
    return seen


@pytest.fixture
def seat(people):  # noqa: F811
    user = people["qinxiaoyue"]
    user.set_password("korrekt-2026")
    user.save()
    return user


def log_in(name, password, address="10.1.2.3"):
    request = RequestFactory().post("/login/", REMOTE_ADDR=address)
    return backend.RoleBackend().authenticate(request, name, password)


def test_the_right_password_lets_in_and_forgets_the_failures(seat, waited):
    log_in("qinxiaoyue", "falsch")
    assert log_in("qinxiaoyue", "korrekt-2026") == seat
    assert not Attempt.objects.filter(bucket="login:qinxiaoyue").exists()


@pytest.mark.parametrize(
    ("name", "password"), [("", "x"), (None, "x"), ("qinxiaoyue", None), ("niemand", "x")]
)
def test_nobody_else_gets_in(seat, waited, name, password):
    assert log_in(name, password) is None


def test_a_person_who_left_does_not_get_in_and_loses_the_session(seat, waited):
    assert backend.RoleBackend().get_user(seat.pk) == seat
    User.objects.filter(pk=seat.pk).update(is_active=False)
    assert log_in("qinxiaoyue", "korrekt-2026") is None
    assert backend.RoleBackend().get_user(seat.pk) is None


def test_a_guesser_waits_longer_and_longer_but_the_account_is_never_locked(seat, waited):
    for _time in range(6):
        log_in("qinxiaoyue", "falsch", address="10.9.9.9")
    assert waited == [0, 0, 0, 0.25, 0.5, 1.0]
    assert backend.delay_of(50) == backend.MOST_SECONDS
    assert log_in("qinxiaoyue", "korrekt-2026", address="10.1.2.3") == seat


def test_a_guesser_who_tries_many_accounts_is_slowed_by_the_network(seat, waited):
    for number in range(4):
        log_in(f"person{number}", "falsch", address=f"10.9.9.{number}")
    assert waited[-1] == 0.25
    assert backend.address_of(None) == ""


@pytest.mark.parametrize(
    ("behind", "meta", "network"),
    [
        (
            True,
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 10.9.8.7"},
            "10.9.8",
        ),
        (True, {"REMOTE_ADDR": "127.0.0.1"}, "127.0.0"),
        (True, {"REMOTE_ADDR": "10.3.3.3", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, "10.3.3"),
        (False, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}, "127.0.0"),
        (False, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
    ],
)
def test_the_network_is_what_the_own_proxy_says_and_nobody_else(
    settings, behind, meta, network
):
    settings.WUFANG_PROXY = behind
    request = HttpRequest()
    request.META.update(meta)
    assert backend.address_of(request) == network
