"""Several callers about one employer: a hint on the call page, one case of them, or no group; every way back."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import as_person, system
from casework.events import verify
from casework.models import Case, Event, NotAGroup, Party, User
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import DISPUTE, start

pytestmark = pytest.mark.django_db
AT = "2026-03-10 12:00"
NAMES = ("岚桥机电", "重庆岚桥机电有限公司", "岚桥机电（重庆）有限公司")


def call(people, n, at="2026-03-10 09:00", who="qinxiaoyue", **more):  # noqa: F811
    firm = [{"name": NAMES[n % 3], "capacity": "用人单位"}]
    own = {"phone": f"1380000552{n}", "name": f"职工{'甲乙丙丁戊'[n]}", "employers": firm}
    return start(people[who], "intake.record_call", at, **{**DISPUTE, **own, **more})


def three(people):  # noqa: F811
    return [call(people, n).case for n in range(3)]


def opened(people, who, path, at=AT, **post):  # noqa: F811
    with clock.held_at(instant(at)):
        client = client_of(people[who])
        return client.post(path, post, follow=True) if post else client.get(path)


def hint(people, phone, firm, at=AT):  # noqa: F811
    told = {"phone": phone, "employers-0-name": firm}
    shown = opened(people, "qinxiaoyue", "/call/lookup/", at, **told).content.decode()
    return "可能是群体" in shown


def second_seat():
    return User.objects.create(
        username="seat_two", display_name="乔岚", roles=["operator"], district=None
    )


def members(case):
    with transaction.atomic(), system("test"):
        rows = Party.objects.filter(case=case, side="WORKER", left_on=None).order_by("ref")
        return [(row.ref, row.person.name, row.claims.count()) for row in rows]


def test_the_call_page_tells_from_the_third_caller_on_whoever_took_the_others(people):  # noqa: F811
    call(people, 0)
    assert not hint(people, "13800005529", NAMES[0]), "two are no group"
    people["seat_two"] = second_seat()
    other = call(people, 1, who="seat_two").case
    assert hint(people, "13800005529", NAMES[2])
    assert not hint(people, "13800005520", NAMES[2]), "the same caller again is not another one"
    assert not hint(people, "13800005529", "织光服饰"), "another employer"
    assert not hint(people, "13800005529", NAMES[0], "2026-05-10 09:00"), "outside the window"
    shown = opened(
        people,
        "qinxiaoyue",
        "/call/lookup/",
        phone="13800005529",
        **{"employers-0-name": NAMES[0]},
    )
    assert all(
        each not in shown.content.decode() for each in ("职工乙", "5521", str(other.ticket_no))
    )


def test_one_case_of_three_tickets_and_all_the_way_back(people):  # noqa: F811
    first, second, third = three(people)
    (row,) = opened(people, "dengchuan", "/groups/").context["rows"]
    assert (row["callers"], row["tickets"], row["url"]) == (3, 3, f"/groups/{first.pk}/")
    page = f"/groups/{first.pk}/"
    empty = opened(people, "dengchuan", page, act="join", into=first.pk, reason="同一工地欠薪")
    assert (empty.status_code, members(first)) == (422, [("W01", "职工甲", 1)])
    done = opened(people, "dengchuan", page, act="join", into=first.pk, reason="同一工地欠薪",
                  ticket=[second.pk, third.pk])  # fmt: skip
    assert members(first) == [("W01", "职工甲", 1), ("W02", "职工乙", 1), ("W03", "职工丙", 1)]
    assert len(done.context["joined"]) == 2
    with transaction.atomic(), system("test"):
        first.refresh_from_db(), second.refresh_from_db()
        assert (first.group_size, second.status, second.merged_into_id) == (
            3,
            "CLOSED",
            first.pk,
        )
        codes = first.tracking_codes.filter(voided_at=None)
        assert {code.party.ref for code in codes} == {"W01", "W02", "W03"}, (
            "the slip goes on working"
        )
    again = opened(
        people,
        "dengchuan",
        page,
        act="join",
        into=first.pk,
        reason="再点一次",
        ticket=[second.pk],
    )
    assert (again.status_code, len(members(first))) == (422, 3), "the second click"
    back = start(
        people["dengchuan"], "joining.take_back", "2026-03-10 13:00", second, reason="另一工地"
    )
    assert members(first) == [("W01", "职工甲", 1), ("W03", "职工丙", 1)]
    assert members(second) == [("W01", "职工乙", 1)]
    with transaction.atomic(), system("test"):
        second.refresh_from_db(), first.refresh_from_db()
        assert (second.status, second.merged_into, first.group_size) == ("REGISTERED", None, 2)
        assert second.tracking_codes.filter(voided_at=None).get().party.case_id == second.pk
        assert [verify(each.pk) for each in (first, second, third)] == [[], [], []]
    assert [task.flow_task.name for task in back.open_tasks] == ["triage"]


def test_no_group_has_a_reason_an_undo_and_ends_with_the_next_caller(people):  # noqa: F811
    cases = three(people)
    page = f"/groups/{cases[0].pk}/"
    assert opened(people, "dengchuan", page, act="deny", reason=" ").status_code == 422
    opened(people, "dengchuan", page, act="deny", reason="三件互不相干：工伤、离职证明、加班费")
    shown = opened(people, "dengchuan", "/groups/")
    assert (shown.context["rows"], len(shown.context["denied"])) == ([], 1)
    number = shown.context["denied"][0]["id"]
    assert opened(people, "zhongping", f"/groups/again/{number}/", x="1").status_code == 404
    opened(people, "dengchuan", f"/groups/again/{number}/", x="1")
    assert len(opened(people, "dengchuan", "/groups/").context["rows"]) == 1
    with transaction.atomic(), system("test"):
        kinds = Event.objects.filter(case=cases[2], kind__startswith="group.").order_by("seq")
        assert [each.kind for each in kinds] == ["group.denied", "group.denial_taken_back"]
        assert NotAGroup.objects.get().taken_back_by == people["dengchuan"]
    opened(people, "dengchuan", page, act="deny", reason="互不相干")
    call(people, 3, "2026-03-10 11:00")
    (row,) = opened(people, "dengchuan", "/groups/").context["rows"]
    assert row["tickets"] == 4, "a further caller brings it back"


def test_strangers_and_lookers(people):  # noqa: F811
    first, second, _third = three(people)
    page = f"/groups/{first.pk}/"
    for who in ("qinxiaoyue", "heminzhi", "luoqiming", "admin"):
        assert opened(people, who, "/groups/").status_code == 404, who
        assert opened(people, who, page).status_code == 404, who
    assert opened(people, "zhongping", page).status_code == 404, "another district"
    assert opened(people, "yuanjing", page).context["may"] is False
    tried = opened(
        people, "yuanjing", page, act="join", into=first.pk, reason="x", ticket=[second.pk]
    )
    assert (tried.status_code, len(members(first))) == (404, 1)
    with transaction.atomic(), as_person(people["qinxiaoyue"]):
        assert Case.objects.count() == 3


def test_who_cannot_join_is_named_and_the_others_do(people):  # noqa: F811
    first, second, third = three(people)
    same = call(people, 1, "2026-03-10 10:00").case  # the second caller once more
    done = opened(people, "dengchuan", f"/groups/{first.pk}/", act="join", into=second.pk, reason="同一工地",
                  ticket=[first.pk, same.pk, third.pk])  # fmt: skip
    assert [name for _ref, name, _n in members(second)] == ["职工乙", "职工甲", "职工丙"]
    words = [str(each) for each in done.context["messages"]]
    assert any(same.ticket_no in each and "已经在那个案件里" in each for each in words), words
