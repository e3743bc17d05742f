"""Promised calls: made on the call page or in a case, on the list with a light, ended only by their outcome."""

import pytest
from django.db import IntegrityError, transaction

from casework import clock
from casework.access.context import as_person, system
from casework.commands import call_backs
from casework.events import verify
from casework.models import CallBack, Case, Deadline, Event
from mediation.commands.dispatch import NothingPromised
from mediation.engine.errors import Invalid
from mediation.models import Task
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import DISPUTE, TRIAGE, called, do, only, start

pytestmark = pytest.mark.django_db
CALLED = "2026-03-10 09:00"
WINDOW = {"call_back_on": "2026-03-11", "call_back_from": "10:00", "call_back_until": "11:00"}
PROMISE = {**WINDOW, "call_back_why": "告知加班费怎么算"}
KEEP = "dispatch.keep_promise"


def promised(people, **more):  # noqa: F811
    return start(
        people["qinxiaoyue"], "intake.record_call", CALLED, **{**DISPUTE, **PROMISE, **more}
    ).case


def keep(people, case, at, outcome, who="qinxiaoyue", **more):  # noqa: F811
    return start(people[who], KEEP, at, case, outcome=outcome, **more)


def rows(case):
    with transaction.atomic(), system("test"):
        return list(CallBack.objects.filter(case=case).order_by("pk"))


def page(people, who, at, query=""):  # noqa: F811
    with clock.held_at(instant(at)):
        return client_of(people[who]).get(f"/call-backs/{query}")


def lights(answer):
    return [row["light"]["state"] for row in answer.context["rows"]]


def test_a_promise_of_the_call_page_stands_on_the_list_of_whoever_may_keep_it(people):  # noqa: F811
    case = promised(people)
    (row,) = rows(case)
    assert (row.begins_at, row.ends_at) == (
        instant("2026-03-11 10:00"),
        instant("2026-03-11 11:00"),
    )
    at = "2026-03-10 09:30"
    for who in ("qinxiaoyue", "weijia", "yuanjing"):
        shown = page(people, who, at)
        (line,) = shown.context["rows"]
        assert line["who"] == "邹世海 138****5511", who
        assert bool(line["keep_url"]) is (who != "yuanjing"), "a supervisor looks"
        assert DISPUTE["phone"] not in shown.content.decode()
    with clock.held_at(instant(at)):
        desk = client_of(people["qinxiaoyue"]).get("/").content.decode()
        file = client_of(people["qinxiaoyue"]).get(f"/cases/{case.pk}/").content.decode()
    assert all(
        "告知加班费怎么算" in each and "03-11 10:00-11:00" in each for each in (desk, file)
    )


def test_a_stranger_finds_no_list_and_keeps_no_promise(people):  # noqa: F811
    case = promised(people)
    for who in ("heminzhi", "luoqiming", "admin", "gongwen"):
        assert page(people, who, CALLED).status_code == 404
        assert client_of(people[who]).get(f"/cases/{case.pk}/do/{KEEP}/").status_code == 404
    with transaction.atomic(), as_person(people["zhongping"]):
        assert not CallBack.objects.exists(), "another district"


def test_its_light_goes_from_later_to_now_to_late_and_the_supervisor_sees_it(people):  # noqa: F811
    promised(people)
    for at, state, chosen in (
        ("2026-03-10 09:30", "normal", "later"), ("2026-03-11 08:00", "soon", "today"),
        ("2026-03-11 10:30", "soon", "today"), ("2026-03-11 11:01", "overdue", "late"),
        ("2026-03-14 09:00", "overdue", "late"),
    ):  # fmt: skip
        assert lights(page(people, "yuanjing", at)) == [state], at
        assert lights(page(people, "yuanjing", at, f"?list={chosen}")) == [state], at
    assert page(people, "yuanjing", "2026-03-11 11:01", "?list=today").context["rows"] == []
    words = page(people, "yuanjing", "2026-03-14 09:00").content.decode()
    assert "已迟 2 天" in words


def test_reached_ends_it_and_meets_the_first_call_back(people):  # noqa: F811
    case = promised(people)
    keep(people, case, "2026-03-11 10:20", "REACHED", words="已算给他听")
    (row,) = rows(case)
    assert (row.state, row.words, row.settled_by) == (
        "REACHED",
        "已算给他听",
        people["qinxiaoyue"],
    )
    with transaction.atomic(), system("test"):
        assert Deadline.objects.get(case=case, rule="P-03").state == "MET"
        told = Event.objects.get(case=case, kind="call_back.settled").payload
        assert verify(case.pk) == []
    assert (told["call_outcome"], told["late"], told["tries"]) == ("REACHED", False, 1)
    assert page(people, "qinxiaoyue", "2026-03-11 10:30").context["rows"] == []
    assert lights(page(people, "qinxiaoyue", "2026-03-11 10:30", "?list=done")) == ["done"]
    with pytest.raises(NothingPromised):  # the second click
        keep(people, case, "2026-03-11 10:21", "REACHED")


