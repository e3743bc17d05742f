"""A matter goes to an office and comes back: sent, signed for, answered, supplied, ended."""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.consent import standing_consent
from casework.events import Kind, record
from casework.exchange import outbox
from casework.models import Agency, Case, Office, Pack, Referral, ReferralState, Route, User

MOST_HOPS = 2
PACK_DAYS = 90
REASONS = (
    "ARBITRATION_FIRST", "NO_JURISDICTION", "NOT_LABOUR_RELATION", "NOT_IN_SCOPE", "LIMITATION_2Y",
    "ALREADY_PENDING", "RES_JUDICATA", "IDENTITY_UNCLEAR", "RESPONDENT_UNCLEAR", "NOT_JOINT",
    "PERIOD_EXPIRED", "CONTENT_UNCLEAR", "AGREEMENT_UNLAWFUL", "NOT_VOLUNTARY",
    "RELATION_NOT_REVIEWABLE", "MEANS_TEST", "NO_NEED_FOR_SUPPORT", "OTHER",
)  # fmt: skip
RUNNING = (
    ReferralState.SENT,
    ReferralState.SIGNED,
    ReferralState.ACCEPTED,
    ReferralState.RETURNED,
    ReferralState.ASKING_CONSENT,
)


class NoRoute(CommandRefused):
    """No open office takes this matter in this district. Ask the administrator for a route."""


class NoConsent(CommandRefused):
    """The worker has not agreed to passing data to this office."""


class AlreadyThere(CommandRefused):
    """This matter is already with this office."""


class TooManyHops(CommandRefused):
    """This matter was redirected twice: decline it, and a joint meeting decides."""


class NotRunning(CommandRefused):
    """This referral has ended."""


def office_for(case: Case, matter: str) -> Office:
    """The open office of the routing table, else its fallback. Raises: NoRoute."""
    here = Q(district=case.district) | Q(district__isnull=True)
    rows = Route.objects.filter(here, matter=matter).select_related("office", "fallback")
    for row in sorted(rows, key=lambda each: each.district_id is None):
        for office in (row.office, row.fallback):
            if office is not None and office.is_open:
                return office
    raise NoRoute(field="matter")


@transaction.atomic
def prepare_referral(
    case: Case,
    *,
    matter: str,
    asked: str,
    side_track: bool,
    ground: str,
    by: User,
    at: datetime,
    came_from: Referral | None = None,
) -> Referral:
    """A referral on the desk, not yet sent. Raises: NoRoute, AlreadyThere, TooManyHops."""
    lock_case(case.pk)
    office = office_for(case, matter)
    hop = came_from.hop + 1 if came_from else 0
    if hop > MOST_HOPS:
        raise TooManyHops
    if Referral.objects.filter(
        case=case, matter=matter, office=office, state__in=RUNNING
    ).exists():
        raise AlreadyThere
    made = Referral.objects.create(
        case=case, agency_id=office.agency_id, office=office, matter=matter, asked=asked,
        side_track=side_track, ground=ground, hop=hop, came_from=came_from,
        state=ReferralState.ASKING_CONSENT, consent=standing_consent(case, office.agency),
    )  # fmt: skip
    record(
        case,
        Kind.REFERRAL_PREPARED,
        by=by,
        at=at,
        referral=str(made.pk),
        matter=matter,
        office=office.name,
        hop=hop,
    )
    return made


@transaction.atomic
def send_referral(referral: Referral, *, number: str, by: User, at: datetime) -> Pack:
    """Freeze the pack and send it: without consent nothing leaves, unless a ground is recorded.

    Raises: NoConsent.
    """
    case = lock_case(referral.case_id)
    consent = standing_consent(case, referral.agency)
    if consent is None and not referral.ground:
        raise NoConsent
    referral.consent, referral.number, referral.sent_at = consent, number, at
    referral.state = ReferralState.SENT
    referral.save(update_fields=["consent", "number", "sent_at", "state"])
    pack = freeze_pack(referral, at=at)
    record(case, Kind.REFERRAL_SENT, by=by, at=at, referral=str(referral.pk), matter=referral.matter,
           office=referral.office.name, number=number, pack=pack.sha256)  # fmt: skip
    outbox.offer(referral, pack, at=at)
    return pack


def freeze_pack(referral: Referral, *, at: datetime) -> Pack:
    """The snapshot of what this office may see, with its hash and the head of the ledger."""
    case = Case.objects.get(pk=referral.case_id)
    fields = pack_fields(case, referral.agency)
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return Pack.objects.create(
        referral=referral, number=referral.packs.count() + 1, purpose=referral.matter, fields=fields,
        sha256=hashlib.sha256(text.encode()).hexdigest(), ledger_head=bytes(case.chain_head).hex(),
        made_at=at, expires_on=clock.day(at) + timedelta(days=PACK_DAYS),
    )  # fmt: skip


def pack_fields(case: Case, agency: Agency) -> dict[str, Any]:
    """Exactly the fields that the agency's row allows, and nothing else."""
    allowed = set(agency.visible_fields)
    return {
        name: value for name, value in _all_fields(case).items() if name in allowed and value
    }


