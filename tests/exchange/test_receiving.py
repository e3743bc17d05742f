"""A matter that another body sends: by its system or by its liaison; answered, worked on, told back."""

import pytest
from django.db import transaction

from casework.access.context import as_person, system
from casework.models import Case, Deadline, Event, Inbound, Strand
from mediation.engine import pump, ring
from mediation.engine.errors import Invalid
from mediation.exchange import delivery, reconcile
from mediation.models import Task
from tests.exchange.conftest import at
from tests.process.conftest import instant
from tests.process.journey import do, start
from tests.process.referred import task_on
from tests.process.test_engine import in_system

pytestmark = pytest.mark.django_db
SUBJECT = "court-cq/2026-0417"
FIELDS = {
    "names": ["邹世海"], "identity": [], "phone": "13800005511", "facts": "三个月工资没有发。",
    "employer": [{"name": "岚桥机电", "capacity": "用人单位"}],
    "claims": [{"item": "拖欠工资", "yuan": "18000.00"}],
}  # fmt: skip
OFFER = {
    "number": "（2026）诉前调417号", "matter": "COURT_MEDIATION", "procedure": "APPOINTED",
    "district": "两江新区", "sent_on": "2026-03-02", "asked": "委派调解", "cause": "A02.01",
    "pack": {"number": 1, "purpose": "COURT_MEDIATION", "sha256": "a" * 64, "fields": FIELDS},
}  # fmt: skip


def offered(door, seq=1, **changes):
    with at("2026-03-02 09:00"):
        door.tell("offered", SUBJECT, seq, {**OFFER, **changes})
    return in_system(lambda: Inbound.objects.select_related("case").get())


def signed(people, door, **changes):
    row = offered(door, **changes)
    do(people["dengchuan"], task_on(row.case, "sign_for"), "2026-03-02 14:00")
    return row


def accepted(people, door, **changes):
    row = signed(people, door, **changes)
    task = task_on(row.case, "answer")
    do(people["dengchuan"], task, "2026-03-03 09:00", answer="ACCEPTED", handler="邓川")
    return row


def told(door, kind, text="2026-03-31 18:00"):
    with at(text):
        delivery.deliver(door.peer.pk)
    return door.there.said(kind)


def due(case, rule):
    row = in_system(lambda: Deadline.objects.filter(case=case, rule=rule).latest("id"))
    return row.due.isoformat(), row.state


def test_a_courts_matter_becomes_a_case_with_its_number_and_its_clock(people, court):
    row = offered(court)
    assert (row.number, row.procedure, row.agency_id) == (
        "（2026）诉前调417号",
        "APPOINTED",
        "COURT",
    )
    assert row.case.source_number == row.number
    assert due(row.case, "M-08") == ("2026-03-05", "OPEN")
    names = in_system(
        lambda: [each.name for each in row.case.parties.select_related("person", "employer")]
    )
    assert sorted(names) == ["岚桥机电", "邹世海"]
    with transaction.atomic(), as_person(people["dengchuan"]):
        assert Case.objects.filter(pk=row.case_id).exists()


@pytest.mark.parametrize(
    ("procedure", "summary", "rule", "last"),
    [
        ("APPOINTED", False, "M-06", "2026-04-02"),
        ("ENTRUSTED", False, "M-07", "2026-03-18"),
        ("ENTRUSTED", True, "M-07", "2026-03-10"),
    ],
)
def test_the_courts_term_runs_from_our_yes(people, court, procedure, summary, rule, last):
    row = accepted(people, court, procedure=procedure, summary=summary)
    assert due(row.case, rule) == (last, "OPEN")
    assert due(row.case, "M-08")[1] == "MET"
    (yes,) = told(court, "accepted")
    assert (yes["own_number"], yes["handler"]) == (row.case.ticket_no, "邓川")


def test_it_is_mediated_without_the_other_sides_prior_consent_and_the_result_goes_back(
    people, court
):
    row = accepted(people, court)
    case, manager, head = row.case, people["dengchuan"], people["weijia"]
    do(manager, task_on(case, "receive_application"), "2026-03-03 10:00")
    do(manager, task_on(case, "decide_acceptance"), "2026-03-04 09:00", decision="ACCEPT")
    rules = in_system(
        lambda: set(Deadline.objects.filter(case=case).values_list("rule", flat=True))
    )
    assert "M-04" not in rules
    do(head, task_on(case, "appoint"), "2026-03-04 10:00", mediator="heminzhi")
    assert due(case, "M-10") == ("2026-03-09", "OPEN")
    do(
        manager,
        task_on(case, "report_back"),
        "2026-03-05 09:00",
        what="PROGRESS",
        words="已约定时间",
    )
    do(manager, task_on(case, "report_back"), "2026-03-20 09:00", what="RESULT", result="AGREED", words="达成协议")  # fmt: skip
    (result,) = told(court, "result")
    assert (result["result"], result["words"]) == ("AGREED", "达成协议")
    assert [each["words"] for each in court.there.said("progressed")] == ["已约定时间"]
    assert in_system(lambda: Inbound.objects.get().state) == "RESULT"


