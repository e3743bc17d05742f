"""Passkeys as a second factor: made with the password, open a log-in once a question, and an administrator resets them."""

import html
import json
import re

import pytest
from django.test import Client

from casework.models import Attempt, HouseAct, Passkey, RecoveryCode
from tests.desks.softkey import SoftKey
from tests.process.conftest import people  # noqa: F401

pytestmark = pytest.mark.django_db
PASSWORD = "nur-fuer-tests-2026"
ENTRY = {"username": "yuanjing", "password": PASSWORD}


@pytest.fixture
def user(people):  # noqa: F811
    found = people["yuanjing"]
    found.set_password(PASSWORD)
    found.save()
    return found


def seat(said="en", host="localhost"):
    return Client(headers={"accept-language": said}, SERVER_NAME=host)


def options(answer):
    return json.loads(
        html.unescape(re.search(r'data-passkey="([^"]+)"', answer.content.decode())[1])
    )


def with_key(user, key, name="my telephone"):
    """A log-in with a key set up; answers the recovery codes too."""
    client = seat()
    client.force_login(user)
    asked = client.post("/account/keys/", {"act": "make", "name": name, "password": PASSWORD})
    done = client.post("/account/keys/", {"act": "keep", "answer": key.make(options(asked))})
    return client, re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", done.content.decode())


def half_way():
    client = seat()
    assert client.post("/login/", ENTRY)["Location"] == "/login/code/"
    return client, client.get("/login/code/")


def test_a_key_opens_the_log_in_and_each_question_is_asked_once(user, settings):
    settings.WUFANG_SECOND_FACTOR_ROLES = ["supervisor"]
    key = SoftKey()
    first, codes = with_key(user, key)
    assert len(codes) == 10
    assert first.get("/late/").status_code == 200  # the role's second factor is there
    client, page = half_way()
    assert client.get("/late/").status_code == 302
    signed = key.sign(options(page))
    other, _page = half_way()
    assert other.post("/login/code/", {"answer": signed}).status_code == 200  # another question
    assert client.post("/login/code/", {"answer": signed}).status_code == 302
    assert client.get("/late/").status_code == 200
    assert Attempt.objects.filter(bucket=f"second:{user.pk}").count() == 1
    assert list(HouseAct.objects.order_by("id").values_list("kind", flat=True)) == [
        "passkey.made",
        "second.set",
    ]


def test_a_recovery_code_opens_once_when_the_key_is_lost(user):
    _first, codes = with_key(user, SoftKey())
    client, _page = half_way()
    assert client.post("/login/code/", {"code": codes[3]}).status_code == 302
    again, _page = half_way()
    assert again.post("/login/code/", {"code": codes[3]}).status_code == 200
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    "key", [SoftKey(origin="http://wufang.example"), SoftKey(host="wufang.example")]
)
def test_a_copied_page_gets_nothing(user, key):
    asked, client = None, seat()
    client.force_login(user)
    asked = client.post("/account/keys/", {"act": "make", "name": "x", "password": PASSWORD})
    refused = client.post("/account/keys/", {"act": "keep", "answer": key.make(options(asked))})
    assert refused.status_code == 422
    assert not Passkey.objects.exists()
    good = SoftKey()
    with_key(user, good)
    good.origin, good.host = key.origin, key.host
    thief, page = half_way()
    assert thief.post("/login/code/", {"answer": good.sign(options(page))}).status_code == 200
    assert thief.get("/late/").status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", '{"id": 1}', '{"response": {"clientDataJSON": "x"}}']
)
def test_what_is_no_answer_of_a_key_is_refused_with_words(user, answer):
    with_key(user, SoftKey())
    client, _page = half_way()
    refused = client.post("/login/code/", {"answer": answer})
    assert refused.status_code == 200
    assert "This key does not fit" in refused.content.decode()


def test_a_copied_key_is_told_by_its_counter(user):
    key = SoftKey()
    with_key(user, key)
    key.count = 0
    client, page = half_way()
    assert client.post("/login/code/", {"answer": key.sign(options(page))}).status_code == 200
    assert client.get("/late/").status_code == 302


def test_nothing_changes_without_the_password_and_the_last_factor_of_a_role_stays(
    user, settings
):
    client, _codes = with_key(user, SoftKey())
    number = Passkey.objects.get().pk
    for act in ("make", "remove", "codes"):
        sent = {"act": act, "name": "x", "key": number, "password": "wrong"}
        answer = client.post("/account/keys/", sent)
        assert answer.status_code == 422
        assert "does not fit" in answer.content.decode()
    settings.WUFANG_SECOND_FACTOR_ROLES = ["supervisor"]
    kept = client.post("/account/keys/", {"act": "remove", "key": number, "password": PASSWORD})
    assert "this is the last one" in kept.content.decode()
    settings.WUFANG_SECOND_FACTOR_ROLES = []
    assert (
        client.post(
            "/account/keys/", {"act": "remove", "key": number, "password": PASSWORD}
        ).status_code
        == 302
    )
    user.refresh_from_db()
    assert not user.has_second_factor


def test_an_administrator_resets_a_lost_key_with_a_reason(user, people):  # noqa: F811
    with_key(user, SoftKey())
    admin = seat()
    admin.force_login(people["admin"])
    target = f"/house/people/{user.pk}/act/"
    admin.post(target, {"act": "second", "why": ""})
    assert Passkey.objects.filter(removed_at=None).exists()
    admin.post(target, {"act": "second", "why": "手机丢失，当面核对工作证"})
    assert not Passkey.objects.filter(removed_at=None).exists()
    assert seat().post("/login/", ENTRY)["Location"] == "/"
    last = HouseAct.objects.get(kind="second.removed")
    assert (last.kind, last.details["reason"]) == ("second.removed", "手机丢失，当面核对工作证")


def test_by_a_bare_number_of_a_machine_keys_are_not_offered(user):
    client = seat(host="127.0.0.1")
    client.force_login(user)
    page = client.get("/account/keys/").content.decode()
    assert "only six digits are possible" in page
    assert 'name="name"' not in page
