"""Recording a call: the file, its parties, claims, consents and clocks; or its place in an earlier case."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from casework import clock, tracking
from casework.access.context import acting
from casework.commands import call_backs, claims, consent, party, people
from casework.commands import case as file
from casework.commands.deadlines import set_deadline
from casework.commands.joining import merge_case
from casework.events import Kind, record
from casework.models import Agency, Case, Employer, Party, Priority, Side, User
from casework.rules.taxonomy import cause_name
from documents.editions import renew

EMERGENCY, CALL_BACK = "P-02", "P-03"

ADDED = "补充登记"  # why a later call record replaces the earlier one


def record_call(case: Case, *, data: dict[str, Any], by: User, at: datetime) -> str:
    """Open the file from one call; answers the worker's tracking code, once, or nothing.

    `same_as` in the data: the earlier case that the call belongs to; it takes the ticket in at once.
    Raises: what merging raises.
    """
    on = clock.day(at)
    if data["same_as"]:
        with acting(data["same_as"], by):
            there = Case.objects.get(pk=data["same_as"])
            data["district"], data["cause"] = there.district, data["cause"] or there.main_cause
    file_fields, call = _fields(data), _call(data)
    made = file.open_case(case, call=call, caller=None, by=by, at=at, on=on, **file_fields)
    if not data["anonymous"] and (data["phone"] or data["name"]):
        made.caller = _caller(case, data, by, at)
        made.save(update_fields=["caller"])
    workers = _workers(case, made.caller, data, by, at)
    _employers(case, data, by, at)
    _claims(case, workers, data, by, at)
    _consents(case, workers, data, by, at)
    if data.get("window"):
        begins_at, ends_at = data["window"]
        call_backs.promise(case, begins_at=begins_at, ends_at=ends_at, why=data["call_back_why"],
                           by=by, at=at)  # fmt: skip
    if data["same_as"]:
        _put_to(case, data["same_as"], by, at)
        return ""
    _clocks(case, data, by, at)
    if data["classes"] == ["ADVICE"]:
        return ""
    if data["apart_because"]:
        record(case, Kind.CASES_LINKED, by=by, at=at, apart=data["apart_because"])
    renew("D01", case=case, by=by, at=at, reason=ADDED)
    return _code(case, workers, by, at)


def _clocks(case: Case, data: dict[str, Any], by: User, at: datetime) -> None:
    """Help within thirty minutes; for a dispute whose caller can be reached, a first call back."""
    if "EMERGENCY" in data["classes"]:
        set_deadline(case, EMERGENCY, start=at, start_event="emergency_call", by=by, at=at)
    if data["classes"] != ["ADVICE"] and data["phone"] and not data["anonymous"]:
        set_deadline(case, CALL_BACK, start=clock.day(at), start_event="ticket", by=by, at=at)


def _put_to(case: Case, other: int, by: User, at: datetime) -> None:
    renew("D01", case=case, by=by, at=at, reason=ADDED)
    with acting(case.pk, by, also=other):
        into = Case.objects.get(pk=other)
    merge_case(
        case, into=into, reason=_("the same matter, said while calling"), tasks=[], by=by, at=at
    )


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    size = max(data["group_size"] or 1, len(data["members"]))
    return {
        "classes": data["classes"], "main_cause": data["cause"], "causes": [data["cause"]] if data["cause"] else [],
        "district": data["district"], "group_size": size, "channel": data["channel"] or "phone",
        "source_number": data["source_number"],
        "priority": Priority.LOW if data["classes"] == ["ADVICE"] else Priority.NORMAL,
    }  # fmt: skip


def _call(data: dict[str, Any]) -> dict[str, Any]:
    names = (
        "anonymous", "facts", "confidential", "work_place", "hired_on", "left_on", "contract_kind",
        "month_pay_yuan", "evidence", "tried", "wish", "danger",
    )  # fmt: skip
    return {
        **{name: data[name] for name in names},
        "recording_id": "" if data["anonymous"] else data["recording_id"],
        "sealed_caller": file.sealed(data) if data["anonymous"] else "",
        "classes": data["classes"],
        "channel": data["channel"] or "phone",
    }


def _caller(case: Case, data: dict[str, Any], by: User, at: datetime) -> Any:
    names = (
        "name",
        "phone",
        "sex",
        "birth_year",
        "worker_kind",
        "union_member",
        "home_province",
        "identity_number",
        "address",
    )
    return people.make_person(
        case, by=by, at=at, **{name: data[name] for name in names if data[name]}
    )


def _workers(
    case: Case, caller: Any, data: dict[str, Any], by: User, at: datetime
) -> list[Party]:
    """The caller alone, or every member of a group; the caller is found among the members by name."""
    if data["anonymous"] or caller is None or data["classes"] == ["ADVICE"]:
        return []
    if not data["members"]:
        return [party.add_party(case, side=Side.WORKER, person=caller, by=by, at=at)]
    made = []
    for row in data["members"]:
        same = row["name"] == caller.name
        person = caller if same else people.make_person(
            case, by=by, at=at, name=row["name"], phone=row["phone"], identity_number=row["identity_number"],
        )  # fmt: skip
        made.append(party.add_party(case, side=Side.WORKER, person=person, by=by, at=at))
    return made


def _employers(case: Case, data: dict[str, Any], by: User, at: datetime) -> list[Employer]:
    firms = []
    for row in data["employers"]:
        firm = people.make_employer(
            case, name=row["name"], credit_code=row["credit_code"], address=row["address"],
            legal_person=row["legal_person"], contact=row["contact"], phone=row["phone"], by=by, at=at,
        )  # fmt: skip
        party.add_party(
            case, side=Side.EMPLOYER, employer=firm, capacity=row["capacity"], by=by, at=at
        )
        firms.append(firm)
    return firms


def _claims(
    case: Case, workers: list[Party], data: dict[str, Any], by: User, at: datetime
) -> None:
    """One line a claim; in a group one line a member, with that member's own sum."""
    sums: list[Decimal | None] = [row["amount_yuan"] for row in data["members"]]
    if any(value is not None for value in sums):
        first = (
            data["claims"][0]
            if data["claims"]
            else {"code": data["cause"], "item": cause_name(data["cause"]), "period": ""}
        )
        for worker, value in zip(workers, sums, strict=True):
            claims.add_claim(
                case,
                code=first["code"],
                item=first["item"],
                period=first["period"],
                amount_yuan=value,
                party=worker,
                by=by,
                at=at,
            )
        return
    for row in data["claims"]:
        one = workers[0] if len(workers) == 1 else None
        claims.add_claim(
            case,
            code=row["code"],
            item=row["item"],
            period=row["period"],
            amount_yuan=row["amount_yuan"],
            party=one,
            by=by,
            at=at,
        )


def _consents(
    case: Case, workers: list[Party], data: dict[str, Any], by: User, at: datetime
) -> None:
    giver = workers[0] if workers else None
    for name in data["consents"]:
        agency = None if name == "EMPLOYER" else Agency.objects.get(code=name)
        purpose = "contact_employer" if agency is None else "share"
        kinds = [] if agency is None else list(agency.visible_fields)
        consent.give_consent(
            case, purpose=purpose, agency=agency, party=giver, kinds=kinds, by=by, at=at
        )


def _code(case: Case, workers: list[Party], by: User, at: datetime) -> str:
    holder = next((each for each in workers if each.person and each.person.phone), None)
    return tracking.make_code(case=case, party=holder, by=by, at=at) if holder else ""
