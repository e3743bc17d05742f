"""A list of workers is looked over cell by cell before anybody is added; five hundred like five."""

import json
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.access.context import system
from casework.commands.collective import ListDecided, ListOpen, RowsWrong
from casework.commands.member_list import check_list
from casework.events import verify
from casework.models import Case, Claim, Event, ListState, MemberList, Party, Side
from casework.sheets import EmptyTable, NotATable, OldExcel, TableTooBig, read_table
from mediation.engine.errors import Invalid, NotFound, NotOffered, NotYours
from tests.process.groups import group, many, upload, xlsx
from tests.process.stage_c import in_force

pytestmark = pytest.mark.django_db
OK_NUMBER = "11010519491231002X"  # the worked example of GB 11643: valid, nobody's


def read(story, data, name="名单.xlsx", when="2026-03-16 09:00"):
    return story.start("manager", "collective.read_list", when, files=upload(data, name), **{})


def decide(story, decision, files=None, when="2026-03-16 09:30", **more):
    return story.do("manager", "check_list", when, files=files, decision=decision, **more)


def looked_over(story, data):
    with story.reading() as case:
        return check_list(case, read_table(data))


def test_every_wrong_cell_is_named_by_its_place_and_nobody_is_added():
    story = group(3)
    data = xlsx(
        ("", 13800001001, "", 100), ("阿伍", "1380000", "", 100), ("阿陆", "", "110105194912310021", 1),
        ("阿柒", "", "", "一千"), ("阿捌", "", "", -5), ("阿玖", "", "", "1.005"), ("合计", "", "", 206),
    )  # fmt: skip
    found = looked_over(story, data)
    assert [row.place for row in found.errors] == ["A2", "B3", "C4", "D5", "D6", "D7"]
    assert found.errors[2].value == "…0021", "a number is never shown whole"
    assert [row.place for row in found.skipped] == ["A8"]
    assert (found.members, found.unread) == ([], [])
    read(story, data)
    with pytest.raises(RowsWrong):
        decide(story, "IMPORTED")
    with story.reading() as case:
        assert Party.objects.filter(case=case, side=Side.WORKER).count() == 3


def test_a_list_is_taken_over_with_own_sums_in_one_event_of_the_ledger():
    story = group(3)
    data = xlsx(
        ("组员甲", "138 0000 1001", OK_NUMBER.lower(), "¥12,000.50", "虚构银行"),
        ("组员乙", 13800001002.0, None, 3000, None),
        title="某工地欠薪名单",
    )
    done = read(story, data)
    assert [
        task.flow_task.name for task in done.open_tasks if task.flow_task.name == "check_list"
    ]
    said = decide(story, "IMPORTED")
    assert "2" in said.say_once
    with story.reading() as case:
        rows = list(Party.objects.filter(case=case, side=Side.WORKER).order_by("id"))[3:]
        assert [(row.ref, row.person.phone) for row in rows] == [
            ("W04", "13800001001"), ("W05", "13800001002"),
        ]  # fmt: skip
        assert rows[0].person.identity_number == OK_NUMBER
        assert bytes(rows[0].person.phone_tail_index), "found by the last four digits"
        sums = (
            Claim.objects.filter(party__in=rows)
            .order_by("id")
            .values_list("amount_yuan", flat=True)
        )
        assert list(sums) == [Decimal("12000.50"), Decimal("3000.00")]
        (event,) = Event.objects.filter(case=case, kind="members.added")
        assert (event.payload["first"], event.payload["last"]) == ("W04", "W05")
        assert "1380000" not in json.dumps(event.payload)
        assert case.group_size == 5
        assert verify(case.pk) == []


def test_who_stands_in_the_list_or_in_the_case_already_is_not_added_twice():
    story = group(3)
    found = looked_over(story, xlsx(
        ("工人1", "", "", 500), ("组员丙", 13800001003, "", 10), ("组员丙", 13800001003, "", 10),
        ("组员丙", 13800001004, "", 10), ("组员丁", "", "", 10), ("组员丁", "", "", 20),
    ))  # fmt: skip
    assert [row.line for row in found.new] == [3, 5, 6]
    assert [row.place for row in found.duplicates] == ["A2", "A4", "A7"]
    assert "W01" in found.duplicates[0].words


def test_a_worker_of_the_case_without_a_sum_gets_it_from_the_list():
    story = group(2)
    with transaction.atomic(), system("test"):
        Claim.objects.filter(party__case=story.case_id, party__ref="W02").update(
            amount_yuan=None
        )
    read(story, xlsx(("工人2", "", "", 777)))
    decide(story, "IMPORTED")
    with story.reading() as case:
        assert Party.objects.filter(case=case, side=Side.WORKER).count() == 2
        assert case.claims.filter(party__ref="W02", amount_yuan="777.00").exists()


