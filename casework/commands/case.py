"""The case itself: opened by a call, triaged, received, accepted or refused."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework import clock, registry
from casework.commands import keeping
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import (
    CallRecord,
    Case,
    District,
    Party,
    Person,
    ReferralState,
    Side,
    User,
)
from casework.queries import rulebook

COURTS = (
    "APPOINTED",
    "ENTRUSTED",
)  # a court that sends a matter has asked for mediation itself


class NotReceived(CommandRefused):
    """The application has not been received yet."""


class NoRespondent(CommandRefused):
    """Mediation needs a respondent: record the employer first."""


class NeedsReason(CommandRefused):
    """Say why this is corrected."""


class NotAgreed(CommandRefused):
    """Both sides must agree to mediation before it is accepted (voluntariness, LDMAL art. 3)."""


@transaction.atomic
def open_case(
    case: Case,
    *,
    call: dict[str, Any],
    caller: Person | None,
    by: User,
    at: datetime,
    on: date,
    **fields: Any,
) -> CallRecord:
    """Open the file with its first call. The ticket number is given here; `case` has its id only."""
    case.ticket_no = registry.ticket_no(on)
    case.opened_at, case.intake_by = at, by
    case.catalogue_version = rulebook.version_on(clock.day(at))
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(force_insert=True)
    made = CallRecord.objects.create(
        case=case, caller=caller, operator=by, started_at=at, **call
    )
    record(case, Kind.CALL_RECORDED, by=by, at=at, number=case.ticket_no, classes=case.classes,
           channel=case.channel, anonymous=made.anonymous)  # fmt: skip
    return made


@transaction.atomic
def answer_call(
    case: Case,
    *,
    advice: str,
    source: str,
    estimate: dict[str, Any],
    by: User,
    at: datetime,
    on: date,
) -> None:
    """The caller was advised. Both the answer and its source are needed."""
    lock_case(case.pk)
    call = first_call(case)
    call.advice, call.advice_source, call.estimate = advice, source, estimate
    call.save(update_fields=["advice", "advice_source", "estimate"])
    case.advised_on = on
    case.save(update_fields=["advised_on"])
    keeping.begin(case, outcome="ADVICE", on=on)
    record(
        case,
        Kind.ADVICE_GIVEN,
        by=by,
        at=at,
        source=source,
        calculator=estimate.get("name", ""),
    )


@transaction.atomic
def rate_call(case: Case, *, satisfaction: str, by: User | None, at: datetime) -> None:
    """The caller's own rating of the answer."""
    lock_case(case.pk)
    call = first_call(case)
    call.satisfaction = satisfaction
    call.save(update_fields=["satisfaction"])
    record(case, Kind.CASE_VISITED, by=by, at=at, satisfaction=satisfaction)


def first_call(case: Case) -> CallRecord:
    """The call that the case began with. Raises: CallRecord.DoesNotExist."""
    return case.calls.order_by("started_at")[:1].get()


@transaction.atomic
def triage_case(
    case: Case, *, rows: Sequence[str] = (), by: User, at: datetime, on: date, **fields: Any
) -> None:
    """Class, cause, district, level, group, priority: what decides the way of the case.

    `rows` name the rows of the decision tables that proposed it.
    """
    lock_case(case.pk)
    case.triaged_on = on
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()
    told: dict[str, Any] = {
        name: value
        for name, value in fields.items()
        if isinstance(value, (str, int, bool, list))
    }
    record(case, Kind.CASE_TRIAGED, by=by, at=at, rows=list(rows), **told)


@transaction.atomic
def dispatch_emergency(
    case: Case, *, told: Sequence[str], words: str, by: User, at: datetime
) -> None:
    """Who was called: duty officer, 110, 119, 120, district union."""
    lock_case(case.pk)
    record(case, Kind.EMERGENCY_DISPATCHED, by=by, at=at, told=list(told), words=words)


