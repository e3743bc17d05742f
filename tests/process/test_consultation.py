"""A joint consultation: only three texts go, opinions stay sealed until the meeting, minutes and tasks are kept."""

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import as_person
from casework.commands.consultation import InThePast, WrongNumber
from casework.models import (
    Case,
    Consultation,
    Event,
    Message,
    Office,
    Opinion,
    Person,
    Referral,
    User,
)
from mediation.desks.referrals import consultations_of
from mediation.engine.errors import NotFound
from mediation.models import Task
from tests.process.conftest import instant
from tests.process.journey import called, do, start
from tests.process.test_engine import in_system

ASKED = {
    "facts": "某公司以承揽协议用工。",
    "question": "能否认定劳动关系？",
    "answer_by": "2026-03-20",
}


def offices(case, *wanted):
    rows = Office.objects.filter(district=case.district)
    return in_system(lambda: [str(rows.get(agency=a, window=w).pk) for a, w in wanted])


def test_opinions_are_sealed_until_the_meeting(people, client):
    done = called(people)
    case, by = done.case, people["dengchuan"]
    both = offices(case, ("COURT", ""), ("HRSS", "arbitration"))
    for wrong, refusal in (
        ({"offices": both[:1]}, WrongNumber), ({"offices": both, "answer_by": "2026-03-02"}, InThePast),
    ):  # fmt: skip
        with pytest.raises(refusal):
            start(by, "consultation.invite", "2026-03-03 09:00", case, **{**ASKED, **wrong})
    in_system(lambda: User.objects.filter(username="taoyan").update(phone="13800001401"))
    start(by, "consultation.invite", "2026-03-03 09:00", case, **ASKED, offices=both)
    told = in_system(lambda: list(Message.objects.filter(template="liaison_consulted")))
    assert [row.to_masked for row in told] == ["138****1401"]  # once each who can be reached
    court = people["taoyan"]
    with clock.held_at(instant("2026-03-04 09:00")), transaction.atomic(), as_person(court):
        task = Task.objects.select_related("process").get(is_open=True, flow_task_type="HUMAN")
        assert Consultation.objects.get().question == ASKED["question"]
        assert not any(each.objects.exists() for each in (Case, Person, Referral))
        assert Opinion.objects.count() == 1
    client.force_login(court)
    (row,) = client.get("/").context["rows"]
    assert (row["number"], row["stage"]) == (
        row["stage"],
        str(task.flow_task.flow_class.process_title),
    )
    with pytest.raises(NotFound):
        do(people["songyu"], task, "2026-03-04 09:00", text="不相干")
    do(court, task, "2026-03-04 09:00", text="倾向认定，理由三点。")
    with transaction.atomic(), as_person(by):
        assert not Opinion.objects.exists()
        assert "倾向认定" not in str(consultations_of(case))
    client.force_login(by)
    with clock.held_at(instant("2026-03-05 09:00")):
        page = client.get(f"/cases/{case.pk}/do/conclave.close/").context
    assert [bool(given) for _office, given in page["asked"]] == [True, False]
    told = in_system(lambda: str([row.payload for row in Event.objects.filter(case=case)]))
    assert "倾向认定" not in told
    start(by, "conclave.close", "2026-03-21 09:00", case, minutes="会议认为可先行仲裁。",
          duties=[{"who": "工会", "what": "代写仲裁申请", "until": "2026-03-27"}])  # fmt: skip
    with transaction.atomic(), as_person(by):
        (shown,) = consultations_of(case)
        assert "倾向认定，理由三点。" in str(shown["opinions"])
        assert shown["duties"][0]["until"] == "2026-03-27"
    left = in_system(lambda: Task.objects.filter(
        case=case, is_open=True, flow_task__endswith="give_opinion").count())  # fmt: skip
    assert left == 0
