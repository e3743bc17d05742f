"""A mark in every field of the file: no agency's pack, page, JSON, paper, message or log shows one that is not its own."""

import logging
from datetime import date

import pytest
from django.db import models as fields
from django.db import transaction

from casework import clock, notify
from casework.access.context import acting, as_person, system
from casework.commands.consent import give_consent
from casework.fields import EncryptedField
from casework.models import (
    Agency,
    CallRecord,
    Claim,
    Contact,
    Employer,
    Evidence,
    Note,
    Office,
    Outgoing,
    Pack,
    Party,
    Person,
    Proceeding,
    Referral,
    Session,
    User,
    Visit,
)
from documents import issue
from documents.compose import compose
from documents.models import Paper
from mediation.commands import liaison_post
from mediation.models import Task
from tests.pocket import arrive
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import TRIAGE, called, do, only, start

pytestmark = pytest.mark.django_db
MATTERS = {
    "HRSS": ("LABOUR_INSPECTION", {}), "JUSTICE": ("LEGAL_AID_CONSULT", {}),
    "COURT": ("PRESERVATION", {"own_application_on": "2026-03-02"}),
    "PROCURATORATE": ("PROCURATORIAL_SUGGESTION", {}), "TAX": ("SOCIAL_INSURANCE", {}),
    "EMERGENCY_MANAGEMENT": ("SAFETY_HAZARD", {}), "UNION_SICHUAN": ("CROSS_PROVINCE_COOPERATION", {}),
}  # fmt: skip
ROLE = {
    "HRSS": "hrss_liaison", "JUSTICE": "justice_liaison", "COURT": "court_liaison",
    "PROCURATORATE": "procuratorate_liaison",
}  # fmt: skip
# What each kind of data of a pack is in the file.
OWN = {
    "names": {"Person.name"}, "identity": {"Person.identity_number"}, "phone": {"Person.phone"},
    "address": {"Person.address"}, "facts": {"CallRecord.facts"},
    "evidence": {"CallRecord.evidence", "Evidence.name", "Evidence.sha256", "Evidence.media_type"}, "claims": {"Claim.item"},
    "employer": {"Employer.name", "Employer.credit_code", "Employer.address", "Party.capacity"},
    "agreement": set(), "deadlines": set(),
}  # fmt: skip
MARKED = (
    Person,
    Employer,
    CallRecord,
    Claim,
    Party,
    Session,
    Contact,
    Visit,
    Proceeding,
    Note,
    Evidence,
)
KEPT = {"Party.ref", "Party.side", "Claim.code", "Claim.outcome", "Session.state", "Proceeding.kind",
        "Proceeding.step", "Contact.way", "CallRecord.channel"}  # fmt: skip


class Marks:
    """A mark of its own for every text field: `of` knows which field each belongs to."""

    def __init__(self):
        self.of = {}

    def put(self, row):
        for field in row._meta.fields:
            name = f"{type(row).__name__}.{field.name}"
            texts = (fields.CharField, fields.TextField, EncryptedField)
            if not isinstance(field, texts) or field.choices or name in KEPT:
                continue
            mark = f"ZQ{len(self.of):03d}X"
            if (getattr(field, "max_length", None) or 99) >= len(mark):
                setattr(row, field.name, mark)
                self.of[mark] = name
        row.save()


def other_rows(case, by):
    """What a case has besides: sessions, contacts, visits, proceedings, the mediator's notes."""
    at, on = instant("2026-03-02 12:00"), date(2026, 3, 2)
    party = case.parties.filter(side="WORKER").first()
    return [
        Session(case=case, number=1, starts_at=at, mediator=by), Contact(case=case, party=party, on=on, reached=True, way="phone"),
        Visit(case=case, visitor=by, on=on), Note(case=case, author=by, at=at),
        Proceeding(case=case, kind="ARBITRATION", step="FILED", on=on),
        Evidence(case=case, party=party, size=9, made_at=at),
    ]  # fmt: skip


