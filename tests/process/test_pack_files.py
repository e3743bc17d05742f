"""Files of the workers go along when a person chose them and the worker let evidence go; their hash is in the pack's."""

import io

import pytest
from django.db import transaction
from PIL import Image

from casework import clock, liaison_link
from casework.access.context import acting, system
from casework.commands.pack import hash_of
from casework.models import Pack, Party, Referral
from mediation.commands import worker
from mediation.engine.errors import Invalid
from tests.process.conftest import instant
from tests.process.journey import TRIAGE, called, do, only, start
from tests.process.referred import task_on
from tests.process.test_engine import in_system

AT = "2026-03-03 09:00"


def handed_in(people, *names):
    """A triaged case whose worker handed in pictures; and the pictures."""
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    rows = []
    with transaction.atomic(), acting(done.case.pk, people["dengchuan"]):
        party = Party.objects.get(case=done.case, ref="W01")
        for number, name in enumerate(names):
            made = io.BytesIO()
            Image.new("RGB", (40, 40), (number * 40, 0, 0)).save(made, "JPEG")
            row, _fresh = worker.hand_in(
                done.case,
                party,
                data=made.getvalue(),
                name=name,
                at=instant("2026-03-02 12:00"),
            )
            rows.append(row)
    return done, rows


def refer(people, done, rows, matter="LABOUR_INSPECTION", **data):
    return start(people["dengchuan"], "referral.refer", AT, done.case, matter=matter,
                 asked="请核查", enclosed=[str(row.pk) for row in rows], **data)  # fmt: skip


def packs():
    return in_system(lambda: list(Pack.objects.order_by("number")))


def test_what_was_chosen_goes_along_and_is_read_by_its_office_alone(people, client):
    done, (chosen, _other) = handed_in(people, "工资条.jpg", "私人照片.jpg")
    refer(people, done, [chosen])
    (pack,) = packs()
    (told,) = pack.fields["files"]
    assert (told["sha256"], told["name"], told["who"]) == (chosen.sha256, "工资条.jpg", "W01")
    told["sha256"] = "0" * 64
    assert hash_of(pack) != pack.sha256
    row = in_system(lambda: Referral.objects.get(case=done.case))
    where = f"/referral/{row.pk}/file/{chosen.pk}/"
    with clock.held_at(instant("2026-03-03 10:00")):
        client.force_login(people["luoqiming"])
        page = client.get(f"/referral/{row.pk}/").content.decode()
        assert where in page
        assert "私人照片" not in page
        found = client.get(where)
        assert (found.status_code, found.content[:2]) == (200, b"\xff\xd8")
        assert client.get(where.replace(str(chosen.pk), str(_other.pk))).status_code == 404
        for stranger in ("songyu", "wenlan", "qinxiaoyue"):
            client.force_login(people[stranger])
            assert client.get(where).status_code == 404
        client.logout()
        token = liaison_link.make(
            referral_id=row.pk, user_id=people["luoqiming"].pk, on=clock.today()
        )
        assert client.get(f"/r/{token}/file/{chosen.pk}/").status_code == 404  # no known device


def test_an_office_that_may_not_see_evidence_or_was_not_allowed_to_gets_none(people):
    done, rows = handed_in(people, "工资条.jpg")
    by = people["dengchuan"]
    for agency, kinds in (("JUSTICE", []), ("PROCURATORATE", ["names"])):
        start(by, "consent.record", "2026-03-02 13:00", done.case, what="GIVE", agency=agency,
              parties=["W01"], kinds=kinds)  # fmt: skip
    refer(people, done, rows, matter="LEGAL_AID_CONSULT")
    refer(people, done, rows, matter="PROCURATORIAL_SUGGESTION", tried="已提示未改正")
    assert [("files" in pack.fields) for pack in packs()] == [False, False]


def test_a_supplement_adds_a_file_and_one_taken_back_goes_no_further(people):
    done, (first, second) = handed_in(people, "一.jpg", "二.jpg")
    refer(people, done, [first])
    do(people["luoqiming"], task_on(done.case, "sign_for"), "2026-03-03 14:00")
    do(people["luoqiming"], task_on(done.case, "answer"), "2026-03-04 09:00", answer="RETURNED",
       missing="工资流水")  # fmt: skip
    with transaction.atomic(), acting(done.case.pk, people["dengchuan"]):
        worker.take_back(first, at=instant("2026-03-04 10:00"))
    supply, by = task_on(done.case, "supply"), people["dengchuan"]
    with pytest.raises(Invalid, match="enclosed"):
        do(by, supply, "2026-03-05 09:00", words="流水", enclosed=[str(first.pk)])
    do(by, supply, "2026-03-05 09:00", words="流水", enclosed=[str(second.pk)])
    old, new = packs()
    assert [each["id"] for each in new.fields["files"]] == [str(second.pk)]
    with transaction.atomic(), system("test"):
        assert (old.closed_why, hash_of(new)) == ("replaced", new.sha256)
