"""The administrator's desk and the doors: accounts, second factor, offices, audit, looking as somebody else."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from casework import clock
from casework.models import HouseAct, Office, RecoveryCode, Route, User
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db
PAGES = (
    "/house/", "/house/people/new/", "/house/places/", "/house/offices/new/", "/house/routes/new/",
    "/house/audit/", "/house/health/",
)  # fmt: skip
PASSWORD = "nur-fuer-tests-2026"
NEW = "anders-als-vorher-2026"


def seat(user):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user)
    return client


def made(admin, **more):
    data = {"display_name": "乔木", "username": "qiaomu", "roles": ["mediator"], **more}
    answer = admin.post("/house/people/new/", data)
    return answer, re.search(
        r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){2})</code>", answer.content.decode()
    )


def acts():
    return list(HouseAct.objects.order_by("id").values_list("kind", flat=True))


def test_every_page_of_the_desk_is_the_administrators_alone(people):  # noqa: F811
    admin = seat(people["admin"])
    assert [admin.get(path).status_code for path in PAGES] == [200] * len(PAGES)
    for name in ("qinxiaoyue", "yuanjing", "jiangheng", "luoqiming"):
        assert {seat(people[name]).get(path).status_code for path in PAGES} == {404}
        target = f"/house/people/{people['weijia'].pk}/act/"
        assert seat(people[name]).post(target, {"act": "password"}).status_code == 404
    assert Client().get("/house/").status_code == 302
    assert acts() == []


def test_a_starting_password_is_shown_once_and_must_be_changed(people):  # noqa: F811
    answer, password = made(seat(people["admin"]))
    assert answer.status_code == 200
    newcomer = Client()
    newcomer.post("/login/", {"username": "qiaomu", "password": password[1]})
    assert newcomer.get("/work/")["Location"] == "/account/password/"
    wrong = {"old": "x", "new": NEW, "again": NEW}
    assert newcomer.post("/account/password/", wrong).status_code == 422
    for weak in ("12345678", password[1]):
        data = {"old": password[1], "new": weak, "again": weak}
        assert newcomer.post("/account/password/", data).status_code == 422
    newcomer.post("/account/password/", {"old": password[1], "new": NEW, "again": NEW})
    assert newcomer.get("/work/").status_code == 200
    again = Client()
    again.post("/login/", {"username": "qiaomu", "password": password[1]})
    assert again.get("/work/").status_code == 302
    assert acts() == ["person.made", "password.changed"]


def test_what_an_administrator_may_not_do(people):  # noqa: F811
    admin, own = seat(people["admin"]), people["admin"]
    assert made(admin, username="WRONG")[1] is None
    assert made(admin, username="qinxiaoyue")[1] is None
    assert made(admin, roles=["auditor", "supervisor"])[1] is None
    assert made(admin, roles=["court_liaison"])[1] is None  # a liaison without an office
    admin.post(f"/house/people/{own.pk}/act/", {"act": "deactivate", "reason": "x"})
    admin.post(f"/house/people/{own.pk}/", {"display_name": "A", "roles": ["auditor"]})
    own.refresh_from_db()
    assert own.is_active
    assert own.roles == ["admin"]
    assert acts() == []


def test_a_deactivated_person_is_out_with_the_next_request(people):  # noqa: F811
    admin, target = seat(people["admin"]), people["heminzhi"]
    theirs = seat(target)
    assert theirs.get("/work/").status_code == 200
    admin.post(f"/house/people/{target.pk}/act/", {"act": "deactivate", "reason": "调离"})
    assert theirs.get("/work/").status_code == 302
    assert User.objects.filter(pk=target.pk).exists()
    assert "调离" in admin.get("/house/audit/?kind=person.deactivated").content.decode()
    assert "调离" not in admin.get("/house/audit/?q=nobody").content.decode()
    admin.post(f"/house/people/{target.pk}/act/", {"act": "activate"})
    assert acts() == ["person.deactivated", "person.activated", "password.reset"]


def test_the_audit_cannot_be_changed_by_the_app(people):  # noqa: F811
    made(seat(people["admin"]))
    for words in ("UPDATE casework_houseact SET about = ''", "DELETE FROM casework_houseact"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)


def test_offices_and_routes(people):  # noqa: F811
    admin = seat(people["admin"])
    data = {"name": "两江新区新窗口", "agency": "HRSS", "level": "district", "is_open": "on"}
    admin.post("/house/offices/new/", data)
    office = Office.objects.get(name="两江新区新窗口")
    route = Route.objects.filter(matter="WORK_INJURY").first()
    place = {"matter": route.matter, "district": route.district_id, "level": route.level}
    admin.post(f"/house/routes/{route.pk}/", {**place, "office": office.pk})
    route.refresh_from_db()
    assert route.office == office
    closing = admin.post(f"/house/offices/{office.pk}/", {**data, "is_open": ""})
    assert closing.status_code == 422  # a route still leads there
    twice = admin.post("/house/routes/new/", {**place, "office": office.pk})
    assert twice.status_code == 422
    assert acts() == ["office.made", "route.changed"]


def test_the_second_factor(people, settings):  # noqa: F811
    settings.WUFANG_SECOND_FACTOR_ROLES = ["supervisor"]
    user = people["yuanjing"]
    user.set_password(PASSWORD)
    user.save()
    entry = {"username": "yuanjing", "password": PASSWORD}
    first = Client()
    first.post("/login/", entry)
    assert first.get("/late/")["Location"] == "/account/second/"
    page = first.get("/account/second/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    clock_of_phone = pyotp.TOTP(secret)
    now = clock.now()
    assert first.post("/account/second/", {"code": "000000"}).status_code == 422
    done = first.post("/account/second/", {"code": clock_of_phone.at(now)}).content.decode()
    codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", done)
    assert len(codes) == 10
    assert first.get("/late/").status_code == 200
    user.refresh_from_db()
    assert secret not in str(user.__dict__["password"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT second_secret FROM casework_user WHERE id = %s", [user.pk])
        assert secret.encode() not in bytes(cursor.fetchone()[0])

    second = Client()
    assert second.post("/login/", entry)["Location"] == "/login/code/"
    assert second.get("/late/").status_code == 302  # the password alone opens nothing
    used = clock_of_phone.at(now)
    with clock.held_at(now + timedelta(seconds=1)):
        assert second.post("/login/code/", {"code": used}).status_code == 200  # each code once
    with clock.held_at(now + timedelta(seconds=61)):
        fresh = clock_of_phone.at(now + timedelta(seconds=61))
        assert second.post("/login/code/", {"code": fresh}).status_code == 302
    assert second.get("/late/").status_code == 200

    third = Client()
    third.post("/login/", entry)
    assert third.post("/login/code/", {"code": codes[0].upper()}).status_code == 302
    fourth = Client()
    fourth.post("/login/", entry)
    assert fourth.post("/login/code/", {"code": codes[0]}).status_code == 200  # once
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 1

    target = f"/house/people/{user.pk}/act/"
    seat(people["admin"]).post(target, {"act": "second", "why": " "})
    assert User.objects.get(pk=user.pk).has_second_factor  # not without a reason
    seat(people["admin"]).post(target, {"act": "second", "why": "手机丢失，当面核对身份证"})
    removed = HouseAct.objects.get(kind="second.removed")
    assert removed.details["reason"] == "手机丢失，当面核对身份证"
    fifth = Client()
    assert fifth.post("/login/", entry)["Location"] == "/"
    assert acts() == ["second.set", "recovery.used", "second.removed"]


def test_looking_as_another_reads_pages_but_no_case(people):  # noqa: F811
    case = called(people).case
    admin, target = seat(people["admin"]), people["dengchuan"]
    admin.post(f"/house/people/{target.pk}/act/", {"act": "look"})
    page = admin.get("/cases/")
    assert page.status_code == 200
    assert "dengchuan" in page.content.decode() or "邓川" in page.content.decode()
    assert str(case) not in page.content.decode()
    assert admin.get(f"/cases/{case.pk}/").status_code == 404
    assert admin.post("/call/", {"facts": "x"}).status_code == 403
    admin.post("/house/look/stop/")
    assert admin.get("/cases/").status_code in (200, 404)
    assert admin.get("/house/").status_code == 200
    assert acts() == ["view.begun", "view.ended"]


def test_an_administrator_reads_rules_calendar_and_templates_and_changes_no_law(people):  # noqa: F811
    admin = seat(people["admin"])
    menu = admin.get("/house/").content.decode()
    for path in ("/rules/", "/house/papers/", "/house/audit/", "/house/health/"):
        assert f'href="{path}"' in menu, path
    assert 'href="/rules/calendar/"' in admin.get("/rules/").content.decode()
    calendar = admin.get("/rules/calendar/").content.decode()
    assert 'type="file"' not in calendar
    assert admin.post("/rules/calendar/", {"load": "1"}).status_code == 404
    assert seat(people["dengchuan"]).get("/rules/calendar/").status_code == 404


def test_the_audit_is_searched_by_word_kind_and_day(people):  # noqa: F811
    admin = seat(people["admin"])
    made(admin)
    admin.post(
        f"/house/people/{people['weijia'].pk}/act/", {"act": "deactivate", "reason": "x"}
    )
    today = clock.today().isoformat()

    def rows(**asked):
        return [row["about"] for row in admin.get("/house/audit/", asked).context["rows"]]

    assert set(rows()) == {"qiaomu", "weijia"}
    assert rows(q="qiao") == ["qiaomu"]
    assert rows(kind="person.deactivated") == ["weijia"]
    assert rows(since=today, until=today, q="weijia") == ["weijia"]
    assert rows(until="2020-01-01") == []
