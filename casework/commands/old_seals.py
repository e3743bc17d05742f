"""Calls from before the seal: who wanted to stay unnamed and still stands in the file is put under seal."""

import json
from datetime import datetime

from django.db import transaction

from casework.commands.base import lock_case
from casework.commands.case import SEALED
from casework.events import Kind, record
from casework.models import CallRecord, Case, Party, Person

EMPTY = ("name", "phone", "identity_number", "address", "home_province", "second_contact")


def unsealed() -> list[CallRecord]:
    """Anonymous calls whose caller or recording still stands open, oldest first."""
    rows = CallRecord.objects.filter(anonymous=True).select_related("case", "caller")
    return [row for row in rows.order_by("id") if _open(row)]


def _open(row: CallRecord) -> bool:
    return bool(row.recording_id) or (row.caller is not None and bool(_told(row.caller)))


def _told(person: Person) -> dict[str, str]:
    found = {name: getattr(person, name, "") for name in (*SEALED, "second_contact")}
    return {name: str(value) for name, value in found.items() if value}


@transaction.atomic
def seal_call(call: CallRecord, *, at: datetime) -> bool:
    """Put what stands open of one call under seal, and take it out of the file; twice is once.

    A person who is a party of another case keeps name and number there: only this call lets go of them.
    """
    case: Case = lock_case(call.case_id)
    call = CallRecord.objects.select_for_update().get(pk=call.pk)
    if not _open(call):
        return False
    person = call.caller
    before = json.loads(call.sealed_caller) if call.sealed_caller else {}
    told = {**(_told(person) if person else {}), **before}
    if call.recording_id:
        told["recording_id"] = call.recording_id
    call.sealed_caller, call.caller, call.recording_id = (
        json.dumps(told, ensure_ascii=False), None, "",
    )  # fmt: skip
    call.save(update_fields=["sealed_caller", "caller", "recording_id"])
    elsewhere = person is not None and (
        Party.objects.filter(person=person).exclude(case_id=case.pk).exists()
        or CallRecord.objects.filter(caller=person).exclude(pk=call.pk).exists()
    )
    if person is not None and not elsewhere:
        for name in EMPTY:
            setattr(person, name, "")
        person.index()
        person.save()
    record(case, Kind.CALLER_SEALED, by=None, at=at, call=str(call.pk))
    return True


def words_under_seal(call: CallRecord) -> set[str]:
    """What tells who called: name, numbers, address, recording; the province alone does not."""
    told = json.loads(call.sealed_caller) if call.sealed_caller else {}
    return {str(value) for name, value in told.items() if name != "home_province" and value}


def under_seal() -> list[CallRecord]:
    """Anonymous calls whose caller lies under seal, oldest first."""
    rows = CallRecord.objects.filter(anonymous=True).select_related("case").order_by("id")
    return [row for row in rows if row.sealed_caller]
