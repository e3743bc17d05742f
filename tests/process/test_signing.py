"""Signing from outside: by one-time code, by certificate, as a scan; one text, each once, nobody else's."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import acting, system
from casework.models import (
    Agreement,
    Employer,
    Event,
    OneTimeCode,
    Party,
    Person,
    Signature,
    Timer,
)
from casework.notify import codes
from documents import issue
from documents.models import Paper
from mediation.commands import signing as commands
from mediation.engine import run
from mediation.engine.ring import ring
from tests.process.agreements import race, ready_one
from tests.process.journey import print_papers
from tests.process.stage_c import Story, at

db = pytest.mark.django_db
WHEN = "2026-03-25 09:00"
CODE = "482913"


@pytest.fixture
def story(db) -> Story:
    """One worker and one firm before a frozen text, both with a mobile number; the paper is printed."""
    return reachable(ready_one())


def reachable(story: Story) -> Story:
    with transaction.atomic(), system("test"):
        Person.objects.filter(parties__case_id=story.case_id).update(phone="13800001111")
        Employer.objects.filter(parties__case_id=story.case_id).update(phone="13800002222")
    with transaction.atomic():
        print_papers(story.case_id)
    return story


def version_of(story: Story) -> Agreement:
    with story.reading() as case:
        return Agreement.objects.filter(case=case).latest("version")


def party(story: Story, ref: str) -> Party:
    with story.reading() as case:
        return Party.objects.get(case=case, ref=ref)


def know(subject: str) -> str:
    """The code that was sent, made known: the house's own check stays."""
    row = OneTimeCode.objects.filter(subject=subject).latest("made_at")
    OneTimeCode.objects.filter(pk=row.pk).update(code_hash=codes._hash(subject, CODE))
    return CODE


def link(story: Story, ref: str = "R1") -> str:
    version = version_of(story)
    with story.reading():
        address = commands.link_of(version, party(story, ref), at=at(WHEN), days=7)
    return "/s/" + address.split("/s/")[1]


def employer(story: Story, when: str = WHEN) -> Client:
    """The firm's browser, let in by its first code."""
    client, address = Client(), link(story)
    with clock.held_at(at(when)):
        client.post(address, {"send": "1"})
        version, firm = version_of(story), party(story, "R1")
        client.post(address, {"otp": know(commands.subject_of(version.pk, firm.pk, "open"))})
    return client


def worker(story: Story) -> Client:
    """The worker's browser, after both numbers and the code."""
    client, me = Client(), party(story, "W01")
    session = client.session
    session["tracked"] = {"code_id": 1, "case_id": story.case_id, "party_id": me.pk}
    session["tracked_confirmed"] = True
    session.save()
    return client


def sign(client: Client, story: Story, ref: str, address: str, when: str = WHEN, **more: Any) -> str:  # fmt: skip
    with clock.held_at(at(when)):
        client.post(address, {"send": "1"})
        subject = commands.subject_of(version_of(story).pk, party(story, ref).pk, "sign")
        typed = {"read": "1", "otp": know(subject), **more}
        return client.post(address, {k: v for k, v in typed.items() if v}).content.decode()


def signatures(story: Story) -> list[tuple[str, str]]:
    with story.reading() as case:
        rows = Signature.objects.filter(agreement__case=case).order_by("signed_at", "id")
        return [(row.capacity, row.way) for row in rows]


@db
def test_worker_and_firm_sign_by_code_the_mediator_last_and_it_is_sealed(story):
    story.do("mediator", "collect_signatures", WHEN, decision="INVITE", signed_by=["W01", "R1"])
    portal = reverse("track-sign")
    page = worker(story).get(portal).content.decode()
    assert "36,000.00" in page
    sign(worker(story), story, "W01", portal)
    sign(employer(story), story, "R1", link(story), "2026-03-25 09:30")
    assert signatures(story) == [("worker", "code"), ("employer", "code")]
    with story.reading() as case:
        told = Event.objects.filter(case=case, kind="agreement.signed").order_by("seq")
        assert [row.by_name for row in told] == ["W01", "R1"]
        paper = Paper.objects.get(case=case, code="D14")
        assert {row.payload["paper_sha256"] for row in told} == {paper.sha256}
        assert Party.objects.get(case=case, ref="W01").settlement_consent_on is not None
    story.do("mediator", "collect_signatures", "2026-03-25 10:00", signed_by=["mediator"])
    story.do("manager", "seal", "2026-03-25 11:00")
    assert version_of(story).state == "IN_FORCE"


@db
def test_the_mediator_may_sign_first_and_goes_on_when_the_last_has_signed(story):
    story.do("mediator", "collect_signatures", WHEN, signed_by=["mediator", "W01"])
    sign(employer(story), story, "R1", link(story), "2026-03-25 09:30")
    assert version_of(story).state == "SIGNED"
    story.do("mediator", "collect_signatures", "2026-03-25 10:00")
    assert story.names() == ["seal"]