def test_a_mended_file_takes_the_place_of_the_wrong_one_and_wrong_rows_can_be_left_out():
    story = group(2)
    read(story, xlsx(("", 1, "", 1)))
    with pytest.raises(ListOpen):
        read(story, xlsx(("组员", "", "", 1)))
    with pytest.raises(Invalid):
        decide(story, "AGAIN")
    mended = "姓名,手机,金额,备注\n组员戊,13800001005,10.00,a\n组员己,12,10.00,b\n".encode(
        "gb18030"
    )
    decide(story, "AGAIN", files=upload(mended, "名单.csv"))
    decide(story, "IMPORTED", leave_out_wrong=True, when="2026-03-16 10:00")
    with story.reading() as case:
        kept = MemberList.objects.get(case=case)
        assert (kept.state, kept.taken, kept.name) == (ListState.IMPORTED, 1, "名单.csv")
        (event,) = Event.objects.filter(case=case, kind="members.added")
        assert event.payload["left_out"] == ["B3"]
    with pytest.raises(AssertionError, match="not open"):
        decide(story, "DISCARDED")


def test_a_list_put_aside_leaves_no_member():
    story = group(2)
    read(story, xlsx(("组员", "", "", 1)))
    decide(story, "DISCARDED")
    with story.reading() as case:
        assert case.group_size == 2
        assert MemberList.objects.get(case=case).state == ListState.DISCARDED
    assert ListDecided.__doc__


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"\xd0\xcf\x11\xe0rest", OldExcel), (b"PK\x03\x04broken", NotATable), (b"\0\0\0", NotATable),
        (b"", EmptyTable), (b"\xef\xbb\xbf\n\n", EmptyTable), (b"x" * 5_000_001, TableTooBig),
        (b"name\n" + b"a\n" * 2_001, TableTooBig), (b"\xff\xfe\xff\xff\xff", NotATable),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_in_words(data, refusal):
    with pytest.raises(refusal):
        read_table(data)


def test_a_file_without_a_column_of_names_says_so():
    (trouble,) = looked_over(group(2), xlsx(("a", 1), heads=("工号", "金额"))).errors
    assert (trouble.place, trouble.value) == ("A1", "工号 金额")


def test_nobody_joins_when_the_agreement_is_in_force():
    with pytest.raises(NotOffered):
        read(in_force(), xlsx(("组员", "", "", 1)), when="2026-04-01 09:00")


def test_a_stranger_reads_no_list():
    story = group(2)
    with pytest.raises((NotFound, NotYours)):
        story.start("stranger", "collective.read_list", "2026-03-16 09:00", files=upload(b"a"))


@pytest.mark.parametrize("count", [5, 500])
def test_the_page_of_a_group_asks_fifteen_times_at_most(count, client: Client):
    story = group(1)
    read(story, xlsx(*many(count)))
    decide(story, "IMPORTED")
    client.force_login(story.people["manager"])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(reverse("members", args=[story.case_id]))
    assert page.status_code == 200
    assert len(asked) <= 15, "\n".join(each["sql"][:150] for each in asked)
    assert page.context["totals"].workers == count + 1
    assert len(page.context["rows"]) == min(50, count + 1)
    expected = Decimal(1000) + sum(
        Decimal(1000 + n) + Decimal("0.50") for n in range(1, count + 1)
    )
    assert page.context["totals"].claimed == expected
    text = page.content.decode()
    assert "138****" in text or "13800" in text
    last = client.get(reverse("members", args=[story.case_id]), {"page": "999", "q": ""})
    assert last.context["rows"][-1]["ref"] == f"W{count + 1:02d}"


def test_the_page_is_found_by_name_and_by_answer_and_by_nobody_else(client: Client):
    story = group(12)
    story.start(
        "manager", "collective.answer", "2026-03-16 09:00", refs="W01-W03 W05", agrees="yes"
    )
    story.start("manager", "collective.answer", "2026-03-16 09:10", refs="w02", agrees="no")
    client.force_login(story.people["manager"])
    where = reverse("members", args=[story.case_id])
    assert [row["ref"] for row in client.get(where, {"answer": "yes"}).context["rows"]] == [
        "W01", "W03", "W05",
    ]  # fmt: skip
    assert [row["ref"] for row in client.get(where, {"q": "工人12"}).context["rows"]] == ["W12"]
    told = client.get(where).context["totals"]
    assert (told.yes, told.no, told.waiting) == (3, 1, 8)
    client.force_login(story.people["stranger"])
    assert client.get(where).status_code == 404
    assert Case.objects.count() == 0, "rows exist only in a context"
