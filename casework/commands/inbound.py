"""A matter that came from outside: registered, signed for, answered, worked on, and its result given back."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.exchange.outbox import tell
from casework.models import Agency, Case, Inbound, Office, ReferralState, Strand, User

SENT, SIGNED, RETURNED = ReferralState.SENT, ReferralState.SIGNED, ReferralState.RETURNED
TAKEN_BACK = (ReferralState.WITHDRAWN, ReferralState.LAPSED)
OF_THE_COURT = ("APPOINTED", "ENTRUSTED")


class CameBefore(CommandRefused):
    """This body has sent this matter under this number before: look at the case that it became."""


class NotInTurn(CommandRefused):
    """The matter does not stand where this could happen."""


class ReturnedBefore(CommandRefused):
    """Material is asked for once, and in full: accept or decline now."""


@transaction.atomic
def register(
    case: Case,
    *,
    agency: Agency,
    office: Office | None,
    number: str,
    by: User,
    at: datetime,
    **fields: Any,
) -> Inbound:
    """A matter from outside on the desk, under its sender's number. Raises: CameBefore."""
    lock_case(case.pk)
    try:
        with (
            transaction.atomic()
        ):  # the one that came before is another case's: only the index sees it
            made = Inbound.objects.create(
                case=case, agency=agency, office=office, number=number, received_at=at, **fields
            )
    except IntegrityError as error:
        raise CameBefore(field="number") from error
    record(
        case, Kind.INBOUND_RECEIVED, by=by, at=at, inbound=str(made.pk), agency=agency.code,
        number=number, matter=made.matter, procedure=made.procedure,
    )  # fmt: skip
    return made


@transaction.atomic
def sign(inbound: Inbound, *, by: User, at: datetime) -> None:
    """The union has it; the receipt names the pack that was signed for. Raises: NotInTurn."""
    case = _standing(inbound, SENT)
    inbound.state, inbound.signed_at, inbound.signed_by = SIGNED, at, by
    inbound.save(update_fields=["state", "signed_at", "signed_by"])
    record(case, Kind.INBOUND_SIGNED, by=by, at=at, inbound=str(inbound.pk))
    pack = str(inbound.terms.get("sha256", ""))
    seal = hashlib.sha256(f"{pack}:{inbound.pk}:{at.isoformat()}".encode()).hexdigest()
    _tell(inbound, "signed", at=at, pack=pack, receipt=seal, case=case.ticket_no)


@transaction.atomic
def accept(
    inbound: Inbound, *, handler: str, expected_on: date | None, by: User, at: datetime
) -> None:
    """The union takes it on, under its own number beside the sender's. Raises: NotInTurn."""
    case = _standing(inbound, SIGNED)
    inbound.state, inbound.answered_at = ReferralState.ACCEPTED, at
    inbound.handler, inbound.expected_on = handler, expected_on
    inbound.save(update_fields=["state", "answered_at", "handler", "expected_on"])
    record(
        case, Kind.INBOUND_ACCEPTED, by=by, at=at, inbound=str(inbound.pk), handler=handler,
        expected_on=expected_on,
    )  # fmt: skip
    _tell(
        inbound, "accepted", at=at, own_number=case.ticket_no, handler=handler,
        expected_on=expected_on,
    )  # fmt: skip


@transaction.atomic
def give_back(inbound: Inbound, *, missing: list[str], by: User, at: datetime) -> None:
    """Returned for material, once and in full. Raises: NotInTurn, ReturnedBefore."""
    case = _standing(inbound, SIGNED)
    if inbound.missing:
        raise ReturnedBefore(field="missing")
    inbound.state, inbound.missing = RETURNED, missing
    inbound.save(update_fields=["state", "missing"])
    record(case, Kind.INBOUND_RETURNED, by=by, at=at, inbound=str(inbound.pk), missing=missing)
    _tell(inbound, "returned", at=at, missing=missing)


@transaction.atomic
def supply(
    inbound: Inbound, *, words: str, terms: dict[str, Any], by: User, at: datetime
) -> None:
    """What was missing has come from the source, with a new pack. Raises: NotInTurn."""
    case = _standing(inbound, RETURNED)
    inbound.state = SIGNED
    inbound.terms = {**inbound.terms, **terms}
    inbound.save(update_fields=["state", "terms"])
    record(
        case, Kind.INBOUND_SUPPLEMENTED, by=by, at=at, inbound=str(inbound.pk), words=words,
        pack=str(terms.get("sha256", "")),
    )  # fmt: skip


