"""Decision tables are drafted, tried on past cases, proposed and approved by another; gaps never get through."""

import re

import pytest
from django.db import transaction
from django.test import Client

from casework.access.context import system
from casework.commands import rulebook as acts
from casework.commands.rulebook_tables import propose_table
from casework.models import Event, RuleEdit
from casework.queries import rulebook_tables
from casework.rules.errors import NotEditable, TableHasGaps
from casework.rules.tables_read import as_rows
from tests.desks.test_rules import desk  # noqa: F401
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import DISPUTE, TRIAGE, do, only, start
from tests.process.test_engine import in_system, race

pytestmark = pytest.mark.django_db
URL = "/rules/table/priority/draft/"
SOON = {"effective_from": "2026-04-01", "reason": "生活困难的一律特急"}
PROPOSED, DECIDED = instant("2026-03-10 09:00"), instant("2026-03-11 09:00")


def typed(page):
    """What a browser would send back of a page's form, unchanged."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        box = 'type="checkbox"' in tag
        if name and (not box or "checked" in tag) and name.group(1)[:1] in "rn":
            found.setdefault(name.group(1), []).append(
                value.group(1) if value else "on" if box else ""
            )
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = [chosen.group(1) if chosen else ""]
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        found[name] = [body.strip()]
    return found


def hardship_first(form):
    """Hardship becomes critical: its row, and the rows that it would contradict, are changed."""
    fields = {**form, **SOON}
    slot = next(
        name[:2] for name in form if name.endswith("_hardship") and form[name] == ["yes"]
    )
    fields[f"{slot}_then"] = "CRITICAL"
    for n in range(1, 5):
        fields[f"r{n}_hardship"] = ["no"]
    return fields


def rows_with_hardship_critical():
    rows = as_rows(rulebook_tables.tables().on("priority"))
    for row in rows:
        if row["id"] == "U6":
            row["then"] = "CRITICAL"
        elif row["id"] in ("U2", "U3", "U4", "U5"):
            row["if"]["hardship"] = [False]
    return rows


def proposed(people):  # noqa: F811
    from datetime import date

    return propose_table(
        code="priority", rows=rows_with_hardship_critical(), effective_from=date(2026, 4, 1),
        reason="生活困难的一律特急", by=people["jiangheng"], at=PROPOSED,
    )  # fmt: skip


def test_an_untouched_form_is_the_table_itself(desk):  # noqa: F811
    for code in rulebook_tables.tables().codes():
        url = f"/rules/table/{code}/draft/"
        form = typed(desk["jiangheng"].get(url).content.decode())
        page = desk["jiangheng"].post(url, {**form, **SOON, "propose": "1"}).content.decode()
        assert "与现行的相同，没有改动" in page, (code, re.findall("错误：([^<]+)<", page))


def test_a_draft_is_tried_on_past_cases_proposed_and_approved_by_another(desk, people):  # noqa: F811
    case = called_in_hardship(people, "2026-03-02 09:00")
    form = typed(desk["jiangheng"].get(URL).content.decode())
    asked = hardship_first(form)
    page = desk["jiangheng"].post(URL, {**asked, "check": "1"}).content.decode()
    assert "没有缺口，没有冲突" in page, re.findall(
        "error-summary.*?</ul>", page, re.S
    ) + re.findall('id="tried".*?</section>', page, re.S)
    assert "其中 1 件结果会不同" in page
    assert str(case) in page
    assert not RuleEdit.objects.exists()
    page = desk["jiangheng"].post(URL, {**asked, "propose": "1"}, follow=True).content.decode()
    assert "已提交" in page
    edit = RuleEdit.objects.get()
    assert 'value="approve"' not in page
    page = desk["bailu"].get(f"/rules/edit/{edit.pk}/").content.decode()
    assert "其中 1 件结果会不同" in page
    desk["bailu"].post(f"/rules/edit/{edit.pk}/decide/", {"decision": "approve"})
    later = called_in_hardship(people, "2026-04-02 09:00")
    told = in_system(lambda: Event.objects.get(case=later, kind="case.triaged").payload["rows"])
    assert "priority@2026-04-01/U6" in told
    in_system(case.refresh_from_db)
    assert case.triage["decisions"]["priority"]["version"] == "release"
    page = desk["dengchuan"].get(f"/cases/{later.pk}/").content.decode()
    assert re.search(r"<b>特急</b>.*?U6 .{0,30}2026-04-01", page, re.S)


def called_in_hardship(people, at):  # noqa: F811
    day = at[:10]
    done = start(people["qinxiaoyue"], "intake.record_call", at,
                 **{**DISPUTE, "classes": ["DISPUTE", "HARDSHIP"], "phone": f"1380000{day[5:7]}{day[8:]}"})  # fmt: skip
    do(
        people["dengchuan"],
        only(done, "triage"),
        f"{day} 10:00",
        **{**TRIAGE, "classes": ["DISPUTE", "HARDSHIP"]},
    )
    in_system(done.case.refresh_from_db)
    return done.case


def test_gaps_and_contradictions_are_listed_and_block(desk, people):  # noqa: F811
    form = typed(desk["jiangheng"].get(URL).content.decode())
    answer = desk["jiangheng"].post(URL, {**form, **SOON, "r0_drop": "on", "propose": "1"})
    assert answer.status_code == 422
    assert "缺口：没有一行适用" in answer.content.decode()
    assert "生命健康有危险：是" in answer.content.decode()
    slot = {**form, **SOON, "r5_then": "LOW", "propose": "1"}
    page = desk["jiangheng"].post(URL, slot).content.decode()
    assert "冲突：两行适用，结果不同" in page
    assert not RuleEdit.objects.exists()
    rows = [
        row for row in as_rows(rulebook_tables.tables().on("priority")) if row["id"] != "U1"
    ]
    with pytest.raises(TableHasGaps):
        propose_table(code="priority", rows=rows, effective_from=acts.clock.day(DECIDED),
                      reason="x", by=people["jiangheng"], at=PROPOSED)  # fmt: skip


def test_a_row_of_the_law_has_no_field_and_is_not_changed(desk, people):  # noqa: F811
    page = desk["jiangheng"].get("/rules/table/group/draft/").content.decode()
    assert 'name="r2_then"' not in page
    assert 'name="r1_then"' in page
    rows = as_rows(rulebook_tables.tables().on("group"))
    rows[2]["if"] = {"group_size": [{"from": 10, "to": 1_000_000}]}
    rows[2]["then"] = "LINKED"
    with pytest.raises(NotEditable):
        propose_table(code="group", rows=rows, effective_from=acts.clock.day(DECIDED),
                      reason="x", by=people["jiangheng"], at=PROPOSED)  # fmt: skip


def test_for_a_stranger_the_tables_do_not_exist(desk):  # noqa: F811
    for who in ("qinxiaoyue", "dengchuan", "luoqiming"):
        assert desk[who].get("/rules/table/priority/").status_code == 404, who
        assert desk[who].post(URL, {**SOON, "propose": "1"}).status_code == 404, who
    for who in ("yuanjing", "admin"):  # they read, and change nothing
        assert desk[who].get("/rules/table/priority/").status_code == 200
        assert desk[who].get(URL).status_code == 404
        assert desk[who].post(URL, {**SOON, "propose": "1"}).status_code == 404, who
    assert desk["jiangheng"].get("/rules/table/nothing/").status_code == 404
    assert Client().get("/rules/table/priority/").status_code == 302


def test_two_who_approve_at_once_make_one_version(own_people):  # noqa: F811
    edit = proposed(own_people)

    def approve(who):
        with transaction.atomic():
            return acts.approve(edit, by=own_people[who], at=DECIDED)

    outcomes = race(lambda: approve("bailu"), lambda: approve("yuanjing"))
    assert sum(isinstance(each, acts.AlreadyDecided) for each in outcomes) == 1, outcomes
    with transaction.atomic(), system("test"):
        assert rulebook_tables.tables().on("priority").version == "2026-04-01"