@pytest.fixture
def marked(people):  # noqa: F811
    """A case with a mark in every field, and consent to every agency for all that it may see."""
    done = do(people["dengchuan"], only(called(people), "triage"), "2026-03-02 10:00", **TRIAGE)
    marks, by = Marks(), people["dengchuan"]
    with transaction.atomic(), acting(done.case.pk, by):
        case = done.case
        rows = [
            *case.calls.all(),
            *case.claims.all(),
            *case.parties.all(),
            *other_rows(case, by),
        ]
        rows += [row.person or row.employer for row in case.parties.all()]
        for row in rows:
            marks.put(row)
        worker = case.parties.filter(side="WORKER").first()
        for agency in Agency.objects.all():
            give_consent(case, purpose="share", agency=agency, party=worker, by=by,
                         kinds=agency.visible_fields, at=instant("2026-03-02 13:00"))  # fmt: skip
    assert {name.split(".")[0] for name in marks.of.values()} == {m.__name__ for m in MARKED}
    return case, marks


def liaison_of(referral):
    """The only one of the office, with a telephone."""
    found = User.objects.filter(office=referral.office, is_active=True).first()
    found = found or User.objects.create(
        username=f"l{referral.pk}", display_name="联络员", office=referral.office,
        roles=[ROLE.get(referral.agency_id, "partner_union")],
    )  # fmt: skip
    found.phone = "13800001309"
    found.save(update_fields=["phone"])
    return found


def leaks(text, marks, sees):
    """The marks in a text that this agency must not see."""
    own = set().union(*(OWN[kind] for kind in sees))
    return {name for mark, name in marks.of.items() if mark in text and name not in own}


def test_no_agency_sees_a_mark_that_is_not_its_own(people, marked, client, caplog, monkeypatch):  # noqa: F811
    case, marks = marked
    with transaction.atomic(), system("test"):
        enclosed = str(Evidence.objects.get(case=case).pk)
    told = []
    monkeypatch.setattr(
        notify.Console, "send", lambda _self, _to, text, **_more: told.append(str(text))
    )
    seen = 0
    for code, (matter, shown) in MATTERS.items():
        caplog.clear()
        with caplog.at_level(logging.DEBUG):
            start(people["dengchuan"], "referral.refer", "2026-03-03 09:00", case, matter=matter,
                  asked="请依法办理。", enclosed=[enclosed], **shown)  # fmt: skip
            with transaction.atomic(), system("test"):
                row = Referral.objects.select_related(
                    "office", "case", "agency", "desk_user"
                ).get(case=case, agency=code)
                user = liaison_of(row)
                liaison_post.tell_office(row, "liaison_came", key=f"k{row.pk}", at=row.sent_at)
            assert arrive(row.sent_at) >= 1
        texts = everything(client, row, user)
        texts += [caplog.text, *told]
        sees = row.agency.visible_fields
        for number, text in enumerate(texts):
            assert leaks(text, marks, sees) == set(), (code, number)
        seen += any(mark in "".join(texts) for mark in marks.of)
    assert seen == len(MATTERS)  # the marks can be seen at all


def everything(client, row, user):
    """All that an agency can lay hands on: pack, papers, page, API, what its system is told."""
    with clock.held_at(instant("2026-03-03 14:00")):
        with transaction.atomic(), as_person(user):
            packs = list(Pack.objects.all())
            papers = list(Paper.objects.all())
            task = Task.objects.get(is_open=True, flow_task_type="HUMAN")
            named = {"CROSS_PROVINCE_COOPERATION": ["D03", "D07"]}.get(row.matter, ["D03"])
            assert (len(packs), sorted(paper.code for paper in papers)) == (1, named)
            for hidden in (Person, Employer, CallRecord, Claim, Note, Session, Visit, Office):
                assert hidden is Office or not hidden.objects.exists()
        client.force_login(user)
        pages = [
            client.get(path).content.decode()
            for path in (f"/referral/{row.pk}/", f"/task/{task.pk}/", "/", "/work/",
                         "/api/v1/tasks/", f"/api/v1/tasks/{task.pk}/")
        ]  # fmt: skip
        with transaction.atomic(), system("test"):
            letters = [
                compose(issue.facts_of(each), issue.imprint_of(each, issue.facts_of(each)))
                for each in papers
            ]
            events = list(Outgoing.objects.values_list("body", flat=True))
    return [
        str(packs[0].fields),
        str(packs[0].papers),
        *map(str, letters),
        *pages,
        *map(str, events),
    ]
