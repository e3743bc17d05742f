"""Photographs of a danger without what the camera wrote; the duty roster; who reported it stays under seal."""

import io
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image

from casework import clock
from casework.access.context import as_person, system
from casework.commands import hazard as file
from casework.models import CallRecord, Case, Duty, Event, HazardPhoto, Person, User
from casework.queries.callers import known
from casework.queries.people import find_cases
from documents import issue
from documents.compose import compose
from documents.models import Paper
from documents.storage import read
from mediation.desks.xes import xes_of
from mediation.engine import run
from mediation.engine.errors import Invalid, NotYours
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import do, only, start
from tests.process.stage_c import at
from tests.process.test_hazard import FOUND, story  # noqa: F401

pytestmark = pytest.mark.django_db
MARKS = {
    "name": "金丝雀人", "phone": "13800007741", "address": "金丝雀路七十七号",
    "recording_id": "voice-canary-77",
}  # fmt: skip


def photo(colour: str = "red", **more) -> SimpleUploadedFile:
    picture, made = Image.new("RGB", (40, 30), colour), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    picture.save(made, "JPEG", exif=exif)
    return SimpleUploadedFile(
        more.get("name", "一.jpg"), made.getvalue(), content_type="image/jpeg"
    )


def inspect(told, files):
    moment = at("2026-07-20 16:30")
    with clock.held_at(moment):
        return run.start(
            node="hazard.inspect", by=told.people["严舟"], data=FOUND, files=files, at=moment,
            case_id=told.case_id,
        )  # fmt: skip


def page(user, address, when="2026-07-21 09:00", **post):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    with clock.held_at(at(when)):
        return client.post(address, post) if post else client.get(address)


def test_photographs_are_kept_without_place_and_camera(story):  # noqa: F811
    from django.utils.datastructures import MultiValueDict

    inspect(story, MultiValueDict({"photos": [photo(), photo("blue"), photo()]}))
    with story.reading() as case:
        rows = list(HazardPhoto.objects.filter(inspection__case=case))
        facts = issue.facts_of(Paper.objects.get(case=case, code="D37"))
    assert len(rows) == 2  # the same photograph twice is kept once
    assert facts.photos == ("现场照片2张",)
    assert all(b"CANARY" not in read(row.sha256) for row in rows)
    shown = page(story.people["严舟"], f"/hazards/{rows[0].inspection_id}/").content.decode()
    assert f"/hazards/photos/{rows[0].pk}.jpg" in shown
    assert page(story.people["严舟"], f"/hazards/photos/{rows[0].pk}.jpg").status_code == 200
    for who in ("stranger", "other"):
        for address in (
            f"/hazards/photos/{rows[0].pk}.jpg",
            f"/hazards/{rows[0].inspection_id}/",
        ):
            assert page(story.people[who], address).status_code == 404
    recheck = page(story.people["穆杉"], f"/task/{story.task('recheck')}/").content.decode()
    assert "反应釜检修平台" in recheck
    assert f"/hazards/photos/{rows[0].pk}.jpg" in recheck


def test_what_is_no_photograph_is_refused_by_name_and_nothing_is_kept(story):  # noqa: F811
    bad = SimpleUploadedFile("坏.jpg", b"no picture", content_type="image/jpeg")
    with pytest.raises(Invalid) as error:
        inspect(story, {"photos": bad})
    assert "坏.jpg" in str(error.value.form.errors["photos"])
    with story.reading() as case:
        assert not case.inspections.exists()


def test_two_seats_on_a_day_and_the_emergency_names_them(story):  # noqa: F811
    head, today = story.people["head"], at("2026-07-20 09:00").date()
    first, second = story.people["manager"], story.people["严舟"]
    with clock.held_at(at("2026-07-20 09:00")):
        with pytest.raises(file.SeatTwice):
            file.set_duty(None, on=today, first=first, second=first, today=today)
        with pytest.raises(file.DayIsOver):
            file.set_duty(
                None, on=clock.today().replace(day=19), first=first, second=second, today=today
            )
    assert "还没有安排" in page(head, "/duty/").content.decode()
    fields = {"on": "2026-07-21", "first": first.pk, "second": second.pk}
    assert page(story.people["operator"], "/duty/", **fields).status_code == 404
    assert page(head, "/duty/", **{**fields, "second": first.pk}).status_code == 422
    assert page(head, "/duty/", **fields).status_code == 302
    assert Duty.objects.get().second == second
    assert "严舟" in page(head, "/duty/").content.decode()


