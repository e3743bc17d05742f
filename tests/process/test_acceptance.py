"""From the ticket to acceptance or refusal: signed for, called back, the other side asked, asked once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from casework.access.context import system
from casework.models import Case, Contact, Deadline, Event, Evidence, Service, User
from documents.gather import archive
from documents.uploads import NotAPictureOrPdf
from mediation.commands.acceptance import AskedBefore, DidNotRefuse, NotTriedEnough
from mediation.commands.dispatch import SignedAlready
from mediation.engine import run
from mediation.engine.errors import Invalid, NotFound, NotYours
from tests.process.journey import TRIAGE, called, do, moment, only, received, start
from tests.process.test_evidence import pdf

pytestmark = pytest.mark.django_db


def clocks(case):
    with system("test"):
        return {
            row.rule: (row.start.isoformat(), row.due.isoformat(), row.state)
            for row in Deadline.objects.filter(case=case)
        }


def asked(people, case, at, **more):
    answers = {"party": "R1", "way": "phone", **more}
    return start(people["dengchuan"], "acceptance.contact", at, case, **answers)


def unanswered(people):
    """Received, but no respondent has agreed."""
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    return do(people["dengchuan"], only(done, "receive_application"), "2026-03-03 09:00")


def refuse(people, done, at, ground, by="dengchuan"):
    return do(people[by], only(done, "decide_acceptance"), at, decision="REFUSE", ground=ground,
              reason="单位不同意调解")  # fmt: skip


def test_a_ticket_has_its_internal_clocks_and_work_meets_them(people):
    case = called(people).case
    assert clocks(case)["P-03"] == ("2026-03-02", "2026-03-03", "OPEN")
    done = do(people["dengchuan"], only(called(people), "triage"),
              "2026-03-02 10:00", **TRIAGE, difficulty="difficult")  # fmt: skip
    assert clocks(done.case)["P-05"] == ("2026-03-02", "2026-03-16", "OPEN")
    assert "P-04" not in clocks(done.case), (
        "a district's own people need not sign to themselves"
    )
    done = do(
        people["dengchuan"],
        only(done, "receive_application"),
        "2026-03-03 09:00",
        agreeing=["R1"],
    )
    assert clocks(done.case)["P-03"][2] == "MET"
    do(
        people["dengchuan"],
        only(done, "decide_acceptance"),
        "2026-03-04 09:00",
        decision="ACCEPT",
    )
    assert clocks(done.case)["P-05"][2] == "MET"


def dispatched(people):
    """Triaged by somebody who works for the whole city."""
    city = User.objects.create(
        username="city_desk", display_name="市总调度", roles=["dispatcher"], district=None
    )
    return do(city, only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)


def test_the_district_signs_for_a_ticket_or_sends_it_back_to_triage(people):
    done = dispatched(people)
    assert clocks(done.case)["P-04"] == ("2026-03-02", "2026-03-03", "OPEN")
    back = start(people["weijia"], "dispatch.object_to", "2026-03-02 11:00", done.case,
                 reason="工作地在渝中区")  # fmt: skip
    assert [task.flow_task.name for task in back.open_tasks] == ["triage"]
    done = do(people["dengchuan"], only(back, "triage"), "2026-03-02 12:00", **TRIAGE)
    assert [task.flow_task.name for task in done.open_tasks] == ["receive_application"]
    with pytest.raises(SignedAlready):
        start(
            people["weijia"], "dispatch.object_to", "2026-03-02 13:00", done.case, reason="不是"
        )
    with system("test"):
        assert Event.objects.filter(case=done.case, kind="ticket.objected").count() == 1


def test_signing_for_it_meets_its_clock_once(people):
    done = dispatched(people)
    start(people["weijia"], "dispatch.sign", "2026-03-03 09:00", done.case)
    assert clocks(done.case)["P-04"][2] == "MET"
    with pytest.raises(SignedAlready):
        start(people["weijia"], "dispatch.sign", "2026-03-03 09:10", done.case)


def test_a_call_back_counts_when_the_worker_was_reached(people):
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    call = {"party": "W01", "words": "已说明申请材料"}
    start(people["dengchuan"], "dispatch.call_back", "2026-03-02 15:00", done.case, **call)
    assert clocks(done.case)["P-03"][2] == "OPEN"
    start(
        people["dengchuan"],
        "dispatch.call_back",
        "2026-03-03 09:00",
        done.case,
        reached=True,
        **call,
    )
    assert clocks(done.case)["P-03"][2] == "MET"


def test_a_refusal_of_the_other_side_is_told_to_the_applicant_within_three_working_days(people):
    done = unanswered(people)
    with pytest.raises(DidNotRefuse):
        refuse(people, done, "2026-03-03 10:00", "RESPONDENT_REFUSED")
    asked(
        people,
        done.case,
        "2026-03-04 10:00",
        reached=True,
        answer="REFUSES",
        words="不调，去仲裁",
    )
    assert clocks(done.case)["M-02"] == ("2026-03-04", "2026-03-09", "OPEN")
    done = refuse(people, done, "2026-03-05 09:00", "RESPONDENT_REFUSED")
    done = do(
        people["weijia"], only(done, "approve_refusal"), "2026-03-05 10:00", decision="REFUSE"
    )
    assert clocks(done.case)["M-02"][2] == "MET"
    with system("test"):
        assert Service.objects.filter(case=done.case, document="D25", party__ref="W01").exists()
    assert done.case.status == "REFUSED"
    assert [task.flow_task.name for task in done.open_tasks] == ["report"], (
        "a refused case is closed too"
    )
    task = only(done, "report")
    form = task.flow_task.form(by=people["dengchuan"], at=None, case=done.case)
    assert form.fields["outcome"].initial == "RESPONDENT_REFUSED"


def test_the_other_side_may_agree_after_all(people):
    done = unanswered(people)
    asked(people, done.case, "2026-03-04 10:00", reached=True, answer="REFUSES")
    asked(people, done.case, "2026-03-05 10:00", way="visit", reached=True, answer="AGREES")
    assert clocks(done.case)["M-02"][2] == "VOID"
    done = do(
        people["dengchuan"],
        only(done, "decide_acceptance"),
        "2026-03-05 11:00",
        decision="ACCEPT",
    )
    assert done.case.status == "ACCEPTED"


@pytest.mark.parametrize(
    ("tries", "enough"),
    [
        ([("2026-03-03", "phone"), ("2026-03-04", "phone")], False),
        ([("2026-03-04", "phone"), ("2026-03-04", "visit")], False),
        ([("2026-03-03", "phone"), ("2026-03-04", "visit")], True),
    ],
)
def test_nobody_reached_takes_two_days_and_two_means(people, tries, enough):
    done = unanswered(people)
    for day, way in tries:
        asked(people, done.case, f"{day} 10:00", way=way)
    if not enough:
        with pytest.raises(NotTriedEnough):
            refuse(people, done, "2026-03-05 09:00", "NO_CONTACT")
        return
    done = refuse(people, done, "2026-03-05 09:00", "NO_CONTACT")
    assert only(done, "approve_refusal")


def test_an_answer_needs_somebody_who_was_reached(people):
    done = unanswered(people)
    with pytest.raises(Invalid):
        asked(people, done.case, "2026-03-04 10:00", answer="AGREES")
    with system("test"):
        assert not Contact.objects.filter(case=done.case).exists()


def test_materials_are_asked_for_once_and_may_never_come(people):
    done = received(people)
    done = do(people["dengchuan"], only(done, "decide_acceptance"), "2026-03-04 09:00",
              decision="ASK", missing="工资流水")  # fmt: skip
    done = do(
        people["dengchuan"],
        only(done, "supply_materials"),
        "2026-03-05 09:00",
        words="工资流水",
    )
    with pytest.raises(AskedBefore):
        do(people["dengchuan"], only(done, "decide_acceptance"), "2026-03-05 10:00",
           decision="ASK", missing="身份证")  # fmt: skip


def test_a_refusal_for_want_of_materials_that_is_not_approved_lets_the_clock_run_anew(people):
    done = received(people)
    done = do(people["dengchuan"], only(done, "decide_acceptance"), "2026-03-04 09:00",
              decision="ASK", missing="工资流水")  # fmt: skip
    done = do(people["dengchuan"], only(done, "supply_materials"), "2026-03-12 09:00",
              decision="REFUSE", words="多次催告未补")  # fmt: skip
    done = do(
        people["weijia"], only(done, "approve_refusal"), "2026-03-12 10:00", decision="BACK"
    )
    assert only(done, "decide_acceptance")
    assert clocks(done.case)["M-01"] == ("2026-03-12", "2026-03-17", "OPEN")


def elsewhere(people):
    return do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00",
              **TRIAGE, route="ELSEWHERE")  # fmt: skip


def test_what_goes_to_other_offices_is_seen_through_or_mediated_later(people):
    done = elsewhere(people)
    task = only(done, "see_through")
    done = do(
        people["dengchuan"],
        task,
        "2026-03-09 10:00",
        decision="MEDIATION",
        reason="监察建议调解",
    )
    assert [each.flow_task.name for each in done.open_tasks] == ["receive_application"]


def test_what_other_offices_have_done_goes_to_closing(people):
    done = do(people["dengchuan"], only(elsewhere(people), "see_through"), "2026-03-09 10:00",
              decision="CLOSE", reason="监察已责令支付")  # fmt: skip
    assert [each.flow_task.name for each in done.open_tasks] == ["report"]
    assert clocks(done.case)["P-05"][2] == "MET"
    with system("test"):
        assert Case.objects.get(pk=done.case.pk).closed_on is None


def test_a_stranger_contacts_nobody(people):
    done = unanswered(people)
    with pytest.raises((NotFound, NotYours)):
        start(
            people["taoyan"],
            "acceptance.contact",
            "2026-03-04 10:00",
            done.case,
            party="R1",
            way="phone",
        )


def receive(people, task, *sent):
    files = [SimpleUploadedFile(f"{place}.pdf", each) for place, each in enumerate(sent)]
    return run.complete(
        task_id=task.pk, by=people["dengchuan"], data={}, files=MultiValueDict({"file": files}),
        at=moment("2026-03-03 09:00"),
    )  # fmt: skip


def test_a_written_application_is_kept_at_the_same_step_behind_its_paper(
    people, tmp_path, settings
):
    settings.WUFANG_FILES = tmp_path
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    task = only(done, "receive_application")
    with pytest.raises(NotAPictureOrPdf):
        receive(people, task, b"not a paper")
    done = receive(people, task, pdf(2), pdf(1))
    with system("test"):
        rows = Evidence.objects.filter(case=done.case, is_application=True).order_by("id")
        assert [(row.party.ref, row.title, row.pages) for row in rows] == [
            ("W01", "调解申请书", 2), ("W01", "调解申请书", 1),
        ]  # fmt: skip
        laid = [(each.code, each.pages) for each in archive.laid(done.case)]
        place = [code for code, _ in laid].index("D08")
        assert laid[place + 1 : place + 3] == [("D08", 2), ("D08", 1)]
        Evidence.objects.filter(pk=rows[0].pk).update(taken_back_at=rows[0].made_at)
        assert len(archive.laid(done.case)) == len(laid) - 1
