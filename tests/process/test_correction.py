"""What was recorded wrongly is put right by an act with a reason, and what hung on it follows."""

from datetime import timedelta

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.commands.base import CommandRefused
from casework.commands.day_fixes import AcceptanceOutOfOrder, CompletionOutOfOrder, OutOfOrder
from casework.events import verify
from casework.models import Case, Claim, Deadline, DeadlineState, Event, Timer
from documents.issue import issue
from documents.models import Life, Paper
from mediation.desks.corrections import corrections_of
from mediation.engine.errors import Invalid, NotFound, NotOffered, NotYours
from mediation.models import Task
from tests.process.journey import accepted, called, do, moment, only, received, start
from tests.process.stage_c import held, one, to_session


def correct(people, what, case, at="2026-03-05 09:00", by="dengchuan", **data):
    return start(people[by], f"correction.{what}", at, case, **data)


def deadlines(case, rule):
    with transaction.atomic(), system("test"):
        return list(Deadline.objects.filter(case=case, rule=rule).order_by("id"))


def test_another_day_of_receipt_moves_the_clocks_and_issues_the_papers_anew(people):
    case = received(people).case
    done = correct(people, "receipt", case, received_on="2026-03-02", reason="信封邮戳为3月2日")
    old, new = deadlines(case, "M-03")
    assert (str(old.due), old.state) == ("2026-03-18", DeadlineState.SUPERSEDED)
    assert (str(new.due), new.state, new.supersedes_id) == (
        "2026-03-17", DeadlineState.OPEN, old.pk
    )  # fmt: skip
    assert "M-03: 2026-03-18 → 2026-03-17" in done.say_once
    with transaction.atomic(), system("test"):
        (task,) = Task.objects.filter(case=case, is_open=True, flow_task_type="HUMAN")
        first = deadlines(case, "M-01")[-1]
        (timer,) = Timer.objects.filter(deadline=first, state="PENDING")
        assert timer.task_id is not None
        assert str(first.due) == "2026-03-05"
        assert task.due_at == clock.end_of(first.due)
        papers = Paper.objects.filter(case=case, code="D08").order_by("pk")
        assert [(each.life, each.edition) for each in papers] == [
            (Life.SUPERSEDED, 1), (Life.VALID, 2),
        ]  # fmt: skip
        assert "2026-03-02" in papers[1].facts


@pytest.mark.parametrize(
    "day", ["2026-03-06", "2026-03-05"], ids=["in the future", "after the acceptance"]
)
def test_a_day_of_receipt_that_cannot_be_is_refused(people, day):
    case = accepted(people).case
    with pytest.raises(OutOfOrder):
        correct(people, "receipt", case, received_on=day, reason="笔误")


def test_before_any_application_there_is_no_receipt_to_correct(people):
    with pytest.raises(CommandRefused):
        correct(people, "receipt", called(people).case, received_on="2026-03-02", reason="笔误")


def test_another_day_of_acceptance_moves_the_limit_and_names_the_papers_that_print_the_old_one(
    people,
):
    case = accepted(people).case  # on 4 March, M-01 until the 10th
    with transaction.atomic(), system("test"):
        number = Case.objects.get(pk=case.pk).number
    done = correct(people, "acceptance", case, accepted_on="2026-03-03", reason="受理当天即3日")
    old, new = deadlines(case, "M-04")
    assert (old.state, new.state, str(new.start)) == ("SUPERSEDED", "OPEN", "2026-03-03")
    assert (new.due - old.due).days == -1
    assert f"M-04: {old.due} → {new.due}" in done.say_once
    with transaction.atomic(), system("test"):
        row = Case.objects.get(pk=case.pk)
        assert (str(row.accepted_on), row.number) == ("2026-03-03", number)
        (timer,) = Timer.objects.filter(deadline=new, state="PENDING")
        assert timer.task_id is not None
        papers = Paper.objects.filter(case=case, code="D02").order_by("pk")
        assert [each.life for each in papers] == [Life.SUPERSEDED, Life.VALID]
        (first,) = deadlines(case, "M-01")
        assert (str(first.closed_on), first.state) == ("2026-03-03", "MET")
        (shown,) = corrections_of(row, people["dengchuan"])
        assert str(new.due) in {each["now"] for each in shown["followed"]}
        assert any(each["paper"] for each in shown["followed"]), (
            "the notice issued anew is linked"
        )
        assert verify(case.pk) == []


def test_an_acceptance_that_came_too_late_is_said_to_be_late(people):
    case = accepted(people).case
    (first,) = deadlines(case, "M-01")
    late = str(first.due + timedelta(days=1))
    correct(
        people, "acceptance", case, at="2026-03-20 09:00", accepted_on=late, reason="补录有误"
    )
    assert [row.state for row in deadlines(case, "M-01")] == ["MISSED"]


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-06"], ids=["before receipt", "to come"])
def test_a_day_of_acceptance_that_cannot_be_is_refused(people, day):
    case = accepted(people).case
    with pytest.raises(AcceptanceOutOfOrder):
        correct(people, "acceptance", case, accepted_on=day, reason="笔误")
    with pytest.raises(NotOffered):
        correct(
            people, "acceptance", called(people).case, accepted_on="2026-03-03", reason="笔误"
        )


