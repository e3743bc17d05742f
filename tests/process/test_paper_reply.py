"""An office without an account answers by letter or telephone: the union writes it down, with the scan."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from casework import clock
from casework.access.context import as_person
from casework.commands.paper_reply import CameBeforeTheLast, CameTooEarly, ScanMissing
from casework.models import Deadline, Event, Pack, PaperReply, Referral
from casework.queries.calendar import current
from casework.queries.referrals import side_by_side
from documents import storage
from documents.issue import facts_of
from documents.models import Paper
from mediation.engine import run
from mediation.engine.errors import Invalid, NotOffered, NotYours
from tests.process.conftest import instant
from tests.process.journey import TRIAGE, called, do, only, start
from tests.process.referred import referred
from tests.process.test_engine import in_system

LETTER = {
    "referral_of": "CROSS_PROVINCE_COOPERATION", "what": "ACCEPTED", "way": "LETTER",
    "came_on": "2026-03-05", "said_by": "曾副部长", "letter_number": "川工函〔2026〕7号",
    "handler": "曾副部长",
}  # fmt: skip


def sent(people):
    """A matter at the neighbours' union, which has nobody here."""
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    by = people["dengchuan"]
    start(by, "consent.record", "2026-03-02 11:00", done.case, what="GIVE", parties=["W01"],
          agency="UNION_SICHUAN", how="paper")  # fmt: skip
    return start(by, "referral.refer", "2026-03-03 09:00", done.case,
                 matter="CROSS_PROVINCE_COOPERATION", asked="请协助送达")  # fmt: skip


def scan(name="来函.jpg"):
    made = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue())


def record(people, done, at="2026-03-06 09:00", by="dengchuan", files=None, **data):
    moment = instant(at)
    with clock.held_at(moment):
        return run.start(
            node="reply.record", by=people[by], at=moment, case_id=done.case.pk,
            data={**LETTER, **data}, files=files,
        )  # fmt: skip


def state(done):
    return in_system(lambda: Referral.objects.get(case=done.case))


def test_a_letter_moves_the_referral_as_the_office_itself_would(people):
    done = sent(people)
    with pytest.raises(ScanMissing):
        record(people, done)
    for early in ("2026-03-02", "2026-03-07"):
        with pytest.raises(CameTooEarly):
            record(people, done, files={"scan": scan()}, came_on=early)
    with pytest.raises(Invalid, match="handler"):
        record(people, done, files={"scan": scan()}, handler="")
    assert state(done).state == "SENT"
    record(people, done, files={"scan": scan()})
    row = state(done)
    assert (row.state, row.handler) == ("ACCEPTED", "曾副部长")
    kept = in_system(lambda: PaperReply.objects.get())
    assert storage.read(kept.scan_sha256)[:2] == b"\xff\xd8"
    slip = in_system(lambda: facts_of(Paper.objects.get(case=done.case, code="D04")))
    assert slip.signed_by == "曾副部长（来函，邓川代录）"
    told = in_system(lambda: Event.objects.get(case=done.case, kind="referral.on_paper"))
    assert (told.payload["way"], told.payload["scan"]) == ("LETTER", kept.scan_sha256)
    assert in_system(lambda: Pack.objects.get().receipt) != ""


def test_what_was_said_by_telephone_needs_no_scan_and_ends_with_the_result(people):
    done = sent(people)
    with pytest.raises(Invalid, match="what"):
        record(
            people, done, what="RESULT", way="PHONE", result="EMPLOYER_SERVED", words="已送达"
        )
    record(people, done, what="SIGNED", way="PHONE")
    record(people, done, what="RETURNED", way="PHONE", missing="工资流水")
    assert state(done).state == "RETURNED"
    tasks = in_system(lambda: run.open_tasks(done.case.pk))
    supply = next(each for each in tasks if each.flow_task.name == "supply")
    do(people["dengchuan"], supply, "2026-03-07 09:00", words="流水两页")
    record(people, done, "2026-03-09 09:00", way="PHONE", came_on="2026-03-09")
    record(people, done, "2026-03-10 09:00", what="PROGRESS", way="VISIT", words="已联系上",
           came_on="2026-03-10")  # fmt: skip
    record(people, done, "2026-03-12 09:00", what="RESULT", way="PHONE",
           result="EMPLOYER_SERVED", words="已送达用人单位", came_on="2026-03-11")  # fmt: skip
    row = state(done)
    assert (row.state, row.result, row.result_on.isoformat()) == (
        "RESULT", "EMPLOYER_SERVED", "2026-03-11",
    )  # fmt: skip
    assert in_system(lambda: PaperReply.objects.count()) == 5


