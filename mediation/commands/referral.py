"""Referral: what sending, signing, answering and deciding mean for the file and its clocks."""

from datetime import date, datetime
from typing import Any

from casework import clock, registry
from casework.commands import consent as consents
from casework.commands import referral as file
from casework.commands.deadlines import (
    meet_rule,
    pause_deadline,
    resume_deadline,
    set_deadline,
    void_rule,
)
from casework.events import Kind, record
from casework.models import Case, Deadline, DeadlineState, Referral, ReferralState, Side, User
from casework.queries.calendar import current
from casework.queries.rulebook import catalogue_of, rule_of
from casework.rules.deadlines import due
from documents.issue import issue
from mediation.engine.clocks import mirror
from mediation.models import Process

SIGN, ANSWER, SUPPLY = "P-11", "P-10", "P-12"
LETTER = "渝工转"
# The procedure of the receiving office: what starts when it is sent, and when it is accepted.
ON_SENDING = {"LABOUR_INSPECTION": ("I-02",)}
ON_ACCEPTING = {"LABOUR_INSPECTION": ("I-03", "I-03x")}


def refer(
    case: Case,
    *,
    matter: str,
    asked: str,
    side_track: bool,
    ground: str,
    by: User,
    at: datetime,
) -> Referral:
    """Prepare a referral; it is sent at once if the worker agreed, or an emergency ground is given."""
    made = file.prepare_referral(
        case, matter=matter, asked=asked, side_track=side_track, ground=ground, by=by, at=at
    )
    if made.consent_id or ground:
        send(made, by=by, at=at)
    return made


def send(referral: Referral, *, by: User, at: datetime) -> None:
    """Number, pack, letter and the clock of signing for it."""
    case, on = referral.case, clock.day(at)
    number = registry.letter_number(LETTER, on, case.district)
    file.send_referral(referral, number=number, by=by, at=at)
    signed = set_deadline(
        case, SIGN, start=on, start_event="referral_sent", referral=referral, by=by, at=at
    )
    for rule in ON_SENDING.get(referral.matter, ()):
        set_deadline(
            case,
            rule,
            start=on,
            start_event="complaint_received",
            referral=referral,
            by=by,
            at=at,
        )
    if referral.consent_id:
        issue("D05", case=case, subject_id=referral.consent_id, by=by, at=at)
    reply = due(
        ANSWER,
        signed.due,
        calendar=current(),
        catalogue=catalogue_of(case),
        length=_answer_days(case),
    )
    words = f"自签收之日起{reply.length}个工作日"
    issue(
        "D03",
        case=case,
        subject_id=referral.pk,
        by=by,
        at=at,
        reply_by=reply.due,
        reply_days=words,
    )


def give_consent(referral: Referral, *, given: bool, how: str, by: User, at: datetime) -> None:
    """The worker was asked: with consent it is sent, without nothing leaves."""
    if not given:
        file.end_unsent(referral, by=by, at=at)
        return
    agency = referral.agency
    worker = referral.case.parties.filter(side=Side.WORKER, left_on__isnull=True).first()
    consents.give_consent(
        referral.case, purpose="share", agency=agency, party=worker,
        kinds=agency.visible_fields, how=how, by=by, at=at,
    )  # fmt: skip
    send(referral, by=by, at=at)


def sign(referral: Referral, *, by: User, at: datetime) -> None:
    """Signed for: the clock of the answer starts; 3 working days for a group, 1 in an emergency."""
    case = referral.case
    file.sign_for(referral, by=by, at=at)
    meet_rule(case, SIGN, by=by, at=at, referral=referral)
    set_deadline(
        case,
        ANSWER,
        start=clock.day(at),
        start_event="signed_for",
        length=_answer_days(case),
        referral=referral,
        by=by,
        at=at,
    )


def _answer_days(case: Case) -> int | None:
    """Working days to answer by the case's own book: shorter in an emergency or for a group."""
    variants = rule_of(case, ANSWER, clock.day(case.opened_at)).variants
    if "EMERGENCY" in case.classes:
        return variants["emergency"]
    return variants["collective"] if case.is_collective else None


def accept(
    referral: Referral,
    *,
    own_number: str,
    handler: str,
    expected_on: date | None,
    by: User,
    at: datetime,
) -> None:
    """The office takes it on: its own procedure's clocks start."""
    file.answer_referral(referral, Kind.REFERRAL_ACCEPTED, ReferralState.ACCEPTED, by=by, at=at,
                         own_number=own_number, handler=handler, expected_on=expected_on)  # fmt: skip
    meet_rule(referral.case, ANSWER, by=by, at=at, referral=referral)
    for rule in ON_SENDING.get(referral.matter, ()):
        meet_rule(referral.case, rule, by=by, at=at, referral=referral)
    for rule in ON_ACCEPTING.get(referral.matter, ()):
        set_deadline(
            referral.case,
            rule,
            start=clock.day(at),
            start_event="inspection_filed",
            referral=referral,
            by=by,
            at=at,
        )
    _receipt(referral, by, at)


