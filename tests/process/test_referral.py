"""A matter is handed over and cannot be lost, bounced for ever, or read by the wrong eyes."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import acting, as_person, system
from casework.models import Case, Deadline, Event, Pack, Person, Referral
from mediation.engine.errors import NotFound
from mediation.engine.run import form_of, fresh
from mediation.models import Task
from tests.process.conftest import instant
from tests.process.journey import do, start
from tests.process.referred import referred, signed, task_on
from tests.process.test_engine import in_system


def test_without_consent_nothing_leaves(people):
    done = referred(people, matter="LEGAL_AID_CONSULT")
    assert in_system(lambda: Pack.objects.count()) == 0
    do(
        people["dengchuan"],
        task_on(done.case, "ask_consent"),
        "2026-03-03 10:00",
        given="no",
        how="call",
    )
    assert in_system(lambda: Referral.objects.get(case=done.case).state) == "WITHDRAWN"
    assert in_system(lambda: Pack.objects.count()) == 0


def test_an_emergency_ground_lets_it_out_and_is_recorded(people):
    ground = "工地即将坍塌，无法联系本人"
    done = referred(people, matter="LEGAL_AID_CONSULT", ground=ground)
    row = in_system(lambda: Referral.objects.get(case=done.case))
    assert (row.state, row.consent, row.ground) == ("SENT", None, ground)
    assert in_system(lambda: Pack.objects.count()) == 1
    liaison, moment = people["songyu"], instant("2026-03-03 14:00")
    task = task_on(done.case, "sign_for")
    with clock.held_at(moment), transaction.atomic(), acting(done.case.pk, liaison):
        shown = form_of(fresh(task.pk), liaison, moment).context()
    assert ground in str(shown["story_note"])


def test_consent_given_later_sends_it(people):
    done = referred(people, matter="LEGAL_AID_CONSULT")
    do(
        people["dengchuan"],
        task_on(done.case, "ask_consent"),
        "2026-03-03 10:00",
        given="yes",
        how="call",
    )
    assert in_system(lambda: Referral.objects.get(case=done.case).state) == "SENT"


def test_the_pack_holds_what_the_agency_may_see_and_nothing_else(people):
    referred(people)
    pack = in_system(lambda: Pack.objects.get())
    assert "identity" not in pack.fields
    assert "address" not in pack.fields
    assert pack.fields["names"] == ["邹世海"]
    assert len(pack.sha256) == 64


def test_the_liaison_sees_the_referral_and_never_the_case(people):
    done = referred(people)
    with transaction.atomic(), as_person(people["luoqiming"]):
        assert not Case.objects.filter(pk=done.case.pk).exists()
        assert not Person.objects.exists()
        assert Referral.objects.filter(case_id=done.case.pk).exists()


@pytest.mark.parametrize(
    "other", ["wenlan", "songyu", "taoyan", "jinyue", "shenmu", "heminzhi"]
)
def test_other_offices_see_nothing_of_it(people, other):
    done = referred(people)
    task = task_on(done.case, "sign_for")
    with transaction.atomic(), as_person(people[other]):
        assert not Referral.objects.exists()
    with pytest.raises(NotFound):
        do(people[other], task, "2026-03-03 14:00")


def test_signing_starts_five_working_days(people):
    done = signed(people)
    row = in_system(lambda: Deadline.objects.get(case=done.case, rule="P-10"))
    assert (row.start.isoformat(), row.due.isoformat()) == ("2026-03-03", "2026-03-10")


def test_returned_for_material_stops_the_offices_clock_only(people):
    done = signed(people)
    do(
        people["luoqiming"],
        task_on(done.case, "answer"),
        "2026-03-04 09:00",
        answer="RETURNED",
        missing="工资流水",
    )
    assert (
        in_system(lambda: Deadline.objects.get(case=done.case, rule="P-10").state) == "PAUSED"
    )
    others = in_system(lambda: list(
        Deadline.objects.filter(case=done.case).exclude(rule__in=("P-10", "P-11"))))  # fmt: skip
    assert {row.state for row in others} == {"OPEN"}  # the worker's clock and the law's run on
    do(
        people["dengchuan"],
        task_on(done.case, "supply"),
        "2026-03-06 09:00",
        words="工资流水两页",
    )
    row = in_system(lambda: Deadline.objects.filter(case=done.case, rule="P-10").latest("id"))
    assert (row.state, row.due.isoformat()) == ("OPEN", "2026-03-12")
    assert in_system(lambda: Pack.objects.count()) == 2


def test_a_refusal_needs_its_reason_and_comes_back_to_the_manager(people):
    done = signed(people)
    task = task_on(done.case, "answer")
    with pytest.raises(Exception, match="reason"):
        do(people["luoqiming"], task, "2026-03-04 09:00", answer="DECLINED")
    do(
        people["luoqiming"],
        task,
        "2026-03-04 09:00",
        answer="DECLINED",
        reason_code="NO_JURISDICTION",
        reason="用工地不在本区",
    )
    do(
        people["dengchuan"],
        task_on(done.case, "decide"),
        "2026-03-04 10:00",
        decision="END",
        words="另行处理",
    )
    assert in_system(lambda: Referral.objects.get(case=done.case).decision) == "END"


def test_redirected_starts_a_new_referral_with_its_history(people):
    done = signed(people)
    do(
        people["luoqiming"],
        task_on(done.case, "answer"),
        "2026-03-04 09:00",
        answer="REDIRECTED",
        matter="ARBITRATION",
        reason="属仲裁",
    )
    new = in_system(
        lambda: Referral.objects.select_related("came_from").get(
            case=done.case, matter="ARBITRATION"
        )
    )
    assert (new.hop, new.came_from.matter, new.state) == (1, "LABOUR_INSPECTION", "SENT")


def test_silence_is_written_down(people):
    from mediation.engine import pump
    from mediation.engine.ring import ring
    from tests.process.journey import moment

    done = signed(people)
    at = moment("2026-03-11 00:01")
    with transaction.atomic(), system("pump"):
        ids = pump.claim(at)
    assert any([ring(each, at) for each in ids])
    kinds = in_system(
        lambda: list(Event.objects.filter(case=done.case).values_list("kind", flat=True))
    )
    assert "case.escalated" in kinds


def test_result_ends_it(people):
    done = signed(people)
    do(
        people["luoqiming"],
        task_on(done.case, "answer"),
        "2026-03-04 09:00",
        answer="ACCEPTED",
        handler="罗启明",
    )
    do(
        people["luoqiming"],
        task_on(done.case, "follow_up"),
        "2026-03-05 09:00",
        what="PROGRESS",
        words="已到现场",
    )
    do(
        people["luoqiming"],
        task_on(done.case, "follow_up"),
        "2026-03-09 09:00",
        what="RESULT",
        result="CORRECTED",
        words="已付清",
    )
    last = do(people["dengchuan"], task_on(done.case, "read_result"), "2026-03-09 10:00")
    assert last.process.status == "DONE"


def test_taken_back_on_the_workers_wish(people):
    done = signed(people)
    start(
        people["dengchuan"],
        "takeback.withdraw",
        "2026-03-04 09:00",
        done.case,
        matter="LABOUR_INSPECTION",
        reason="本人要求",
    )
    assert in_system(lambda: Referral.objects.get(case=done.case).state) == "WITHDRAWN"
    assert (
        in_system(
            lambda: Task.objects.filter(
                case=done.case, is_open=True, process__referral__isnull=False
            ).count()
        )
        == 0
    )