def test_material_is_asked_for_once_and_comes_as_a_new_pack(people, court):
    row = signed(people, court)
    manager = people["dengchuan"]
    task = task_on(row.case, "answer")
    do(manager, task, "2026-03-03 09:00", answer="RETURNED", missing="劳动合同\n工资流水")
    assert told(court, "returned", "2026-03-03 09:01")[0]["missing"] == ["劳动合同", "工资流水"]
    with at("2026-03-05 09:00"):
        court.tell(
            "supplemented",
            SUBJECT,
            2,
            {"words": "两份", "pack": {"number": 2, "sha256": "b" * 64}},
        )
    assert in_system(lambda: Inbound.objects.get().terms["sha256"]) == "b" * 64
    with pytest.raises(Exception, match=r"once, and in full|一次性"):
        do(
            manager,
            task_on(row.case, "answer"),
            "2026-03-06 09:00",
            answer="RETURNED",
            missing="又一份",
        )


def test_material_that_never_comes_ends_in_a_refusal_that_the_source_hears(people, court):
    row = signed(people, court)
    do(people["dengchuan"], task_on(row.case, "answer"), "2026-03-03 09:00", answer="RETURNED", missing="合同")  # fmt: skip
    with at("2026-03-12 09:00"), transaction.atomic():
        moment = instant("2026-03-12 09:00")
        numbers = in_system(lambda: pump.claim(moment))
        assert any([ring.ring(number, moment) for number in numbers])
    found = in_system(lambda: Inbound.objects.get())
    assert (found.state, found.reason_code) == ("DECLINED", "CONTENT_UNCLEAR")
    assert told(court, "declined")[0]["reason_code"] == "CONTENT_UNCLEAR"
    assert in_system(lambda: Case.objects.get().closed_on)


def test_declined_and_redirected_end_the_file_and_say_why(people, court):
    row = signed(people, court)
    do(people["dengchuan"], task_on(row.case, "answer"), "2026-03-03 09:00",
       answer="REDIRECTED", matter="WORK_INJURY", reason="属工伤认定")  # fmt: skip
    assert told(court, "redirected") == [{"reason": "属工伤认定", "matter": "WORK_INJURY"}]
    assert not in_system(lambda: Task.objects.filter(case=row.case, is_open=True).exists())
    assert in_system(lambda: Case.objects.get().outcome) == "OUT_OF_SCOPE"


@pytest.mark.parametrize("begun", [False, True])
def test_the_source_takes_it_back(people, court, begun):
    row = accepted(people, court) if begun else offered(court)
    with at("2026-03-04 09:00"):
        court.tell("withdrawn", SUBJECT, 2, {"reason": "当事人撤诉"})
    assert in_system(lambda: Inbound.objects.get().state) == "WITHDRAWN"
    closed = in_system(lambda: Case.objects.get().closed_on is not None)
    assert closed is not begun  # begun: the parties decide about the mediation
    assert in_system(lambda: Task.objects.filter(case=row.case, is_open=True).exists()) is begun


def test_when_both_speak_at_once_the_one_whose_matter_it_is_has_the_last_word(people, court):
    row = accepted(people, court)
    do(people["dengchuan"], task_on(row.case, "report_back"), "2026-03-05 09:00",
       what="RESULT", result="AGREED", words="达成协议")  # fmt: skip
    with at("2026-03-05 09:01"):  # said before our result reached them
        court.tell("withdrawn", SUBJECT, 2, {"reason": "当事人撤诉"})
    with transaction.atomic(), system("test"):
        told_row = reconcile.row_of(Strand.objects.select_related("inbound").get())
    assert (told_row["state"], told_row["result"]) == ("WITHDRAWN", "")
    kinds = in_system(
        lambda: set(Event.objects.filter(case=row.case).values_list("kind", flat=True))
    )
    assert {"result.sent_back", "inbound.withdrawn"} <= kinds
    with at("2026-03-05 09:02"):
        court.tell("withdrawn", SUBJECT, 3, {"reason": "又一次"})
    assert in_system(lambda: Strand.objects.get().incoming.get(seq=3).state) == "REFUSED"


def test_an_offer_that_cannot_be_used_makes_no_case_and_stays_in_sight(people, court):
    with at("2026-03-02 09:00"):
        court.tell("offered", SUBJECT, 1, {**OFFER, "pack": {"fields": {}}})
    assert in_system(lambda: Case.objects.count()) == 0
    row = in_system(lambda: Strand.objects.get().incoming.get())
    assert row.state == "REFUSED"
    assert "names" in row.problem


def by_hand(people, who="taoyan", **changes):
    data = {
        "agency": "COURT", "number": "（2026）委调9号", "matter": "COURT_MEDIATION",
        "procedure": "ENTRUSTED", "district": "两江新区", "facts": "拖欠工资",
        "names": [{"name": "邹世海", "phone": "13800005511"}], "employers": [{"name": "岚桥机电"}],
        **changes,
    }  # fmt: skip
    return start(people[who], "inbound.register", "2026-03-02 09:00", **data)


def test_a_liaison_registers_a_matter_by_form_and_sees_it_but_not_the_case(people):
    done = by_hand(people)
    with transaction.atomic(), as_person(people["taoyan"]):
        assert Inbound.objects.get().number == "（2026）委调9号"
        assert not Case.objects.exists()
    with transaction.atomic(), as_person(people["shenmu"]):  # another district's court
        assert not Inbound.objects.exists()
    do(people["dengchuan"], task_on(done.case, "sign_for"), "2026-03-02 10:00")
    assert in_system(lambda: Inbound.objects.get().state) == "SIGNED"


def test_the_same_number_of_the_same_body_comes_once(people):
    by_hand(people)
    with pytest.raises(Exception, match=r"before|送过"):
        by_hand(people)
    assert in_system(lambda: Inbound.objects.count()) == 1


def test_a_liaison_sends_for_their_own_body_only(people):
    with pytest.raises(Invalid):
        by_hand(people, "luoqiming")
