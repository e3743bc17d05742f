"""The ledger: past-tense kinds, one way to write, one way to verify. Nothing happens because of a row."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.ids import new_id
from casework.models import Case, Event, User
from casework.together import known, later, read, remember, write_waiting


class Kind(models.TextChoices):
    """What can have happened to a case. Stored in rows: rename only with a data migration."""

    # intake
    CALL_RECORDED = "call.recorded", _("call recorded")
    CALLER_SEALED = "caller.sealed", _("caller put under seal")
    CALL_CORRECTED = "call.corrected", _("call record corrected")
    CASE_TRIAGED = "case.triaged", _("triaged")
    TICKET_DISPATCHED = "ticket.dispatched", _("ticket dispatched")
    TICKET_SIGNED = "ticket.signed", _("ticket signed for by the district")
    TICKET_OBJECTED = "ticket.objected", _("objection to the ticket")
    ADVICE_GIVEN = "advice.given", _("advice given")
    EMERGENCY_DISPATCHED = "emergency.dispatched", _("emergency response dispatched")
    EMERGENCY_ENDED = "emergency.ended", _("emergency ended")
    APPLICATION_RECEIVED = "application.received", _("application received")
    MATERIALS_ASKED = "materials.asked", _("materials asked for")
    MATERIALS_SUPPLIED = "materials.supplied", _("materials supplied")
    CASE_ACCEPTED = "case.accepted", _("accepted")
    CASE_REFUSED = "case.refused", _("refused")
    SUPERVISION_BEGUN = "supervision.begun", _("supervision begun")
    CASES_LINKED = "cases.linked", _("linked with another case")
    CASES_MERGED = "cases.merged", _("merged")
    GROUP_DENIED = "group.denied", _("looked at: no group")
    GROUP_DENIAL_TAKEN_BACK = "group.denial_taken_back", _("looked at again: possibly a group")
    CASES_PARTED = "cases.parted", _("taken back from another case")
    # people of the case
    PARTY_ADDED = "party.added", _("party added")
    PARTY_CORRECTED = "party.corrected", _("party corrected")
    PARTY_LEFT = "party.left", _("party left the case")
    LIST_READ = "list.read", _("list of workers read")
    LIST_DISCARDED = "list.discarded", _("list of workers put aside")
    MEMBERS_ADDED = "members.added", _("workers of a list added")
    REPRESENTATIVES_ELECTED = "representatives.elected", _("representatives elected")
    SETTLEMENT_ANSWERED = "settlement.answered", _("workers answered to the settlement")
    CASE_SPLIT = "case.split", _("split off to a case of its own")
    SPLIT_UNDONE = "case.split_undone", _("splitting off taken back")
    PERSON_RECORDED = "person.recorded", _("person recorded")
    PERSON_CORRECTED = "person.corrected", _("person corrected")
    EMPLOYER_RECORDED = "employer.recorded", _("employer recorded")
    EMPLOYER_CORRECTED = "employer.corrected", _("employer corrected")
    CLAIM_ADDED = "claim.added", _("claim added")
    CLAIM_CORRECTED = "claim.corrected", _("claim corrected")
    CLAIM_VOIDED = "claim.voided", _("claim withdrawn")
    CLAIM_ESTIMATED = "claim.estimated", _("sum of a claim worked out")
    CLAIM_DECIDED = "claim.decided", _("outcome of a claim set")
    MEDIATION_AGREED_TO = "mediation.agreed_to", _("answer to mediation recorded")
    CONSENT_GIVEN = "consent.given", _("consent given")
    CONSENT_WITHDRAWN = "consent.withdrawn", _("consent withdrawn")
    SEAL_OPENED = "seal.opened", _("seal of an anonymous caller opened")
    IDENTITY_REVEALED = "identity.revealed", _("protected field looked at")
    TRACKING_CODE_MADE = "tracking.made", _("tracking code made")
    TRACKING_CODE_VOIDED = "tracking.voided", _("tracking code voided")
    UPLOAD_LINK_MADE = "upload_link.made", _("link for photographs made")
    UPLOAD_LINK_ENDED = "upload_link.ended", _("link for photographs ended")
    CALL_BACK_PROMISED = "call_back.promised", _("call back promised")
    CALL_BACK_SETTLED = "call_back.settled", _("outcome of a promised call")
    CONTACT_TRIED = "contact.tried", _("contact tried")
    WORK_PUT_OFF = "work.put_off", _("step put off")
    WORK_TAKEN_UP = "work.taken_up", _("step taken up again")
    # referral
    REFERRAL_PREPARED = "referral.prepared", _("referral prepared")
    REFERRAL_SENT = "referral.sent", _("referral sent")
    REFERRAL_SIGNED = "referral.signed", _("referral signed for")
    REFERRAL_ON_PAPER = "referral.on_paper", _("answer on paper recorded")
    REFERRAL_ON_FILE = "referral.on_file", _("pack handed to a platform as a file")
    REFERRAL_ACCEPTED = "referral.accepted", _("referral accepted")
    REFERRAL_RETURNED = "referral.returned", _("referral returned for material")
    REFERRAL_SUPPLEMENTED = "referral.supplemented", _("referral supplemented")
    REFERRAL_DECLINED = "referral.declined", _("referral declined")
    REFERRAL_REDIRECTED = "referral.redirected", _("referral redirected")
    REFERRAL_PROGRESSED = "referral.progressed", _("progress of the referral reported")
    REFERRAL_RESULT = "referral.result", _("result of the referral given")
    REFERRAL_DECIDED = "referral.decided", _("decided about the referral")
    REFERRAL_WITHDRAWN = "referral.withdrawn", _("referral withdrawn")
    REFERRAL_FORWARDED = "referral.forwarded", _("referral forwarded inside the office")
    REFERRAL_LAPSED = "referral.lapsed", _("referral lapsed")
    # a matter from outside
    INBOUND_RECEIVED = "inbound.received", _("matter from outside received")
    INBOUND_SIGNED = "inbound.signed", _("matter from outside signed for")
    INBOUND_ACCEPTED = "inbound.accepted", _("matter from outside taken on")
    INBOUND_RETURNED = "inbound.returned", _("matter from outside returned for material")
    INBOUND_SUPPLEMENTED = "inbound.supplemented", _("matter from outside supplemented")
    INBOUND_DECLINED = "inbound.declined", _("matter from outside declined")
    INBOUND_REDIRECTED = "inbound.redirected", _("matter from outside passed to another body")
    INBOUND_ONLINE = "inbound.online", _("both sides agreed to mediate online")
    INBOUND_PROGRESSED = "inbound.progressed", _("progress told to the source")
    EXCHANGE_SETTLED = "exchange.settled", _("event between systems settled by a person")
    INBOUND_WITHDRAWN = "inbound.withdrawn", _("matter taken back by its source")
    CONSULTATION_OPENED = "consultation.opened", _("joint consultation opened")
    OPINION_GIVEN = "opinion.given", _("opinion given under seal")
    CONSULTATION_CLOSED = "consultation.closed", _("joint consultation closed")
    # mediation
    MEDIATOR_APPOINTED = "mediator.appointed", _("mediator appointed")
    MEDIATOR_RECUSED = "mediator.recused", _("mediator recused")
    RECUSAL_ASKED = "recusal.asked", _("another mediator asked for")
    RECUSAL_REFUSED = "recusal.refused", _("the mediator stays")
    TIE_DECLARED = "tie.declared", _("relation disclosed")
    MANAGER_APPOINTED = "manager.appointed", _("case manager appointed")
    NOTICE_SERVED = "notice.served", _("notice served")
    SERVICE_RECORDED = "service.recorded", _("service recorded")
    SERVICE_TRIED = "service.tried", _("service tried, not delivered")
    SERVICE_VOIDED = "service.voided", _("service voided")
    TIMES_OFFERED = "times.offered", _("times for a session offered to the worker")
    TIME_CHOSEN = "time.chosen", _("worker chose a time")
    SESSION_PLANNED = "session.planned", _("session planned")
    SESSION_HELD = "session.held", _("session held")
    SESSION_CANCELLED = "session.cancelled", _("session cancelled")
    SESSION_CORRECTED = "session.corrected", _("session record corrected")
    NOTE_WRITTEN = "note.written", _("note written")
    OFFER_SEALED = "offer.sealed", _("sealed offer put in")
    OFFERS_APART = "offers.apart", _("sealed offers do not overlap")
    OFFERS_OPENED = "offers.opened", _("sealed offers overlap and were opened")
    RIGHT_OPENED = "right.opened", _("right to arbitrate opened")
    EXTENSION_AGREED = "extension.agreed", _("extension agreed")
    CASE_SETTLED = "case.settled", _("settled")
    CASE_PARTLY_SETTLED = "case.partly_settled", _("partly settled")
    MEDIATION_FAILED = "mediation.failed", _("mediation failed")
    CASE_WITHDRAWN = "case.withdrawn", _("withdrawn")
    # agreement
    AGREEMENT_DRAFTED = "agreement.drafted", _("agreement drafted")
    AGREEMENT_CHANGED = "agreement.changed", _("agreement changed")
    AGREEMENT_READY = "agreement.ready", _("agreement ready to sign")
    AGREEMENT_READ_OVER = "agreement.read_over", _("agreement read over")
    AGREEMENT_SIGNED = "agreement.signed", _("agreement signed")
    AGREEMENT_SEALED = "agreement.sealed", _("agreement sealed")
    AGREEMENT_IN_FORCE = "agreement.in_force", _("agreement in force")
    AGREEMENT_SUPERSEDED = "agreement.superseded", _("agreement superseded")
    CONFIRMATION_ASKED = "confirmation.asked", _("confirmation asked for")
    CONFIRMATION_DECIDED = "confirmation.decided", _("confirmation decided")
    # performance
    INSTALMENT_DUE = "instalment.due", _("instalment due")
    INSTALMENT_PAID = "instalment.paid", _("instalment paid")
    INSTALMENT_LATE = "instalment.late", _("instalment late")
    INSTALMENT_DUNNED = "instalment.dunned", _("dunning letter sent")
    INSTALMENT_DEFAULTED = "instalment.defaulted", _("instalment defaulted")
    INSTALMENT_ACCELERATED = "instalment.accelerated", _("all instalments made due")
    INSTALMENT_WAIVED = "instalment.waived", _("instalment waived")
    PAYMENT_RECORDED = "payment.recorded", _("payment recorded")
    PAYMENT_CORRECTED = "payment.corrected", _("payment corrected")
    PAYMENT_VOIDED = "payment.voided", _("payment voided")
    DEFAULT_DECIDED = "default.decided", _("decided about the default")
    AGREEMENT_PERFORMED = "agreement.performed", _("agreement performed")
    PROCEEDING_FOLLOWED = "proceeding.followed", _("proceeding followed")
    AFTERCARE_BEGUN = "aftercare.begun", _("aftercare begun")
    # supervision letters
    LETTER_PROPOSED = "letter.proposed", _("supervision letter proposed")
    LETTER_GIVEN_BACK = "letter.given_back", _("supervision letter given back")
    LETTER_SENT = "letter.sent", _("supervision letter sent")
    LETTER_ANSWERED = "letter.answered", _("supervision letter answered")
    LETTER_UNANSWERED = "letter.unanswered", _("supervision letter not answered in time")
    # the three teams
    CLUE_PASSED_ON = "clue.passed_on", _("problem passed on by a team")
    CLUE_ANSWERED = "clue.answered", _("answered to the team")
    # bargaining, and notices to the union
    BARGAIN_OFFERED = "bargain.offered", _("bargaining offered")
    BARGAIN_WENT_ON = "bargain.went_on", _("bargaining went on")
    UNION_TOLD = "union.told", _("notice to the union received")
    UNION_OPINED = "union.opined", _("the union gave its opinion")
    UNION_GOT_ANSWER = "union.got_answer", _("written answer to the union received")
    # legal-service subsidy
    VOUCHER_GRANTED = "voucher.granted", _("legal-service voucher granted")
    SUBSIDY_CLAIMED = "subsidy.claimed", _("legal-service subsidy claimed")
    SUBSIDY_GIVEN_BACK = "subsidy.given_back", _("claim of the subsidy given back")
    SUBSIDY_SETTLED = "subsidy.settled", _("legal-service subsidy settled")
    SUBSIDY_REFUSED = "subsidy.refused", _("legal-service voucher ended unpaid")
    SUBSIDY_PAID = "subsidy.paid", _("legal-service subsidy paid out")
    # hardship
    HARDSHIP_WARNED = "hardship.warned", _("warning of hardship")
    HARDSHIP_TAKEN_BACK = "hardship.taken_back", _("warning of hardship taken back")
    HARDSHIP_ENDED = "hardship.ended", _("warning of hardship ended")
    # hazards
    HAZARD_FOUND = "hazard.found", _("hazard found")
    HAZARD_PHOTOGRAPHED = "hazard.photographed", _("photograph of a hazard kept")
    HAZARD_RECHECKED = "hazard.rechecked", _("hazard looked at again")
    HAZARD_EXTENDED = "hazard.extended", _("another day set for a hazard")
    HAZARD_LATE = "hazard.late", _("hazard not mended in time")
    NEW_FORM_SORTED = "new_form.sorted", _("new employment form sorted out")
    PARTNER_INVITED = "partner.invited", _("partner union asked to join a session")
    PARTNER_ANSWERED = "partner.answered", _("partner union answered about a session")
    HAZARD_MENDED = "hazard.mended", _("hazard mended with the authority")
    HAZARD_PASSED_ON = "hazard.passed_on", _("hazard passed on to the authority")
    # closing
    CLOSING_REPORTED = "closing.reported", _("closing report written")
    CASE_CLOSED = "case.closed", _("closed")
    CASE_VISITED = "case.visited", _("return visit made")
    REOPENING_ASKED = "reopening.asked", _("opening again asked for")
    CASE_REOPENED = "case.reopened", _("reopened")
    CASE_ARCHIVED = "case.archived", _("archived")
    HOLD_PLACED = "hold.placed", _("legal hold placed")
    HOLD_LIFTED = "hold.lifted", _("legal hold lifted")
    KEPT_LONGER = "file.kept_longer", _("file kept longer")
    FILE_HANDED = "file.handed", _("file handed to the archive")
    DESTRUCTION_ASKED = "destruction.asked", _("destruction of the file asked for")
    DESTRUCTION_REFUSED = "destruction.refused", _("destruction of the file refused")
    FILE_DESTROYED = "file.destroyed", _("file destroyed")
    RESULT_SENT_BACK = "result.sent_back", _("result sent back to the source")
    # clocks
    DEADLINE_SET = "deadline.set", _("deadline set")
    DEADLINE_MET = "deadline.met", _("deadline met")
    DEADLINE_MISSED = "deadline.missed", _("deadline missed")
    DEADLINE_LAPSED = "deadline.lapsed", _("period ended unused")
    DEADLINE_SUPERSEDED = "deadline.superseded", _("deadline superseded")
    DEADLINE_PAUSED = "deadline.paused", _("deadline paused")
    DEADLINE_RESUMED = "deadline.resumed", _("deadline resumed")
    DEADLINE_RECOUNTED = (
        "deadline.recounted",
        _("deadline counted anew after a calendar was loaded"),
    )
    DEADLINE_VOIDED = "deadline.voided", _("deadline voided")
    LONGER_ASKED = "deadline.longer_asked", _("extension of a deadline asked for")
    LONGER_REFUSED = "deadline.longer_refused", _("extension of a deadline refused")
    LONGER_TAKEN_BACK = "deadline.longer_taken_back", _("request for an extension taken back")
    LIMITATION_RECORDED = "limitation.recorded", _("fact of limitation recorded")
    LIMITATION_VOIDED = "limitation.voided", _("fact of limitation voided")
    REMINDER_SENT = "reminder.sent", _("reminder sent")
    ESCALATED = "case.escalated", _("escalated")
    ORDER_GIVEN = "order.given", _("supervision order given")
    ORDER_ANSWERED = "order.answered", _("supervision order answered")
    ORDER_ACCEPTED = "order.accepted", _("answer to a supervision order accepted")
    ORDER_RETURNED = "order.returned", _("answer to a supervision order given back")
    ORDER_LATE = "order.late", _("supervision order not answered in time")
    ORDER_ENDED = "order.ended", _("supervision order ended without an accepted answer")
    # papers and messages
    PAPER_ISSUED = "paper.issued", _("paper issued")
    PAPER_VOIDED = "paper.voided", _("paper voided")
    PAPER_EMPTIED = "paper.emptied", _("contents of an old edition taken out")
    MESSAGE_QUEUED = "message.queued", _("message sent")
    # from the worker, through the tracking code
    EVIDENCE_RECEIVED = "evidence.received", _("file handed in by the worker")
    EVIDENCE_SHOWN = "evidence.shown", _("evidence shown to a side")
    EVIDENCE_VIEWED = "evidence.viewed", _("evidence looked at")
    EVIDENCE_TAKEN_BACK = "evidence.taken_back", _("file taken back by the worker")
    PAYMENT_CONFIRMED = "payment.confirmed", _("worker confirms the money")
    WORKER_SPOKE = "worker.spoke", _("the worker says something")
    WORKER_ANSWERED = "worker.answered", _("answered to the worker")
    DATA_TAKEN = "data.taken", _("worker took the own data along")
    RECORD_CORRECTED = "record.corrected", _("record corrected")


# What reads the ledger or its head, as statements name it.
LEDGER = ("casework_event", "chain_", "append_event")


class NotWritable(TypeError):
    """An event's payload holds text, numbers, dates and sums only."""