@transaction.atomic
def receive_application(
    case: Case, *, received_on: date, oral: bool, by: User, at: datetime
) -> None:
    """The application for mediation is received: written, or spoken and taken down (LDMAL art. 12)."""
    lock_case(case.pk)
    if not Party.objects.filter(case=case, side=Side.EMPLOYER).exists():
        raise NoRespondent
    case.received_on = received_on
    case.manager = case.manager or by
    case.save(update_fields=["received_on", "manager"])
    Party.objects.filter(case=case, side=Side.WORKER, left_on__isnull=True).update(
        is_applicant=True
    )
    record(case, Kind.APPLICATION_RECEIVED, by=by, at=at, on=received_on, oral=oral)


@transaction.atomic
def accept_case(case: Case, *, by: User, at: datetime, on: date) -> str:
    """Accept and give the case number. Raises: NotReceived, NotAgreed."""
    lock_case(case.pk)
    case.refresh_from_db()
    if case.received_on is None:
        raise NotReceived
    asked = Party.objects.filter(case=case, side=Side.EMPLOYER, left_on__isnull=True)
    of_court = case.inbound.filter(procedure__in=COURTS, state=ReferralState.ACCEPTED).exists()
    if not of_court and not asked.filter(agrees_to_mediate=True).exists():
        raise NotAgreed
    district: District | None = case.district
    case.number = registry.case_number(on, district)
    case.accepted_on, case.manager = on, by
    case.save(update_fields=["number", "accepted_on", "manager"])
    record(case, Kind.CASE_ACCEPTED, by=by, at=at, number=case.number, on=on)
    return case.number


@transaction.atomic
def ask_materials(case: Case, *, missing: list[str], by: User, at: datetime, on: date) -> None:
    """Ask once, and in full, for what is missing."""
    lock_case(case.pk)
    case.materials_asked_on = on
    case.save(update_fields=["materials_asked_on"])
    record(case, Kind.MATERIALS_ASKED, by=by, at=at, missing=missing)


@transaction.atomic
def supply_materials(case: Case, *, words: str, by: User, at: datetime) -> None:
    """What was missing is there."""
    lock_case(case.pk)
    case.materials_asked_on = None
    case.save(update_fields=["materials_asked_on"])
    record(case, Kind.MATERIALS_SUPPLIED, by=by, at=at, words=words)


@transaction.atomic
def refuse_case(
    case: Case, *, reason: str, second_person: User, by: User, at: datetime, on: date
) -> None:
    """Refuse the application, with the reason; two people decide."""
    lock_case(case.pk)
    case.refused_on = on
    case.triage = {**case.triage, "refused_why": reason}
    case.save(update_fields=["refused_on", "triage"])
    record(
        case, Kind.CASE_REFUSED, by=by, at=at, reason=reason, second_person=str(second_person)
    )


SEALED = (
    "name", "phone", "sex", "birth_year", "worker_kind", "union_member", "home_province",
    "identity_number", "address", "recording_id",
)  # fmt: skip


class NoSeal(CommandRefused):
    """No call of this case was sealed."""


@transaction.atomic
def open_seal(case: Case, *, reason: str, by: User, at: datetime) -> dict[str, str]:
    """Who called and did not want to be named; the ledger keeps who looked and why, never what.

    Raises: NeedsReason, NoSeal.
    """
    lock_case(case.pk)
    if not reason.strip():
        raise NeedsReason(field="reason")
    found = [row for row in case.calls.order_by("started_at") if row.sealed_caller]
    if not found:
        raise NoSeal
    record(case, Kind.SEAL_OPENED, by=by, at=at, reason=reason.strip())
    told: dict[str, str] = json.loads(found[0].sealed_caller)
    return told


def sealed(data: Mapping[str, Any]) -> str:
    """What an anonymous caller told about themselves, as it is put under seal; nothing if nothing."""
    told = {name: str(data[name]) for name in SEALED if data.get(name)}
    return json.dumps(told, ensure_ascii=False) if told else ""
