"""The record of a call is completed after the call: what was not asked, or not typed, while somebody waited."""

from datetime import datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.commands.case import first_call
from casework.events import Kind, record
from casework.models import CallRecord, Case, User

SEALED = (
    "confidential",
)  # for the union only: the ledger tells that it changed, never the words
LATER = (
    "work_place", "hired_on", "left_on", "contract_kind", "month_pay_yuan", "evidence", "tried",
    "wish", "confidential", "recording_id",
)  # fmt: skip


class NothingAdded(CommandRefused):
    """Nothing of this is new."""


@transaction.atomic
def complete_call(
    case: Case, *, reason: str, by: User, at: datetime, **fields: Any
) -> CallRecord:
    """Fill in what the record of the call lacks; an empty value leaves what is recorded. Raises: NothingAdded."""
    lock_case(case.pk)
    call = first_call(case)
    fresh = {
        name: value
        for name, value in fields.items()
        if name in LATER and value not in (None, "") and value != getattr(call, name)
    }
    if call.anonymous:
        fresh.pop("recording_id", None)
    if not fresh:
        raise NothingAdded
    open_ = [name for name in fresh if name not in SEALED]
    was = {name: getattr(call, name) for name in open_}
    for name, value in fresh.items():
        setattr(call, name, value)
    call.save(update_fields=list(fresh))
    record(case, Kind.CALL_CORRECTED, by=by, at=at, reason=reason, fields=sorted(fresh), was=was,
           now={name: fresh[name] for name in open_})  # fmt: skip
    return call
