"""A ticket that repeats a case is put to it with a trace, and taken back as it was."""

from functools import partial

import pytest
from django.db import transaction

from casework.access.context import system
from casework.commands.joining import (
    AgreementSigned,
    NotADuplicate,
    NotMerged,
    OfficeAtWork,
    TwoDistricts,
)
from casework.commands.waiver import NothingOwed, NotInWriting
from casework.events import verify
from casework.models import Agreement, Case, Deadline, District, Event, Instalment, Timer, User
from mediation.commands.joining import WorkBeside
from mediation.engine.errors import Invalid, NotFound, NotOffered, NotYours
from tests.process.groups import group, many, upload, xlsx
from tests.process.journey import TRIAGE, accepted, called, do, moment, only, received, start
from tests.process.stage_c import Story, in_force
from tests.process.test_mediation_races import race
from tests.process.test_members import split

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


def other_case(people, district="两江新区"):
    """A second call with the same words, triaged there; nobody has accepted it."""
    triage = {**TRIAGE, "district": district}
    return do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **triage)


def test_what_another_office_works_on_is_not_put_away(people):
    first, done = accepted(people).case, other_case(people)
    start(people["dengchuan"], "referral.refer", "2026-03-03 09:00", done.case,
          matter="LABOUR_INSPECTION", asked="请核查")  # fmt: skip
    before = as_it_is(done.case)
    with pytest.raises(OfficeAtWork):
        merge(people, done.case, first)
    assert as_it_is(done.case) == before


def test_what_is_open_beside_is_not_put_away(people):
    first, done = accepted(people).case, other_case(people)
    Story(done.case.pk, people).start(
        "dengchuan", "collective.read_list", "2026-03-03 09:00", files=upload(xlsx(*many(3)))
    )
    before = as_it_is(done.case)
    with pytest.raises(WorkBeside):
        merge(people, done.case, first)
    assert as_it_is(done.case) == before


def test_nothing_is_put_to_a_case_of_another_district_or_with_a_text_to_sign(people):
    first, done = accepted(people).case, other_case(people)
    with system("test"):
        text = Agreement.objects.create(
            case=first,
            version=1,
            state="READY",
            total_yuan=0,
            drafted_at=moment("2026-03-05 09:00"),
        )
    with pytest.raises(AgreementSigned):
        merge(people, done.case, first)
    with system("test"):
        Agreement.objects.filter(pk=text.pk).update(state="SUPERSEDED")
        Case.objects.filter(pk=done.case.pk).update(
            district=District.objects.get(name="涪陵区")
        )
        User.objects.filter(pk=people["dengchuan"].pk).update(roles=["shift_lead"])
    people["dengchuan"].refresh_from_db()
    with pytest.raises(TwoDistricts):
        merge(people, done.case, first)


@pytest.mark.parametrize("who", ["taoyan", "luoqiming", "gongwen", "admin", "qinxiaoyue"])
def test_a_stranger_merges_and_parts_nothing(people, who):
    first, second = accepted(people).case, called(people).case
    for node, data in (("merge", {"number": first.ticket_no}), ("take_back", {})):
        with pytest.raises((NotFound, NotYours, NotOffered, NotMerged)):
            start(
                people[who], f"joining.{node}", "2026-03-05 09:00", second, reason=WHY, **data
            )


def test_a_splitting_off_that_was_undone_is_not_taken_back_as_a_duplicate():
    story = group(3)
    (alone,) = split(story, "W02")
    alone.start("manager", "collective.undo_split", "2026-03-16 11:00", reason="本人改主意")
    with pytest.raises((NotOffered, NotMerged)):
        alone.start("manager", "joining.take_back", "2026-03-16 12:00", reason="另一件事")
    with alone.reading() as case:
        assert (case.status, case.merged_into_id) == ("CLOSED", story.case_id)


@pytest.mark.django_db(transaction=True)
def test_two_tickets_put_to_each_other_at_once_leave_one_case_open(own_people):
    """Both acts take the lower case first, so the slower one waits and is told why, in words of the matter."""
    for _round in range(5):
        first, second = called(own_people).case, called(own_people).case
        came = race(
            partial(merge, own_people, first, second), partial(merge, own_people, second, first)
        )
        assert sorted(came) == ["NotADuplicate", "done"]
        with transaction.atomic(), system("test"):
            rows = Case.objects.filter(pk__in=[first.pk, second.pk])
            assert sorted(row.merged_into_id is None for row in rows) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_merging_races_with_the_end_of_the_other_case(own_people):
    first, second = called(own_people).case, called(own_people).case
    came = race(
        partial(merge, own_people, second, first),
        partial(start, own_people["dengchuan"], "hearing.withdraw", "2026-03-05 09:00", first,
                reason="撤回"),
    )  # fmt: skip
    assert came[1] == "done"
    assert came[0] in {"done", "NotADuplicate"}
    with transaction.atomic(), system("test"):
        for case in (first, second):
            assert verify(case.pk) == []


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