def test_nobody_answers_for_an_office_that_answers_itself(people):
    done = referred(people)
    with pytest.raises(NotOffered):
        record(people, done, referral_of="LABOUR_INSPECTION", way="PHONE")


def test_only_the_union_records_and_only_the_house_reads_the_scan(people, client):
    done = sent(people)
    with pytest.raises(NotYours):
        record(people, done, by="luoqiming", files={"scan": scan()})
    record(people, done, files={"scan": scan()})
    kept = in_system(lambda: PaperReply.objects.get())
    with transaction.atomic(), as_person(people["luoqiming"]):
        assert not PaperReply.objects.exists()
    where = f"/cases/{done.case.pk}/referrals/"
    with clock.held_at(instant("2026-03-06 10:00")):
        client.force_login(people["dengchuan"])
        assert "川工函〔2026〕7号" in client.get(where).content.decode()
        found = client.get(f"{where}replies/{kept.pk}/")
        assert (found.status_code, found["Content-Type"]) == (200, "image/jpeg")
        client.force_login(people["zhongping"])
        assert client.get(f"{where}replies/{kept.pk}/").status_code == 404


def clock_of(done, rule):
    row = in_system(lambda: Deadline.objects.filter(case=done.case, rule=rule).latest("id"))
    closed = row.closed_on and row.closed_on.isoformat()
    return row.start.isoformat(), row.due.isoformat(), row.state, closed


def test_clocks_count_from_the_day_on_which_the_answer_arrived(people):
    """Sent on the 3rd; what came on the 4th and the 6th is written down on the 16th."""
    done, late = sent(people), "2026-03-16 09:00"
    record(people, done, late, what="SIGNED", way="PHONE", came_on="2026-03-04")
    assert clock_of(done, "P-11") == ("2026-03-03", "2026-03-04", "MET", "2026-03-04")
    assert clock_of(done, "P-10") == ("2026-03-04", "2026-03-11", "OPEN", None)
    record(
        people, done, late, what="RETURNED", way="PHONE", came_on="2026-03-06", missing="流水"
    )
    assert clock_of(done, "P-10")[2:] == ("PAUSED", "2026-03-06")
    assert clock_of(done, "P-12")[:3] == ("2026-03-06", "2026-03-13", "OPEN")
    row = state(done)
    assert [clock.day(each).isoformat() for each in (row.signed_at, row.answered_at)] == [
        "2026-03-04", "2026-03-06",
    ]  # fmt: skip
    with transaction.atomic(), as_person(people["dengchuan"]):
        (side,) = side_by_side(done.case, current(), instant("2026-03-16 10:00"))
    assert side.spent == {"office": 3, "union": 6}  # theirs until the 6th, ours since


def test_what_they_expected_may_have_passed_when_it_is_written_down(people):
    done = sent(people)
    record(people, done, "2026-03-16 09:00", way="PHONE", came_on="2026-03-04",
           expected_on="2026-03-10")  # fmt: skip
    assert clock_of(done, "P-10") == ("2026-03-04", "2026-03-11", "MET", "2026-03-04")
    row = state(done)
    assert (row.state, row.expected_on.isoformat()) == ("ACCEPTED", "2026-03-10")
    with pytest.raises(Invalid, match="expected_on"):
        record(
            people, sent(people), way="PHONE", came_on="2026-03-05", expected_on="2026-03-04"
        )


def test_an_answer_does_not_arrive_before_what_went_before_it(people):
    done = sent(people)
    record(people, done, what="SIGNED", way="PHONE", came_on="2026-03-05")
    with pytest.raises(CameBeforeTheLast):
        record(people, done, way="PHONE", came_on="2026-03-04")
    record(people, done, what="RETURNED", way="PHONE", came_on="2026-03-05", missing="流水")
    tasks = in_system(lambda: run.open_tasks(done.case.pk))
    supply = next(each for each in tasks if each.flow_task.name == "supply")
    do(people["dengchuan"], supply, "2026-03-09 09:00", words="流水两页")
    with pytest.raises(CameBeforeTheLast):
        record(people, done, "2026-03-11 09:00", way="PHONE", came_on="2026-03-06")
    assert in_system(lambda: PaperReply.objects.count()) == 2
    record(people, done, "2026-03-11 09:00", way="PHONE", came_on="2026-03-10")
    assert state(done).state == "ACCEPTED"
