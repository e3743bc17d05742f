"""A ticket that repeats a case is put to it with a trace, and taken back as it was."""

import pytest

from casework.access.context import system
from casework.commands.joining import NotADuplicate
from casework.commands.waiver import NothingOwed, NotInWriting
from casework.events import verify
from casework.models import Case, Deadline, Event, Instalment, Timer
from mediation.engine.errors import Invalid
from tests.process.journey import accepted, called, do, only, received, start
from tests.process.stage_c import in_force

pytestmark = pytest.mark.django_db
WHY = "同一来电人、同一单位、同一事项"


def merge(people, case, into, at="2026-03-05 09:00"):
    return start(
        people["dengchuan"], "joining.merge", at, case, number=into.ticket_no, reason=WHY
    )


def as_it_is(case):
    with system("test"):
        row = Case.objects.get(pk=case.pk)
        clocks = Deadline.objects.filter(case=case, state="OPEN").values_list("rule", "due")
        waiting = Timer.objects.filter(case=case, state="PENDING").values_list("kind", "due_at")
        return row.status, row.outcome, sorted(clocks), sorted(waiting)


def test_merged_and_taken_back_everything_is_as_before(people):
    first = accepted(people).case
    done = received(people)
    before, steps = as_it_is(done.case), [task.flow_task.name for task in done.open_tasks]
    merged = merge(people, done.case, first)
    assert (merged.case.status, merged.case.outcome) == ("CLOSED", "DUPLICATE")
    assert merged.open_tasks == ()
    back = start(people["dengchuan"], "joining.take_back", "2026-03-05 10:00", done.case,
                 reason="工地不同")  # fmt: skip
    assert [task.flow_task.name for task in back.open_tasks] == steps
    assert as_it_is(done.case) == before
    with system("test"):
        for case in (first, done.case):
            assert verify(case.pk) == []
        kinds = set(Event.objects.filter(case=first).values_list("kind", flat=True))
        assert {"cases.linked", "cases.parted"} <= kinds, "the trace stays in both"
    do(
        people["dengchuan"],
        only(back, "decide_acceptance"),
        "2026-03-05 11:00",
        decision="ACCEPT",
    )


def test_only_a_ticket_is_put_to_an_open_case(people):
    first, second = accepted(people).case, called(people).case
    with pytest.raises(NotADuplicate):
        merge(people, first, second)
    with pytest.raises(Invalid):
        start(people["dengchuan"], "joining.merge", "2026-03-05 09:00", second,
              number="没有这个号", reason=WHY)  # fmt: skip
    merge(people, second, first)
    third = called(people).case
    with pytest.raises(NotADuplicate):
        merge(people, third, second)


def waive(story, number, when="2026-04-02 09:00", **more):
    return story.do("manager", "watch", when, what="WAIVED", instalment=number,
                    reason="工人自愿放弃余款", **more)  # fmt: skip


def test_the_rest_of_an_instalment_is_given_up_in_writing_only():
    story = in_force()
    with pytest.raises(NotInWriting):
        waive(story, 1)
    story.do("manager", "watch", "2026-04-01 09:00", what="PAYMENT", amount_yuan="10000.00")
    waive(story, 1, in_writing=True)
    with pytest.raises(NothingOwed):
        waive(story, 1, in_writing=True)
    with story.reading() as case:
        row = Instalment.objects.get(agreement__case=case, number=1)
        assert (row.state, str(row.paid_yuan)) == ("WAIVED", "10000.00")
    story.do("manager", "watch", "2026-04-03 09:00", what="PAYMENT", amount_yuan="18000.00")
    assert story.names() == ["report"]
    with story.reading() as case:
        assert case.status == "PERFORMED"
