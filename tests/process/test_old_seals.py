"""Anonymous calls from before the seal: put under it by a command, once; what named the caller is renewed."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from casework.access.context import system
from casework.commands.case import open_seal
from casework.events import verify
from casework.models import CallRecord, Event, Party, Person
from documents import preview, storage
from documents.emptying import empty
from documents.issue import PaperNotReady, facts_of, kept, render_pending
from documents.models import Paper, Preview
from documents.verify import of_file
from tests.process.conftest import instant
from tests.process.journey import DISPUTE, remove_what_was_let_go, start

pytestmark = pytest.mark.django_db
NAME, PHONE, VOICE, OTHER = (
    "金丝雀丙",
    "13800009977",
    "voice-canary-77",
    "金丝雀之姐 13800009978",
)


def old_call(people):
    """A call of somebody named, as it stood before there was a seal."""
    case = start(people["qinxiaoyue"], "intake.record_call", "2026-03-02 09:12",
                 **{**DISPUTE, "name": NAME, "phone": PHONE}).case  # fmt: skip
    with transaction.atomic(), system("test"):
        CallRecord.objects.filter(case=case).update(anonymous=True, recording_id=VOICE)
        person = CallRecord.objects.get(case=case).caller
        person.second_contact = OTHER
        person.save(update_fields=["second_contact"])
    return case


def said(*words) -> str:
    out = io.StringIO()
    call_command("seal_old_calls", *words, stdout=out)
    return out.getvalue()


def test_a_look_changes_nothing_and_a_second_run_does_nothing(people):
    case = old_call(people)
    assert said("--check") == "1 anonymous calls stand open\n"
    with transaction.atomic(), system("test"):
        assert CallRecord.objects.get(case=case).caller.name == NAME
    first = said()
    assert first.startswith("1 of 1 anonymous calls put under seal\n")
    assert said() == "0 of 0 anonymous calls put under seal\n"
    with transaction.atomic(), system("test"):
        assert Event.objects.filter(case=case, kind="caller.sealed").count() == 1


def test_name_number_and_voice_stand_only_under_the_seal(people):
    case = old_call(people)
    said()
    with transaction.atomic(), system("test"):
        call = CallRecord.objects.get(case=case)
        assert (call.caller_id, call.recording_id) == (None, "")
        people_of = Person.objects.filter(parties__case=case) | Person.objects.filter(name=NAME)
        assert not any(NAME in row.name or row.phone for row in people_of)
        valid = Paper.objects.filter(case=case, code="D01", life="VALID").get()
        shown = str(facts_of(valid))
        for secret in (NAME, PHONE, VOICE):
            assert secret not in shown
        told = open_seal(case, reason="有人身危险", by=people["weijia"],
                         at=instant("2026-03-02 10:00"))  # fmt: skip
        assert (told["name"], told["phone"], told["recording_id"]) == (NAME, PHONE, VOICE)
        assert told["second_contact"] == OTHER  # nothing that the file lets go of is lost


def test_the_old_edition_loses_contents_and_bytes_and_keeps_number_and_ledger(people):
    case = old_call(people)
    with transaction.atomic(), system("test"):
        old = Paper.objects.get(case=case, code="D01")
        assert NAME in old.facts
        there = kept(render_pending(old.pk))
        sha256 = Paper.objects.get(pk=old.pk).sha256
        look = preview.make(
            "D01", case=case, facts=facts_of(old), by=people["weijia"], at=old.issued_at
        )
    assert storage.read(sha256) == there
    told = said()
    remove_what_was_let_go()
    assert told.endswith(f"{case.number}: 1 old call records emptied, 1 previews gone\n")
    assert not any(secret in told for secret in (NAME, PHONE, VOICE))
    with pytest.raises(storage.BytesLost):
        storage.read(sha256)
    with transaction.atomic(), system("test"):
        assert not Preview.objects.filter(pk=look.pk).exists()
        gone = Paper.objects.get(pk=old.pk)
        assert (gone.state, gone.life, gone.facts) == ("EMPTIED", "SUPERSEDED", "{}")
        assert (gone.number, gone.edition, gone.sha256, gone.facts_sha256) == (
            old.number, 1, sha256, old.facts_sha256,
        )  # fmt: skip
        assert gone.successor.number == old.number
        assert render_pending(gone.pk).state == "EMPTIED"
        with pytest.raises(PaperNotReady):
            kept(gone)
        for row in Paper.objects.filter(case=case):
            assert not any(secret in row.facts for secret in (NAME, PHONE, VOICE))
        heap = "".join(str(row.payload) for row in Event.objects.filter(case=case))
        assert not any(secret in heap for secret in (NAME, PHONE, VOICE))
        assert verify(case.pk) == []
        assert not empty(gone, at=old.issued_at, reason="x")
        assert not empty(gone.successor, at=old.issued_at, reason="x")
    assert of_file(sha256).answer == "superseded"
    client = Client()
    client.force_login(people["weijia"])
    page = client.get(f"/cases/{case.pk}/papers/{old.pk}/")
    assert page.status_code == 202
    assert (
        "contents of this old edition" in page.content.decode()
        or "旧版内容" in page.content.decode()
    )
    assert client.get(f"/cases/{case.pk}/papers/{old.pk}/correct/").status_code == 302


def test_a_person_who_is_party_of_another_case_keeps_the_name_there(people):
    case = old_call(people)
    other = start(people["qinxiaoyue"], "intake.record_call", "2026-03-03 09:12",
                  **{**DISPUTE, "apart_because": "另案"}).case  # fmt: skip
    with transaction.atomic(), system("test"):
        person = CallRecord.objects.get(case=case).caller
        Party.objects.filter(case=other, ref="W01").update(person=person)
    said()
    with transaction.atomic(), system("test"):
        assert Party.objects.get(case=other, ref="W01").person.name == NAME
        assert CallRecord.objects.get(case=case).caller is None