def record(
    case: Case,
    kind: Kind,
    *,
    by: User | str | None,
    at: datetime,
    sealed: bool = False,
    **payload: Any,
) -> Event:
    """Write one event into the case's ledger, under the case's context.

    `by`: a person, None for the system, or the name of somebody outside. The payload never holds an
    identity number or a full telephone number. Raises: NotWritable.
    """
    user = by if isinstance(by, User) else None
    event = Event(
        id=new_id(), case=case, kind=kind, at=at, recorded_at=clock.now(), sealed=sealed,
        by_id=user.pk if user else None, by_name=str(by or ""),
        by_role=user.role if user else "", payload=plain(payload),
    )  # fmt: skip
    later("events", LEDGER, event, _append)
    return event


def head_of(case_id: int) -> bytes:
    """The hash of the newest event of a case's ledger: of this act's own last one, if it wrote any."""
    write_waiting("events")
    return read(("no table",), ("head", case_id), lambda: _stored_head(case_id))


def _stored_head(case_id: int) -> bytes:
    """Nobody else writes to the ledger of a case that this act holds: its locked row knows the head."""
    locked = known(("casework_case",), ("lock", case_id))
    if locked is not None:
        return bytes(locked.chain_head)
    return bytes(Case.objects.values_list("chain_head", flat=True).get(pk=case_id))


