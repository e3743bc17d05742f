"""The three teams: own firms only, a case from the first moment, an answer within five working days; a list of members."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.datastructures import MultiValueDict
from openpyxl import Workbook, load_workbook

from casework import clock
from casework.access.context import as_person, system
from casework.commands import team as file
from casework.models import Case, Clue, Deadline, District, HouseAct, TeamMember, User
from mediation.engine import run
from mediation.engine.errors import Invalid, NotYours
from tests.process.stage_c import at, district, staff
from tests.process.test_hazard_photos import photo

pytestmark = pytest.mark.django_db
SEEN = {
    "kind": "SAFETY", "firm": "岚桥机电（虚构）", "place": "三号车间", "facts": "冲床没有防护罩，有人伤了手。",
    "people": "6",
}  # fmt: skip
HEAD = ["姓名", "登录名", "队伍", "区县", "单位", "电话"]


@pytest.fixture
def house():
    """A union of one district, and an information officer who speaks for one firm."""
    where = district()
    people = staff(where)
    with clock.held_at(at("2026-03-02 09:00")):
        member, _password = file.join(
            username="xinxi1", name="覃朗", team="INFORMATION", district=where,
            firms=["岚桥机电（虚构）"], phone="", on=at("2026-03-02 09:00").date(),
            by=people["head"], at=at("2026-03-02 09:00"),
        )  # fmt: skip
    member.user.must_change_password = False
    member.user.save()
    return {**people, "member": member.user}


def passed(who, when="2026-03-02 10:00", files=None, **more) -> run.Done:
    moment = at(when)
    with clock.held_at(moment):
        return run.start(
            node="clue.pass_on", by=who, data={**SEEN, **more}, files=files, at=moment
        )


def answered(who, done, when="2026-03-04 10:00", **data) -> run.Done:
    moment = at(when)
    (task,) = [each for each in done.open_tasks if each.flow_task.name == "decide"]
    with clock.held_at(moment):
        return run.complete(task_id=task.pk, by=who, data=data, at=moment)


def page(user, address, post=None, when="2026-03-04 11:00"):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    with clock.held_at(at(when)):
        return client.post(address, post) if post is not None else client.get(address)


def test_a_problem_is_a_case_at_once_and_is_answered_in_time(house):
    files = MultiValueDict({"photos": [photo()]})
    done = passed(house["member"], files=files)
    with transaction.atomic(), system("test"):
        due = Deadline.objects.get(case=done.case, rule="U-11").due
        clue = Clue.objects.get(case=done.case)
    assert (str(due), done.case.channel, len(clue.photos)) == ("2026-03-09", "team", 1)
    assert page(house["manager"], f"/clues/{clue.pk}/photos/1.jpg").status_code == 200
    assert page(house["stranger"], f"/clues/{clue.pk}/photos/1.jpg").status_code == 404
    assert page(house["manager"], f"/clues/{clue.pk}/photos/2.jpg").status_code == 404
    shown = page(house["member"], "/clues/").content.decode()
    assert "等待工会处理" in shown
    done = answered(house["manager"], done, decision="TAKEN_UP", answer="明日到场")
    assert "triage" in {task.flow_task.name for task in done.open_tasks}
    shown = page(house["member"], "/clues/").content.decode()
    assert "已受理" in shown
    assert "明日到场" in shown


def test_what_is_not_taken_up_is_told_why(house):
    done = passed(house["member"])
    with pytest.raises(Invalid):
        answered(house["manager"], done, decision="NOT")
    done = answered(house["manager"], done, decision="NOT", answer="已由应急部门处理")
    assert (done.case.status, done.open_tasks) == ("ADVICE_ANSWERED", ())
    assert "已由应急部门处理" in page(house["member"], "/clues/").content.decode()


def test_a_member_speaks_for_own_firms_and_sees_own_problems_only(house):
    with pytest.raises(Invalid):
        passed(house["member"], firm="别家（虚构）")
    with pytest.raises(NotYours):
        passed(house["operator"])
    other = User.objects.create(
        username="xinxi2", display_name="卓然", roles=["information_officer"],
        district=house["manager"].district,
    )  # fmt: skip
    with pytest.raises(file.NotInATeam):
        passed(other)
    done = passed(house["member"])
    assert "岚桥机电" not in page(other, "/clues/").content.decode()
    with transaction.atomic(), as_person(other):
        assert not Clue.objects.exists()
        assert not Case.objects.exists()
    with transaction.atomic(), as_person(house["member"]):
        assert Clue.objects.count() == 1
        assert not Case.objects.exists()
    number = done.case.pk  # the file itself is the union's
    for address in (
        f"/cases/{number}/", "/teams/", f"/cases/{number}/deadlines/", f"/api/v1/cases/{number}/",
        f"/api/v1/cases/{number}/events/", f"/api/v1/cases/{number}/papers/",
    ):  # fmt: skip
        assert page(house["member"], address).status_code in (403, 404), address
    for address in ("/cases/", "/search/?q=岚桥机电（虚构）", "/work/", "/hazards/"):
        shown = page(house["member"], address).content.decode()
        assert done.case.ticket_no not in shown


def test_the_page_of_the_form_is_the_first_page_of_the_team(house):
    assert page(house["member"], "/").headers["location"] == "/clues/"
    shown = page(house["member"], "/clues/new/").content.decode()
    assert "岚桥机电（虚构）" in shown
    answer = page(house["member"], "/clues/new/", {**SEEN})
    assert (answer.status_code, answer.headers["location"]) == (302, "/")


def book(rows, head=HEAD) -> SimpleUploadedFile:
    made, sheet_book = io.BytesIO(), Workbook()
    for row in [head, *rows]:
        sheet_book.active.append(row)
    sheet_book.save(made)
    return SimpleUploadedFile("名单.xlsx", made.getvalue())


GOOD = [
    ["甘棠", "gantang", "信息员", "试验区", "岚桥机电（虚构）、砺锋机械（虚构）", "023-1"],
    ["柳岸", "liuan", "监督员", "试验区", "", ""],
]


def test_a_list_is_checked_first_and_then_brought_in_whole(house):
    shown = page(house["head"], "/teams/bring-in/", {"file": book(GOOD)})
    text = shown.content.decode()
    assert (shown.status_code, "没有错误" in text) == (200, True)
    assert not User.objects.filter(username="gantang").exists()
    pledge = shown.context["pledge"]
    made = page(house["head"], "/teams/bring-in/", {"pledge": pledge})
    rows = list(load_workbook(io.BytesIO(made.content)).active.values)
    assert [row[1] for row in rows[1:]] == ["gantang", "liuan"]
    member = TeamMember.objects.get(user__username="gantang")
    assert member.firms == ["岚桥机电（虚构）", "砺锋机械（虚构）"]
    assert member.user.check_password(rows[1][2])
    assert rows[1][2] not in str(list(HouseAct.objects.values_list("details", flat=True)))
    assert "甘棠" in page(house["head"], "/teams/?team=INFORMATION").content.decode()
    again = page(house["head"], "/teams/bring-in/", {"pledge": pledge})
    assert again.status_code == 422  # the names are taken now
    assert User.objects.filter(username="gantang").count() == 1


def test_errors_stand_at_their_cells_and_nothing_is_brought_in(house):
    District.objects.create(code=990199, name="邻区", short="邻")
    rows = [
        ["", "ok1", "信息员", "试验区", "", ""], ["甲", "A!", "信息员", "试验区", "", ""],
        ["乙", "twice", "保安", "邻区", "", ""], ["丙", "twice", "信息员", "无名区", "", ""],
        ["丁", "xinxi1", "信息员", "试验区", "", ""],
    ]  # fmt: skip
    answer = page(house["head"], "/teams/bring-in/", {"file": book(rows)})
    wrong = [sorted(line.wrong) for line in answer.context["lines"]]
    assert wrong == [
        ["姓名"],
        ["登录名"],
        ["区县", "登录名", "队伍"],
        ["区县", "登录名"],
        ["登录名"],
    ]
    assert answer.context["pledge"] == ""
    assert not User.objects.filter(username="ok1").exists()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.xlsx", b"PK broken"), SimpleUploadedFile("a.csv", b"\xff\xfe\x00"),
        SimpleUploadedFile("a.csv", "姓名,电话\n甲,1".encode()),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_words(house, upload):
    answer = page(house["head"], "/teams/bring-in/", {"file": upload})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_a_changed_pledge_is_refused(house):
    answer = page(house["head"], "/teams/bring-in/", {"pledge": "changed"})
    assert answer.status_code == 422
    for who in ("manager", "stranger", "member"):
        assert page(house[who], "/teams/bring-in/").status_code == 404