def _all_fields(case: Case) -> dict[str, Any]:
    workers = [
        row
        for row in case.parties.select_related("person")
        if row.person and row.left_on is None
    ]
    sides = case.parties.select_related("employer")
    firms = [(row, row.employer) for row in sides if row.employer]
    people = [row.person for row in workers if row.person]
    first = next((each for each in people if each.phone), people[0] if people else None)
    call = case.calls.order_by("started_at").first()
    return {
        "names": [row.name for row in workers],
        "identity": [each.identity_number for each in people if each.identity_number],
        "phone": first.phone if first else "",
        "address": first.address if first else "",
        "employer": [{"name": row.name, "capacity": row.capacity, "credit_code": firm.credit_code, "address": firm.address} for row, firm in firms],
        "claims": [{"item": row.item, "yuan": str(row.amount_yuan) if row.amount_yuan is not None else "", "who": row.party.ref if row.party else ""} for row in case.claims.select_related("party")],
        "facts": call.facts if call else "",
        "evidence": call.evidence if call else "",
        "deadlines": [{"rule": row.rule, "due": row.due.isoformat()} for row in case.deadlines.filter(state="OPEN", nature="statutory")],
    }  # fmt: skip


@transaction.atomic
def sign_for(referral: Referral, *, by: User, at: datetime) -> None:
    """The office has it: the receipt counter-signs the pack."""
    case = _running(referral)
    referral.state, referral.signed_at, referral.signed_by = ReferralState.SIGNED, at, by
    referral.save(update_fields=["state", "signed_at", "signed_by"])
    pack = referral.packs.order_by("-number")[:1].get()
    Pack.objects.filter(pk=pack.pk).update(
        receipt=hashlib.sha256(f"{pack.sha256}:{by.pk}:{at.isoformat()}".encode()).hexdigest()
    )
    record(
        case,
        Kind.REFERRAL_SIGNED,
        by=by,
        at=at,
        referral=str(referral.pk),
        office=referral.office.name,
    )


@transaction.atomic
def answer_referral(
    referral: Referral, kind: Kind, state: str, *, by: User, at: datetime, **fields: Any
) -> None:
    """The office's answer: accepted, returned, declined or redirected. Raises: NotRunning."""
    case = _running(referral)
    referral.state, referral.answer, referral.answered_at = state, state, at
    if state in (ReferralState.DECLINED, ReferralState.REDIRECTED):
        referral.ended_at = at
    for name, value in fields.items():
        setattr(referral, name, value)
    referral.save()
    told = {
        name: value
        for name, value in fields.items()
        if name in ("own_number", "reason_code", "reason", "missing")
    }
    record(
        case, kind, by=by, at=at, referral=str(referral.pk), office=referral.office.name, **told
    )


@transaction.atomic
def progress(referral: Referral, *, words: str, on: date, by: User, at: datetime) -> None:
    """What the office reports on the way, in plain words."""
    record(
        _running(referral),
        Kind.REFERRAL_PROGRESSED,
        by=by,
        at=at,
        referral=str(referral.pk),
        words=words,
        on=on,
    )


@transaction.atomic
def give_result(
    referral: Referral, *, result: str, words: str, on: date, by: User, at: datetime
) -> None:
    """The office's result: the referral ends."""
    case = _running(referral)
    referral.state, referral.result, referral.result_text = ReferralState.RESULT, result, words
    referral.result_on, referral.ended_at = on, at
    referral.save()
    record(
        case,
        Kind.REFERRAL_RESULT,
        by=by,
        at=at,
        referral=str(referral.pk),
        office=referral.office.name,
        result=result,
        words=words,
    )


@transaction.atomic
def supplement(referral: Referral, *, words: str, by: User, at: datetime) -> Pack:
    """What was missing goes out as a new pack, if the worker still agrees.

    Raises: NotRunning, NoConsent.
    """
    case = _running(referral)
    if standing_consent(case, referral.agency) is None and not referral.ground:
        raise NoConsent
    referral.state = ReferralState.SIGNED
    referral.save(update_fields=["state"])
    pack = freeze_pack(referral, at=at)
    record(
        case,
        Kind.REFERRAL_SUPPLEMENTED,
        by=by,
        at=at,
        referral=str(referral.pk),
        words=words,
        pack=pack.sha256,
    )
    told = outbox.pack_of(pack)
    outbox.tell_of(referral, "supplemented", at=at, words=words, pack=told)
    return pack


@transaction.atomic
def end_unsent(referral: Referral, *, by: User, at: datetime) -> None:
    """The worker does not want it: nothing left the house."""
    case = lock_case(referral.case_id)
    referral.state, referral.ended_at = ReferralState.WITHDRAWN, at
    referral.save(update_fields=["state", "ended_at"])
    record(
        case,
        Kind.REFERRAL_WITHDRAWN,
        by=by,
        at=at,
        referral=str(referral.pk),
        reason=_("no consent"),
    )


@transaction.atomic
def withdraw_referral(referral: Referral, *, reason: str, by: User, at: datetime) -> None:
    """Taken back on the worker's wish. Raises: NotRunning."""
    case = _running(referral)
    referral.state, referral.ended_at, referral.reason = ReferralState.WITHDRAWN, at, reason
    referral.save(update_fields=["state", "ended_at", "reason"])
    record(
        case, Kind.REFERRAL_WITHDRAWN, by=by, at=at, referral=str(referral.pk), reason=reason
    )
    outbox.tell_of(referral, "withdrawn", at=at, reason=reason)


@transaction.atomic
def decide(referral: Referral, *, decision: str, words: str, by: User, at: datetime) -> None:
    """What the case manager makes of the answer."""
    case = lock_case(referral.case_id)
    referral.decision = decision
    referral.save(update_fields=["decision"])
    record(
        case,
        Kind.REFERRAL_DECIDED,
        by=by,
        at=at,
        referral=str(referral.pk),
        decision=decision,
        words=words,
    )


def _running(referral: Referral) -> Case:
    case = lock_case(referral.case_id)
    referral.refresh_from_db()
    if referral.state not in RUNNING:
        raise NotRunning
    return case