@pytest.mark.django_db
def test_no_acceptance_after_the_first_session_and_papers_of_the_old_day_are_named():
    story = to_session(one())  # accepted on 13 March, session on the 18th
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    with pytest.raises(AcceptanceOutOfOrder):
        story.start("manager", "correction.acceptance", "2026-03-20 09:00",
                    accepted_on="2026-03-19", reason="笔误")  # fmt: skip
    with story.reading() as case:
        issue("D13", case=case, by=story.people["mediator"], at=moment("2026-03-18 12:00"))
    story.start("manager", "correction.acceptance", "2026-03-20 09:00", accepted_on="2026-03-12",
                reason="实为12日")  # fmt: skip
    with story.reading() as case:
        (row,) = corrections_of(case, story.people["manager"])
    assert ("受理" in row["what"] or "acceptance" in row["what"], row["was"], row["now"]) == (
        True, "2026-03-13", "2026-03-12",
    )  # fmt: skip
    assert any("D13" in each["words"] for each in row["stale"])


def test_another_day_of_completion_moves_the_clock_of_acceptance(people):
    done = do(people["dengchuan"], only(received(people), "decide_acceptance"), "2026-03-04 09:00",
              decision="ASK", missing="劳动合同")  # fmt: skip
    done = do(
        people["dengchuan"], only(done, "supply_materials"), "2026-03-06 09:00", words="已交"
    )
    case = done.case
    for day in ("2026-03-03", "2026-03-10"):
        with pytest.raises(CompletionOutOfOrder):
            correct(
                people,
                "completion",
                case,
                at="2026-03-09 09:00",
                completed_on=day,
                reason="笔误",
            )
    told = correct(people, "completion", case, at="2026-03-09 09:00", completed_on="2026-03-05",
                   reason="5日已寄到")  # fmt: skip
    *_before, old, new = deadlines(case, "M-01")
    assert (old.state, new.state, str(new.start)) == ("SUPERSEDED", "OPEN", "2026-03-05")
    assert f"M-01: {old.due} → {new.due}" in told.say_once
    with transaction.atomic(), system("test"):
        (task,) = Task.objects.filter(case=case, is_open=True, flow_task_type="HUMAN")
        assert task.due_at == clock.end_of(new.due)
    with pytest.raises(NotOffered):
        correct(
            people, "completion", accepted(people).case, completed_on="2026-03-04", reason="无"
        )


def test_an_employer_is_put_right_and_the_old_papers_are_named(people):
    case = received(people).case
    done = correct(
        people, "respondent", case, party="R1", name="岚桥机电安装", reason="营业执照"
    )
    assert "D08" in done.say_once
    with transaction.atomic(), system("test"):
        assert case.parties.get(ref="R1").name == "岚桥机电安装"
        event = Event.objects.get(case=case, kind="employer.corrected")
        assert event.payload["was"] == {"name": "岚桥机电"}


def test_a_workers_telephone_is_put_right_and_stands_nowhere_in_clear(people):
    case = called(people).case
    correct(people, "worker", case, party="W01", phone="13800005522", reason="来电人更正")
    with transaction.atomic(), system("test"):
        assert case.parties.get(ref="W01").person.phone == "13800005522"
        told = [str(event.payload) for event in Event.objects.filter(case=case)]
    assert not any("13800005522" in words or "13800005511" in words for words in told)


def test_a_claim_is_put_right_or_withdrawn_alone(people):
    case = called(people).case
    with transaction.atomic(), system("test"):
        row = Claim.objects.get(case=case)
    correct(people, "claim", case, claim=str(row.pk), amount_yuan="18600.00", reason="漏计一天")
    correct(people, "withdraw_claim", case, claim=str(row.pk), reason="单位已补发")
    with transaction.atomic(), system("test"):
        row.refresh_from_db()
        assert (str(row.amount_yuan), row.outcome) == ("18600.00", "WITHDRAWN")
        assert Case.objects.get(pk=case.pk).withdrawn_on is None
    with pytest.raises(NotOffered):
        correct(people, "claim", case, claim=str(row.pk), amount_yuan="1", reason="再改")


def test_nothing_new_or_no_reason_is_no_correction(people):
    case = called(people).case
    with pytest.raises(Invalid):
        correct(people, "respondent", case, party="R1", reason="营业执照")
    with pytest.raises(Invalid):
        correct(people, "respondent", case, party="R1", name="新名", reason="")
    with pytest.raises(Invalid) as refused:
        correct(people, "respondent", case, party="R1", credit_code="91500000000000000X",
                reason="营业执照")  # fmt: skip
    assert "credit_code" in refused.value.form.errors


@pytest.mark.parametrize("who", ["taoyan", "luoqiming", "gongwen", "admin"])
def test_a_stranger_corrects_nothing(people, who):
    case = called(people).case
    with pytest.raises((NotFound, NotYours)):
        correct(people, "respondent", case, by=who, party="R1", name="别名", reason="无权")
