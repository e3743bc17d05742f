"""What a worker sees after the one-time code: papers, files, who looked, the own data; in short sentences."""

import io
import json
import zipfile
from typing import Any

from django.utils.translation import gettext as _

from casework import clock
from casework.access.roles import label
from casework.events import Kind
from casework.models import (
    Case,
    Claim,
    Consent,
    Event,
    Evidence,
    Party,
    Share,
    WordKind,
    WorkerWord,
)
from documents.issue import content
from documents.models import Paper
from documents.storage import BytesLost

LOOKED = (Kind.IDENTITY_REVEALED, Kind.REFERRAL_SENT, Kind.CALL_RECORDED, Kind.CASE_ACCEPTED)
MOST = 50


def papers(case_id: int) -> list[Paper]:
    """The papers that the code may see and that are printed."""
    return list(Paper.objects.filter(case_id=case_id, state="READY", life="VALID"))


def files(case_id: int, party_id: int) -> list[dict[str, Any]]:
    """What the worker handed in."""
    rows = Evidence.objects.filter(case_id=case_id, party_id=party_id, taken_back_at=None)
    return [
        {"id": row.pk, "name": row.name, "at": row.made_at, "kb": max(1, row.size // 1024),
         "mark": row.sha256[:8]}
        for row in rows
    ]  # fmt: skip


def words(case_id: int, party_id: int) -> list[dict[str, Any]]:
    """What the worker said, with the answers."""
    kinds = dict(WordKind.choices)
    return [
        {"kind": str(kinds.get(row.kind, "")), "text": row.text, "at": row.at, "answer": row.answer,
         "answered_at": row.answered_at}
        for row in WorkerWord.objects.filter(case_id=case_id, party_id=party_id)
    ]  # fmt: skip


def looks(case_id: int) -> list[dict[str, Any]]:
    """Who had the data in hand, by role and day, never by name."""
    rows = Event.objects.filter(case_id=case_id, kind__in=LOOKED).order_by("-seq")[:MOST]
    said = {
        Kind.IDENTITY_REVEALED: _("looked at your telephone number"),
        Kind.REFERRAL_SENT: _("sent your matter to another office"),
        Kind.CALL_RECORDED: _("took your call"),
        Kind.CASE_ACCEPTED: _("took your matter on"),
    }
    return [
        {"on": row.at, "who": _(label(row.by_role)) if row.by_role else _("the system"),
         "what": said[Kind(row.kind)]}
        for row in rows
    ]  # fmt: skip


def own_data(case_id: int, party_id: int) -> dict[str, list[dict[str, str]]]:
    """Everything on file about this worker: parts by title, each a list of rows by label."""
    case = Case.objects.get(pk=case_id)
    party = Party.objects.select_related("person").get(pk=party_id)
    person = party.person
    return {
        _("Matter"): [{
            _("Matter number"): str(case), _("Opened on"): clock.day(case.opened_at).isoformat(),
            _("State"): str(case.get_status_display()),
        }],
        _("Person"): [{
            _("Name"): person.name, _("Telephone"): person.phone,
            _("Identity number"): person.identity_number, _("Address"): person.address,
            _("Bank account"): person.bank_account,
        }] if person else [],
        _("Claims"): _claims(case, party_id),
        _("Consents"): _consents(case, party_id),
        _("Days of payment"): _shares(party_id),
        _("Files"): [
            {_("Name"): row["name"], _("Day"): clock.day(row["at"]).isoformat(), _("Fingerprint"): row["mark"]}
            for row in files(case_id, party_id)
        ],
        _("What you said"): [
            {_("About"): row["kind"], _("Words"): row["text"], _("Answer"): row["answer"]}
            for row in words(case_id, party_id)
        ],
    }  # fmt: skip


def _claims(case: Case, party_id: int) -> list[dict[str, str]]:
    rows = Claim.objects.filter(case=case, party_id=party_id)
    return [{_("Item"): row.item, _("Sum (yuan)"): str(row.amount_yuan or "")} for row in rows]


def _consents(case: Case, party_id: int) -> list[dict[str, str]]:
    rows = Consent.objects.filter(case=case, party_id=party_id).select_related("agency")
    return [
        {
            _("Given to"): str(row.agency) if row.agency else _("the employer"),
            _("Day"): clock.day(row.given_at).isoformat(),
            _("Withdrawn"): clock.day(row.withdrawn_at).isoformat() if row.withdrawn_at else "",
        }
        for row in rows
    ]


def _shares(party_id: int) -> list[dict[str, str]]:
    rows = Share.objects.filter(party_id=party_id).select_related("instalment")
    return [
        {
            _("Day"): row.instalment.due_on.isoformat(), _("Sum (yuan)"): str(row.amount_yuan),
            _("State"): str(row.instalment.get_state_display()),
        }
        for row in rows
    ]  # fmt: skip


def along(case_id: int, party_id: int) -> bytes:
    """Data and papers in one file to take along."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        data = json.dumps(own_data(case_id, party_id), ensure_ascii=False, indent=2)
        archive.writestr("data.json", data)
        for row in papers(case_id):
            try:
                archive.writestr(f"{row.code}-{row.pk}.pdf", content(row))
            except BytesLost:
                continue
    return made.getvalue()