def test_nobody_reached_is_never_the_end(people):  # noqa: F811
    case = promised(people)
    with pytest.raises(Invalid):
        keep(people, case, "2026-03-11 10:20", "NOT_REACHED")
    again = {**WINDOW, "call_back_on": "2026-03-12"}
    keep(people, case, "2026-03-11 12:00", "NOT_REACHED", words="无人接听", **again)
    first, second = rows(case)
    assert (first.state, second.state, second.number) == ("NOT_REACHED", "OPEN", 2)
    assert second.follows_id == first.pk
    assert second.why == first.why
    with transaction.atomic(), system("test"):
        assert Deadline.objects.get(case=case, rule="P-03").state == "OPEN", "a try is no call"
        told = Event.objects.filter(case=case, kind__startswith="call_back.").order_by("seq")
        assert [each.payload.get("late") for each in told] == [None, True, None]
    with clock.held_at(instant("2026-03-12 10:30")):
        words = client_of(people["qinxiaoyue"]).get(f"/cases/{case.pk}/").content.decode()
    assert "承诺回电的结果　没打通，改期再打" in words


def test_no_longer_needed_says_why_and_the_unions_own_call_keeps_it_too(people):  # noqa: F811
    case = promised(people)
    with pytest.raises(Invalid):
        keep(people, case, "2026-03-10 15:00", "NOT_NEEDED")
    keep(people, case, "2026-03-10 15:00", "NOT_NEEDED", words="本人已到窗口办理")
    assert [row.state for row in rows(case)] == ["NOT_NEEDED"]
    start(people["qinxiaoyue"], "dispatch.promise", "2026-03-10 15:01", case, **PROMISE)
    (triage,) = _open(case)
    do(people["dengchuan"], triage, "2026-03-10 16:00", **TRIAGE)
    start(
        people["weijia"],
        "dispatch.call_back",
        "2026-03-10 17:00",
        case,
        party="W01",
        reached=True,
    )
    assert [row.state for row in rows(case)] == ["NOT_NEEDED", "REACHED"]


def _open(case):
    with transaction.atomic(), system("test"):
        return list(Task.objects.filter(case=case, is_open=True))


HALF = (
    ({"call_back_why": ""}, "call_back_why"), ({"call_back_from": ""}, "call_back_from"),
    ({"call_back_until": "09:00"}, "call_back_until"), ({"call_back_on": "2026-03-09"}, "call_back_on"),
    ({"call_back_on": "下周"}, "call_back_on"), ({"anonymous": True}, "call_back_on"),
    ({"phone": ""}, "call_back_on"),
)  # fmt: skip


def test_half_a_promise_is_told_at_its_box_and_no_case_is_made(people):  # noqa: F811
    for more, field in HALF:
        with pytest.raises(Invalid) as refused:
            start(
                people["qinxiaoyue"],
                "intake.record_call",
                CALLED,
                **{**DISPUTE, **PROMISE, **more},
            )
        assert field in refused.value.form.errors, more
    with transaction.atomic(), system("test"):
        assert not CallBack.objects.exists()
        assert not Case.objects.exists()
    for query in ("?list=none", "?page=0", "?page=x"):
        assert page(people, "qinxiaoyue", CALLED, query).status_code == 404


def test_a_call_for_advice_keeps_its_promise_after_the_call_is_ended(people):  # noqa: F811
    case = promised(people, classes=["ADVICE"])
    (task,) = _open(case)
    done = do(
        people["qinxiaoyue"], task, "2026-03-10 09:05", advice="先查再回电", source="劳动法 44"
    )
    do(people["qinxiaoyue"], only(done, "end_call"), "2026-03-10 09:06")
    assert lights(page(people, "qinxiaoyue", "2026-03-11 12:00")) == ["overdue"]
    keep(people, case, "2026-03-11 12:05", "REACHED", words="已答复")
    assert [row.state for row in rows(case)] == ["REACHED"]


def test_a_promise_can_be_made_later_in_the_case_but_only_one_at_a_time(people):  # noqa: F811
    case = called(people).case
    start(people["weijia"], "dispatch.promise", "2026-03-10 09:00", case, **PROMISE)
    with pytest.raises(call_backs.PromisedAlready):
        start(people["weijia"], "dispatch.promise", "2026-03-10 09:01", case, **PROMISE)
    (row,) = rows(case)
    with pytest.raises(IntegrityError), transaction.atomic(), system("test"):
        CallBack.objects.create(
            case=case, begins_at=row.begins_at, ends_at=row.ends_at, why="再打",
            promised_by=people["weijia"], promised_at=row.promised_at,
        )  # fmt: skip
