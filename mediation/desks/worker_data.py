"""The worker's own data: everything on file about this one person, to look at and to take along."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.keeping import rule_of
from casework.models import (
    CallRecord,
    Case,
    Claim,
    Consent,
    Evidence,
    Keeping,
    Message,
    Party,
    Person,
    Service,
    Session,
    Share,
)
from casework.queries.members import own_payments
from documents.catalogue import kind_of
from documents.storage import BytesLost, read
from mediation.desks.worker_more import files, papers, words

Rows = list[dict[str, str]]
IN_MEMORY = 1_000_000  # bytes; a larger file waits on the disk
IN_ONE_PAGE = 4_000  # bytes of the data itself
NEUTRAL = {"application/pdf": "pdf", "image/png": "png"}


def own_data(case_id: int, party_id: int) -> dict[str, Rows]:
    """Everything on file about this worker: parts by title, each a list of rows by label.

    Read under the context of the code, so the notes of the house, the other side's and other members' rows are not there.
    """
    case = Case.objects.get(pk=case_id)
    party = Party.objects.select_related("person").get(pk=party_id)
    return {
        _("Matter"): [{
            _("Matter number"): str(case), _("Opened on"): _day(case.opened_at),
            _("State"): str(case.get_status_display()),
        }],
        _("Person"): [_person(party.person)] if party.person else [],
        _("What you told us"): _calls(case, party),
        _("Claims"): _claims(case, party_id),
        _("Consents"): _consents(case, party_id),
        _("Appointments"): _sessions(case),
        _("Days of payment"): _shares(party_id),
        _("Money that came to you alone"): _payments(party_id),
        _("My papers"): [
            {_("Name"): row.title, _("Number"): row.number, _("Day"): row.issued_on.isoformat()}
            for row in papers(case_id, party_id)
        ],
        _("What was delivered to you"): _services(case, party_id),
        _("Text messages"): _messages(case, party_id),
        _("Files"): [
            {_("Name"): row["name"], _("Day"): _day(row["at"]), _("Fingerprint"): row["mark"]}
            for row in files(case_id, party_id)
        ],
        _("What you said"): [
            {_("About"): row["kind"], _("Words"): row["text"], _("Answer"): " ".join(filter(None, [row["result"], row["answer"]]))}
            for row in words(case_id, party_id)
        ],
        _("How long it is kept"): _kept(case_id),
    }  # fmt: skip


def _day(at: Any) -> str:
    return clock.day(at).isoformat()


def _person(person: Person) -> dict[str, str]:
    return {
        _("Name"): person.name, _("Telephone"): person.phone,
        _("Identity number"): person.identity_number, _("Address"): person.address,
        _("Second contact"): person.second_contact, _("Home province"): person.home_province,
        _("Year of birth"): str(person.birth_year or ""),
        _("Bank"): person.bank_name, _("Bank account"): person.bank_account,
    }  # fmt: skip


def _calls(case: Case, party: Party) -> Rows:
    """What this worker said in calls: the words for the union alone are the worker's own too."""
    rows = CallRecord.objects.filter(case=case, caller=party.person_id).order_by("started_at")
    return [
        {
            _("Day"): _day(row.started_at), _("What happened"): row.facts,
            _("For the union only"): row.confidential, _("Place of work"): row.work_place,
            _("Evidence held"): row.evidence, _("Already tried"): row.tried,
            _("Advice given"): row.advice,
        }
        for row in rows
    ]  # fmt: skip


def _sessions(case: Case) -> Rows:
    rows = Session.objects.filter(case=case).order_by("starts_at")
    return [
        {
            _("Day"): _day(row.starts_at), _("Place"): row.place,
            _("State"): str(row.get_state_display()),
        }
        for row in rows
    ]  # fmt: skip


def _payments(party_id: int) -> Rows:
    rows = own_payments().filter(party_id=party_id).order_by("paid_on")
    return [
        {_("Day"): row.paid_on.isoformat(), _("Sum (yuan)"): str(row.amount_yuan)}
        for row in rows
    ]


def _services(case: Case, party_id: int) -> Rows:
    rows = Service.objects.filter(case=case, party_id=party_id, voided_at=None)
    return [
        {_("Paper"): kind_of(row.document).title, _("Day"): row.served_on.isoformat()}
        for row in rows.order_by("served_on")
    ]


def _messages(case: Case, party_id: int) -> Rows:
    rows = Message.objects.filter(case=case, party_id=party_id).order_by("id")
    return [{_("To"): row.to_masked, _("Day"): _day(row.made_at)} for row in rows]


def _kept(case_id: int) -> Rows:
    """The class of the file, its last day and the ground: nothing before it is put away."""
    row = Keeping.objects.filter(case_id=case_id).first()
    if row is None:
        return []
    kind, said = rule_of(row), "zh" if (get_language() or "").startswith("zh") else "en"
    until = row.ends_on.isoformat() if row.ends_on else _("for ever")
    return [
        {_("Class"): kind.name[said], _("Kept until"): until, _("Ground"): kind.ground[said]}
    ]


def _claims(case: Case, party_id: int) -> Rows:
    rows = Claim.objects.filter(case=case, party_id=party_id)
    return [{_("Item"): row.item, _("Sum (yuan)"): str(row.amount_yuan or "")} for row in rows]


def _consents(case: Case, party_id: int) -> Rows:
    rows = Consent.objects.filter(case=case, party_id=party_id).select_related("agency")
    return [
        {
            _("Given to"): str(row.agency) if row.agency else _("the employer"),
            _("Day"): clock.day(row.given_at).isoformat(),
            _("Withdrawn"): clock.day(row.withdrawn_at).isoformat() if row.withdrawn_at else "",
        }
        for row in rows
    ]


def _shares(party_id: int) -> Rows:
    rows = Share.objects.filter(party_id=party_id).select_related("instalment")
    return [
        {
            _("Day"): row.instalment.due_on.isoformat(), _("Sum (yuan)"): str(row.amount_yuan),
            _("State"): str(row.instalment.get_state_display()),
        }
        for row in rows
    ]  # fmt: skip


def _parts(case_id: int, party_id: int) -> Iterator[tuple[str, str]]:
    """What lies in the file to take along besides the data: name in the file, and hash of the bytes."""
    for row in papers(case_id, party_id):
        yield f"papers/{row.code}-{row.pk}.pdf", row.sha256
    mine = Evidence.objects.filter(case_id=case_id, party_id=party_id, taken_back_at=None)
    for number, kept in enumerate(mine, 1):
        yield f"files/{number:02}.{NEUTRAL.get(kept.media_type, 'jpg')}", kept.sha256


def size_along(case_id: int, party_id: int) -> int:
    """About how much there is to take along. Unit: bytes."""
    mine = Evidence.objects.filter(case_id=case_id, party_id=party_id, taken_back_at=None)
    return (
        sum(row.size for row in papers(case_id, party_id))
        + sum(row.size for row in mine)
        + IN_ONE_PAGE
    )


def along(case_id: int, party_id: int) -> IO[bytes]:
    """Data, papers and own files in one file to take along, ready to be streamed."""
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        data = json.dumps(own_data(case_id, party_id), ensure_ascii=False, indent=2)
        archive.writestr("data.json", data)
        for name, digest in _parts(case_id, party_id):
            try:
                archive.writestr(name, read(digest))
            except BytesLost:
                continue
    made.seek(0)
    return made