def verify(case_id: int) -> list[str]:
    """What is wrong with the chain of a case: empty if nothing is. Works in any context."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain_problems(%s)", [case_id])
        return [row[0] for row in cursor.fetchall()]


def plain(value: Any) -> Any:
    """A value as JSON can hold it: sums and dates as text. Raises: NotWritable."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    raise NotWritable(type(value).__name__)


def _append(events: list[Event]) -> None:
    """Append events in their order, in one statement; each learns its number and its hash."""
    row = "(%s::bigint,%s::bigint,%s,%s::timestamptz,%s::timestamptz,%s::bigint,%s,%s,%s::boolean,%s::jsonb)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, new.new_seq, new.new_hash FROM (VALUES {','.join([row] * len(events))}"  # noqa: S608
            ") AS e (id, kase, kind, at, recorded, by_id, by_name, by_role, sealed, payload),"
            " LATERAL append_event(id, kase, kind, at, recorded, by_id, by_name, by_role, sealed,"
            " payload) AS new",
            [value for event in events for value in _values(event)],
        )
        found = {number: (seq, digest) for number, seq, digest in cursor.fetchall()}
    for event in events:
        seq, digest = found[event.pk]
        event.seq, event.hash = seq, bytes(digest)
        event.case.chain_seq, event.case.chain_head = event.seq, event.hash
        remember(("no table",), ("head", event.case_id), event.hash)


def _values(event: Event) -> list[Any]:
    return [
        event.pk, event.case_id, str(event.kind), event.at, event.recorded_at, event.by_id,
        event.by_name, event.by_role, event.sealed, json.dumps(event.payload, ensure_ascii=False),
    ]  # fmt: skip