@db
def test_before_the_code_the_link_tells_no_word(story):
    client, address = Client(), link(story)
    with clock.held_at(at(WHEN)):
        answer = client.get(address)
        assert client.get(f"{address}paper.pdf").status_code == 404
    assert answer.status_code == 200
    page = answer.content.decode()
    assert not [word for word in ("36,000", "砺锋", "1380000") if word in page]
    let_in = employer(story)
    with clock.held_at(at(WHEN)):
        assert "36,000.00" in let_in.get(address).content.decode()
        assert let_in.get(f"{address}paper.pdf").content.startswith(b"%PDF-")
    assert signatures(story) == []  # looking signs nothing


@db
@pytest.mark.parametrize(
    ("typed", "words"), [({"read": ""}, "read the whole"), ({"otp": "000000"}, "does not fit")]
)
def test_no_signature_without_reading_and_the_right_code(story, typed, words):
    client = employer(story)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert words in sign(client, story, "R1", link(story), **typed)
    assert signatures(story) == []


@db
def test_a_link_dies_with_its_day_its_text_and_a_changed_letter(story):
    address = link(story)
    with clock.held_at(at(WHEN) + timedelta(days=8)):
        assert Client().get(address).status_code == 404
    with clock.held_at(at(WHEN)):
        assert Client().get(address).status_code == 200
        assert Client().get(address[:-3] + "xx/").status_code == 404
    client = employer(story)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    story.do("mediator", "collect_signatures", WHEN, decision="CHANGE", reason="改付款日")
    assert "replaced" in sign(client, story, "R1", address, "2026-03-25 09:30")
    assert signatures(story) == []


@db
def test_without_a_mobile_number_nobody_is_asked(story):
    with story.reading() as case:
        Employer.objects.filter(parties__case=case).update(phone="023-67000000")
    with pytest.raises(commands.NoMobile):
        story.do("mediator", "collect_signatures", WHEN, decision="INVITE", signed_by=["R1"])


# On paper, with a scan; by certificate.


def upload(story: Story, way: str, data: bytes, signed_by: list[str], when: str = WHEN) -> Any:
    moment = at(when)
    given = SimpleUploadedFile("signed.pdf", data)
    with clock.held_at(moment):
        return run.complete(
            task_id=story.task("collect_signatures"), by=story.people["mediator"], at=moment,
            data={"signed_by": signed_by, "way": way}, files={"file": given},
        )  # fmt: skip


def bytes_of(story: Story) -> bytes:
    with story.reading() as case:
        return issue.kept(Paper.objects.get(case=case, code="D14", sealed=False))


@db
def test_a_scan_is_compared_by_the_one_who_seals(story):
    upload(story, "paper", bytes_of(story), ["W01", "R1", "mediator"])
    with pytest.raises(commands.signing.ProofsNotChecked):
        story.do("manager", "seal", "2026-03-25 10:00")
    with story.reading():
        row = Signature.objects.filter(agreement=version_of(story)).first()
    address = reverse("signature-proof", args=[story.case_id, row.pk])
    assert browse(story, "manager", address) == 200
    assert browse(story, "stranger", address) == 404
    story.do("manager", "seal", "2026-03-25 10:10", proofs_checked=True)
    assert version_of(story).state == "IN_FORCE"


def browse(story: Story, who: str, address: str) -> int:
    client = Client()
    client.force_login(story.people[who])
    return client.get(address).status_code


# Races.


def by_code(story: Story, version: Agreement, firm: Party) -> None:
    moment = at(WHEN)
    with clock.held_at(moment), transaction.atomic(), acting(story.case_id, None):
        commands.sign_by_code(
            firm.case, firm, agreement_id=version.pk, content=version.content_sha256, code=CODE,
            read=True, at=moment,
        )  # fmt: skip


def armed(story: Story) -> tuple[Agreement, Party]:
    """The firm holds a good code."""
    version, firm = version_of(story), party(story, "R1")
    subject = commands.subject_of(version.pk, firm.pk, "sign")
    with clock.held_at(at(WHEN)):
        OneTimeCode.objects.create(
            subject=subject, code_hash=codes._hash(subject, CODE), made_at=at(WHEN)
        )
    return version, firm


@pytest.mark.django_db(transaction=True)
def test_signing_by_code_races_with_itself_and_with_a_change():
    story = reachable(ready_one())
    version, firm = armed(story)
    came = race(
        partial(by_code, story, version, firm),
        partial(by_code, story, version, firm),
        partial(
            story.do, "mediator", "collect_signatures", WHEN, decision="CHANGE", reason="改"
        ),
    )
    assert came[2] == "done"
    assert came[:2].count("done") <= 1
    assert version_of(story).state == "SUPERSEDED"
    with story.reading() as case:
        told = Event.objects.get(case=case, kind="agreement.superseded")
        assert told.payload["signatures_voided"] == came[:2].count("done")


@pytest.mark.django_db(transaction=True)
def test_signing_by_code_races_with_the_end_of_the_time():
    story = reachable(ready_one())
    version, firm = armed(story)
    with story.reading() as case:
        timers = [row.pk for row in Timer.objects.filter(case=case)]
    late = at("2026-06-30 09:00")

    def end() -> None:
        with clock.held_at(late):
            for number in timers:
                ring(number, late)

    came = race(partial(by_code, story, version, firm), end)
    assert came[1] == "done"
    state = version_of(story).state
    assert (state == "READY") == (story.names() == ["collect_signatures"])
