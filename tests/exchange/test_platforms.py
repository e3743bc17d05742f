"""Grass-roots platforms by file: looked at first, taken in once, numbers kept, results sent back, answers applied."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from openpyxl import Workbook

from casework import clock
from casework.access.context import as_person
from casework.models import Case, Event, Inbound, PaperReply, Referral
from mediation.exchange import platform_files as files
from mediation.exchange import platforms
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import TRIAGE, called, do, only, start
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db
HEAD = [
    "工单编号",
    "转办日期",
    "区县",
    "姓名",
    "联系电话",
    "用人单位",
    "诉求",
    "金额",
    "诉求内容",
]
GOOD = [
    "141-0007",
    "2026-03-02",
    "两江新区",
    "柏川",
    "13800007001",
    "青屿餐饮",
    "拖欠工资",
    "5000",
    "两个月没发工资",
]
ROWS = [
    GOOD,
    ["141-0008", "2026-03-02", "不存在的区", "柏川", "13800007001", "青屿餐饮", "", "", "同上"],
    GOOD,
    ["141-0009", "2026-03-02", "两江新区", "邹世海", "13800005511", "岚桥机电", "", "", "工资没有发"],
]  # fmt: skip
AT = "2026-03-03 09:00"


def table(rows, head=HEAD, coding="utf-8"):
    made = io.StringIO()
    csv.writer(made).writerows([head, *rows])
    return made.getvalue().encode(coding)


def book(rows):
    made, there = io.BytesIO(), Workbook()
    for row in [HEAD, *rows]:
        there.active.append(row)
    there.save(made)
    return made.getvalue()


def post(client, data, **more):
    given = {"agency": "PLATFORM_141", "what": "MATTERS", **more}
    if data is not None:
        given["file"] = SimpleUploadedFile("141.csv", data)
    with clock.held_at(instant(AT)):
        return client.post("/platforms/", given)


def states(response):
    return [(row["number"], str(row["light"]["words"])) for row in response.context["rows"]]


def test_every_kind_of_table_reads_alike():
    listed = json.dumps([dict(zip(HEAD, GOOD, strict=True))]).encode()
    read = [
        files.read(data, files.MATTER_COLUMNS)
        for data in (table([GOOD]), table([GOOD], coding="gb18030"), book([GOOD]), listed)
    ]
    assert all(each == read[0] for each in read)
    assert (read[0][0]["number"], read[0][0]["facts"]) == ("141-0007", "两个月没发工资")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"[1, 2]", b"\xff\xfe\x00", b"[{]"])
def test_what_is_no_table_is_refused_in_words(data):
    with pytest.raises(files.NotATable):
        files.read(data, files.MATTER_COLUMNS)


def test_without_the_column_of_numbers_nothing_begins():
    with pytest.raises(files.ColumnMissing):
        files.read(table([["柏川"]], head=["姓名"]), files.MATTER_COLUMNS)


def test_a_cell_of_ours_never_begins_a_formula():
    told = files.write(("编号",), [("=1+1",), ("@x",), ("平",)]).decode("utf-8-sig")
    assert told.splitlines() == ["编号", "'=1+1", "'@x", "平"]


def test_looked_at_first_then_taken_in_once_and_the_result_goes_back(people, client):  # noqa: F811
    called(people)  # somebody called about the fourth row's matter before
    client.force_login(people["dengchuan"])
    looked = post(client, table(ROWS))
    assert [state for _number, state in states(looked)] == [
        "新增",
        "不能使用",
        "本文件内重复",
        "新增",
    ]
    assert "区县" in looked.context["rows"][1]["words"][0]
    assert "可能与" in looked.context["rows"][3]["words"][0]
    assert in_system(lambda: Inbound.objects.count()) == 0
    taken = post(client, None, kept=looked.context["kept"])
    assert [state for _number, state in states(taken)][::3] == ["已接收", "已接收"]
    rows = in_system(lambda: list(Inbound.objects.select_related("case").order_by("id")))
    assert [row.number for row in rows] == ["141-0007", "141-0009"]
    assert rows[0].case.source_number == "141-0007"
    again = post(client, table(ROWS))
    assert [state for _number, state in states(again)][::3] == ["已在本系统", "已在本系统"]
    for task, data in (("sign_for", {}), ("answer", {"answer": "DECLINED", "reason_code": "NOT_IN_SCOPE",
                                                     "reason": "不属劳动争议"})):  # fmt: skip
        with transaction.atomic(), as_person(people["dengchuan"]):
            from mediation.engine import run

            step = next(
                each for each in run.open_tasks(rows[0].case_id) if each.flow_task.name == task
            )
        do(people["dengchuan"], step, "2026-03-03 10:00", **data)
    with clock.held_at(instant("2026-03-04 09:00")):
        back = client.post("/platforms/PLATFORM_141/results/")
    told = list(csv.DictReader(io.StringIO(back.content.decode("utf-8-sig"))))
    assert (told[0]["工单编号"], told[0]["理由"]) == ("141-0007", "不属劳动争议")
    assert told[1]["理由"] == ""


def passed_on(people):  # noqa: F811
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    by = people["dengchuan"]
    start(by, "consent.record", "2026-03-02 11:00", done.case, what="GIVE", parties=["W01"],
          agency="PLATFORM_141", how="paper")  # fmt: skip
    start(by, "referral.refer", AT, done.case, matter="STREET_LEVEL", asked="请街道协助核实")
    return done, in_system(lambda: Referral.objects.get(case=done.case))


def test_our_referral_goes_out_as_a_file_and_their_answers_move_it(people, client):  # noqa: F811
    done, row = passed_on(people)
    client.force_login(people["dengchuan"])
    with clock.held_at(instant("2026-03-03 10:00")):
        out = client.post("/platforms/PLATFORM_141/referrals/").content.decode("utf-8-sig")
    assert row.number in out
    assert "邹世海" in out
    assert "18000" not in out  # its row of fields has no claims
    kinds = in_system(lambda: [each.kind for each in Event.objects.filter(case=done.case)])
    assert "referral.on_file" in kinds
    head = ["转办文号", "答复", "答复日期", "工单编号", "承办人", "结果", "说明"]
    wrong = ["渝工转〔2026〕999号", "受理", "2026-03-03", "", "", "", ""]
    accepted = [row.number, "受理", "2026-03-03", "141-9001", "街道综治办", "", ""]
    ended = [row.number, "办结", "2026-03-03", "", "", "PAID", "已协调支付"]
    page = post(client, table([wrong, accepted, ended], head), what="ANSWERS")
    assert [state for _number, state in states(page)] == ["不能使用", "已接收", "已接收"]
    row = in_system(lambda: Referral.objects.get(pk=row.pk))
    assert (row.state, row.own_number, row.result) == ("RESULT", "141-9001", "PAID")
    assert in_system(lambda: {each.way for each in PaperReply.objects.all()}) == {"FILE"}


def test_only_the_union_opens_the_page_and_a_district_takes_its_own_away(people, client):  # noqa: F811
    passed_on(people)
    for who in ("luoqiming", "admin", "heminzhi"):
        client.force_login(people[who])
        assert client.get("/platforms/").status_code == 404
        assert client.post("/platforms/PLATFORM_141/referrals/").status_code == 404
    client.force_login(people["zhongping"])
    assert client.get("/platforms/").status_code == 200
    with clock.held_at(instant("2026-03-03 10:00")):
        out = client.post("/platforms/PLATFORM_141/referrals/").content.decode("utf-8-sig")
        assert client.post("/platforms/COURT/referrals/").status_code == 404
    assert "邹世海" not in out
    assert post(client, None, kept="forged").status_code == 422
    assert platforms.PLATFORMS[0] in in_system(
        lambda: str(list(Referral.objects.values_list("agency_id")))
    )
    assert in_system(lambda: Case.objects.count()) == 1