@pytest.fixture
def anonymous(people):  # noqa: F811
    """An anonymous caller who gave name, number and address; the danger goes its whole way."""
    done = start(
        people["qinxiaoyue"], "intake.record_call", "2026-07-20 14:05", anonymous=True, danger=True,
        facts="检修平台有刺激性气味。", cause="F01.01", classes=["EMERGENCY"], district="两江新区",
        employers=[{"name": "沅达化工（虚构）"}], work_place="两江新区化工园",
        **MARKS,
    )  # fmt: skip
    duty = only(done, "dispatch_emergency")
    with transaction.atomic(), system("test"):
        where = done.case.district
        row = CallRecord.objects.get(case=done.case)
        Duty.objects.create(
            district=where,
            on="2026-07-20",
            first=people["dengchuan"],
            second=people["qinxiaoyue"],
        )
    with clock.held_at(instant("2026-07-20 14:06")):
        shown = page(
            people["qinxiaoyue"], f"/task/{duty.pk}/", "2026-07-20 14:06"
        ).content.decode()
    assert people["dengchuan"].display_name in shown
    done = do(people["qinxiaoyue"], duty, "2026-07-20 14:12", told=["duty", "second", "119"])
    inspectors = [
        User.objects.create(
            username=f"z{n}", display_name=name, district=where,
            roles=["labour_protection_inspector", "labour_law_supervisor"],
        )
        for n, name in enumerate(("邢舟", "岑越"))
    ]  # fmt: skip
    start(inspectors[0], "hazard.inspect", "2026-07-20 16:30", done.case,
          **{**FOUND, "inspectors": ["邢舟", "岑越"]})  # fmt: skip
    return done.case, row, inspectors[0]


def log_of(case) -> str:
    """The log for process mining, with the case in it."""
    with transaction.atomic(), system("test"):
        made = io.BytesIO()
        xes_of(Case.objects.filter(pk=case.pk), made)
    return made.getvalue().decode()


def test_an_anonymous_reporter_stands_nowhere_but_under_seal(people, anonymous, caplog):  # noqa: F811
    case, row, inspector = anonymous
    with transaction.atomic(), system("test"):
        row = CallRecord.objects.get(pk=row.pk)
        sealed = row.sealed_caller
        assert row.caller is None
        assert not Person.objects.filter(name=MARKS["name"]).exists()
        told = [str(event.payload) for event in Event.objects.filter(case=case)]
        for paper in Paper.objects.filter(case=case):
            facts = issue.facts_of(paper)
            told.append(str(compose(facts, issue.imprint_of(paper, facts))))
    assert MARKS["name"] in sealed
    assert MARKS["phone"] in sealed
    seers = [people["qinxiaoyue"], people["dengchuan"], inspector]
    addresses = [
        "/", "/cases/", "/hazards/", "/letters/", "/work/", "/late/", f"/cases/{case.pk}/",
        f"/cases/{case.pk}/referrals/", f"/cases/{case.pk}/deadlines/", f"/api/v1/cases/{case.pk}/",
        f"/api/v1/cases/{case.pk}/events/", f"/api/v1/cases/{case.pk}/papers/", "/api/v1/cases/",
    ]  # fmt: skip
    with caplog.at_level(logging.DEBUG):
        for user in seers:
            told += [
                page(user, address, "2026-07-20 17:00").content.decode()
                for address in addresses
            ]
    told += [record.getMessage() for record in caplog.records]
    told.append(log_of(case))
    for user in seers:
        with transaction.atomic(), as_person(user):
            for words in (MARKS["name"], MARKS["phone"], MARKS["phone"][-4:]):
                assert find_cases(words) == []
            assert known(MARKS["phone"], "") == []
            assert known("", MARKS["name"]) == []
    assert any("反应釜检修平台" in text for text in told)  # what is public can be seen
    for mark in MARKS.values():
        assert [text for text in told if mark in text] == []


def test_the_seal_opens_for_the_head_alone_with_a_reason_in_the_ledger(people, anonymous):  # noqa: F811
    case, _row, inspector = anonymous
    address = f"/cases/{case.pk}/seal/"
    head = User.objects.create(
        username="zh",
        display_name="邱衡",
        roles=["mediation_head"],
        district_id=inspector.district_id,
    )
    for user in (people["qinxiaoyue"], people["dengchuan"], inspector):
        assert page(user, address).status_code == 404
    assert MARKS["phone"] not in page(head, address).content.decode()
    assert page(head, address, reason=" ").status_code == 422
    assert MARKS["phone"] in page(head, address, reason="须提醒撤离").content.decode()
    with transaction.atomic(), system("test"):
        event = Event.objects.get(case=case, kind="seal.opened")
    assert event.payload == {"reason": "须提醒撤离"}


def test_an_inspection_is_nobody_elses(people, anonymous):  # noqa: F811
    case, _row, _inspector = anonymous
    with pytest.raises(NotYours):
        start(people["qinxiaoyue"], "hazard.inspect", "2026-07-20 16:30", case, **FOUND)