def give_back(referral: Referral, *, missing: list[str], by: User, at: datetime) -> None:
    """Returned once and in full: this referral's clock stops, the worker's never does."""
    file.answer_referral(
        referral, Kind.REFERRAL_RETURNED, ReferralState.RETURNED, by=by, at=at, missing=missing
    )
    for row in _answer_clock(referral):
        pause_deadline(
            row,
            ground="returned for material",
            second_person=str(referral.office),
            by=by,
            at=at,
        )
    set_deadline(
        referral.case,
        SUPPLY,
        start=clock.day(at),
        start_event="returned_for_material",
        referral=referral,
        by=by,
        at=at,
    )
    _receipt(referral, by, at)


def supply(referral: Referral, *, words: str, by: User, at: datetime) -> None:
    """The material is there: a new pack, and the clock of the answer goes on."""
    file.supplement(referral, words=words, by=by, at=at)
    meet_rule(referral.case, SUPPLY, by=by, at=at, referral=referral)
    for row in _answer_clock(referral, DeadlineState.PAUSED):
        resume_deadline(row, by=by, at=at)
    mirror(referral.case_id)


def decline(
    referral: Referral, *, reason_code: str, reason: str, by: User, at: datetime
) -> None:
    """The office does not take it, and says why."""
    file.answer_referral(
        referral,
        Kind.REFERRAL_DECLINED,
        ReferralState.DECLINED,
        by=by,
        at=at,
        reason_code=reason_code,
        reason=reason,
    )
    _end_clocks(referral, by, at)
    _receipt(referral, by, at)


def redirect(
    referral: Referral, *, matter: str, reason: str, by: User, at: datetime
) -> Referral:
    """The office names who should take it: a new referral with its history. Raises: TooManyHops."""
    made = file.prepare_referral(
        referral.case, matter=matter, asked=referral.asked, side_track=referral.side_track,
        ground="", came_from=referral, by=by, at=at,
    )  # fmt: skip
    file.answer_referral(
        referral,
        Kind.REFERRAL_REDIRECTED,
        ReferralState.REDIRECTED,
        by=by,
        at=at,
        reason=reason,
    )
    _end_clocks(referral, by, at)
    if made.consent_id or made.ground:
        send(made, by=by, at=at)
    _receipt(referral, by, at)
    return made


def send_elsewhere(
    referral: Referral, *, matter: str, words: str, by: User, at: datetime
) -> None:
    """The case manager's decision after a refusal: try another office."""
    file.decide(referral, decision="ELSEWHERE", words=words, by=by, at=at)
    made = file.prepare_referral(
        referral.case, matter=matter, asked=referral.asked, side_track=referral.side_track,
        ground="", came_from=referral, by=by, at=at,
    )  # fmt: skip
    if made.consent_id or made.ground:
        send(made, by=by, at=at)


def result(
    referral: Referral, *, code: str, words: str, on: date, by: User, at: datetime
) -> None:
    """The office's result: its clocks end."""
    file.give_result(referral, result=code, words=words, on=on, by=by, at=at)
    _end_clocks(referral, by, at)


def withdraw(referral: Referral, *, reason: str, by: User, at: datetime) -> None:
    """Taken back on the worker's wish: its process and its clocks stop."""
    from mediation.engine.run import cancel_process

    file.withdraw_referral(referral, reason=reason, by=by, at=at)
    _end_clocks(referral, by, at)
    for process in Process.objects.filter(referral=referral, finished__isnull=True):
        cancel_process(process)


def redirected(activation: Any) -> None:
    """Start the process of the referral that came out of this one."""
    from mediation.engine.registry import flow_named

    made = Referral.objects.filter(came_from=activation.process.referral).latest("id")
    answer = "SENT" if made.sent_at else "ASK"
    flow_named("referral").begin.run(case=activation.process.case, referral=made, answer=answer)


def overdue(activation: Any) -> None:
    """The office did not answer in time: written down, and shown to the case manager."""
    record(activation.process.case, Kind.ESCALATED, by=None, at=clock.now(),
           referral=str(activation.process.referral_id), rule=ANSWER)  # fmt: skip


def office_of(process: Process) -> int | None:
    """The office whose people do the liaison's steps."""
    referral: Referral | None = process.referral
    return referral.office_id if referral else None


def _answer_clock(referral: Referral, state: str = DeadlineState.OPEN) -> list[Deadline]:
    return list(Deadline.objects.filter(referral=referral, rule=ANSWER, state=state))


def _end_clocks(referral: Referral, by: User, at: datetime) -> None:
    """What waited for this office has ended with it."""
    rows = Deadline.objects.filter(
        referral=referral, state__in=[DeadlineState.OPEN, DeadlineState.PAUSED]
    )
    for rule in dict.fromkeys(rows.values_list("rule", flat=True)):
        if rule in (SIGN, SUPPLY):
            void_rule(
                referral.case, rule, by=by, at=at, ground="referral ended", referral=referral
            )
        else:
            meet_rule(referral.case, rule, by=by, at=at, referral=referral)


def _receipt(referral: Referral, by: User, at: datetime) -> None:
    """The reply slip as a paper (D04)."""
    issue("D04", case=referral.case, subject_id=referral.pk, by=by, at=at)