@transaction.atomic
def turn_away(
    inbound: Inbound,
    state: str,
    *,
    reason_code: str,
    reason: str,
    matter: str,
    by: User,
    at: datetime,
) -> None:
    """Declined, or redirected to who should have it (`matter`). Raises: NotInTurn."""
    case = _standing(inbound, SIGNED, RETURNED)
    inbound.state, inbound.answered_at, inbound.ended_at = state, at, at
    inbound.reason_code, inbound.reason = reason_code, reason
    inbound.save(update_fields=["state", "answered_at", "ended_at", "reason_code", "reason"])
    kind = Kind.INBOUND_DECLINED if state == ReferralState.DECLINED else Kind.INBOUND_REDIRECTED
    told: dict[str, Any] = (
        {"reason_code": reason_code} if state == ReferralState.DECLINED else {"matter": matter}
    )
    record(case, kind, by=by, at=at, inbound=str(inbound.pk), reason=reason, **told)
    _tell(inbound, str(state).lower(), at=at, reason=reason, **told)


@transaction.atomic
def agree_online(inbound: Inbound, *, on: date, by: User, at: datetime) -> None:
    """Both sides agreed to mediate online. Raises: NotInTurn."""
    case = _standing(inbound, ReferralState.ACCEPTED)
    inbound.online_agreed_on = on
    inbound.save(update_fields=["online_agreed_on"])
    record(case, Kind.INBOUND_ONLINE, by=by, at=at, inbound=str(inbound.pk), on=on)


@transaction.atomic
def progress(inbound: Inbound, *, words: str, on: date, by: User | None, at: datetime) -> None:
    """How it goes, told to the source in plain words. Raises: NotInTurn."""
    case = _standing(inbound, ReferralState.ACCEPTED)
    record(
        case, Kind.INBOUND_PROGRESSED, by=by, at=at, inbound=str(inbound.pk), words=words, on=on
    )
    _tell(inbound, "progressed", at=at, words=words, on=on)


@transaction.atomic
def give_result(
    inbound: Inbound, *, result: str, words: str, on: date, by: User, at: datetime
) -> None:
    """The result goes back to the source: the matter ends. Raises: NotInTurn."""
    case = _standing(inbound, ReferralState.ACCEPTED)
    inbound.state, inbound.ended_at = ReferralState.RESULT, at
    inbound.result, inbound.result_text, inbound.result_on = result, words, on
    inbound.save(update_fields=["state", "ended_at", "result", "result_text", "result_on"])
    record(
        case, Kind.RESULT_SENT_BACK, by=by, at=at, inbound=str(inbound.pk), number=inbound.number,
        agency=inbound.agency_id, result=result, words=words,
    )  # fmt: skip
    _tell(inbound, "result", at=at, result=result, words=words, on=on)


@transaction.atomic
def take_back(inbound: Inbound, state: str, *, reason: str, by: User, at: datetime) -> None:
    """The source took it back, or let it lapse: nothing more is owed to it. Raises: NotInTurn.

    It could do so only while our last answer had not reached it: when both spoke at once, the one
    whose matter it is has the last word, and our answer stays in the ledger.
    """
    case = lock_case(inbound.case_id)
    inbound.refresh_from_db()
    if inbound.state in TAKEN_BACK:
        raise NotInTurn
    inbound.state, inbound.ended_at, inbound.reason = state, at, reason
    inbound.save(update_fields=["state", "ended_at", "reason"])
    record(case, Kind.INBOUND_WITHDRAWN, by=by, at=at, inbound=str(inbound.pk), reason=reason)


def no_answer(inbound: Inbound, *, by: User, at: datetime) -> None:
    """What was asked for did not come in time: declined for want of content, the way stays open."""
    turn_away(
        inbound, ReferralState.DECLINED, reason_code="CONTENT_UNCLEAR",
        reason=_("the material asked for did not come in time"), matter="", by=by, at=at,
    )  # fmt: skip


def of_court(case: Case) -> Inbound | None:
    """The matter by which a court sent this case for mediation, if one did and it was taken."""
    return Inbound.objects.filter(
        case=case, procedure__in=OF_THE_COURT, state=ReferralState.ACCEPTED
    ).first()


def _standing(inbound: Inbound, *states: str) -> Case:
    case = lock_case(inbound.case_id)
    inbound.refresh_from_db()
    if inbound.state not in states:
        raise NotInTurn
    return case


def _tell(inbound: Inbound, kind: str, *, at: datetime, **data: Any) -> None:
    """To the source's system, if it came from one."""
    strand = Strand.objects.filter(inbound=inbound).first()
    if strand is not None:
        tell(strand, kind, at=at, **data)
