"""Matters from outside: what registering, signing, answering and reporting back mean for the file and its clocks."""

from datetime import date, datetime
from typing import Any

from casework import clock
from casework.commands import case as cases
from casework.commands import claims, inbound, party, people
from casework.commands.closing import close_case
from casework.commands.deadlines import meet_rule, set_deadline, void_rule
from casework.events import Kind, record
from casework.models import (
    Agency,
    Case,
    Inbound,
    Office,
    Procedure,
    ReferralState,
    Side,
    User,
)  # fmt: skip
from casework.queries.rulebook import rule_of
from mediation.commands import court_clocks
from mediation.models import Process

SIGN, ANSWER, SUPPLY = "P-11", "P-10", "P-12"
LIMIT_OF = {Procedure.APPOINTED: "M-06", Procedure.ENTRUSTED: "M-07"}
NOT_BEGUN = (ReferralState.SENT, ReferralState.SIGNED, ReferralState.RETURNED)
DISPUTE = ["DISPUTE"]


def register(
    case: Case,
    *,
    agency: Agency,
    office: Office | None,
    data: dict[str, Any],
    by: User,
    at: datetime,
) -> Inbound:
    """Open a file from what another body sent; its number is kept, its clocks start.

    `data` is cleaned: number, matter, procedure, summary, sent_on, asked, facts, evidence, cause,
    district, names, employers, claims, terms. Raises: CameBefore.
    """
    on = clock.day(at)
    call = {
        "channel": "transfer",
        "facts": data["facts"],
        "evidence": data["evidence"],
        "classes": DISPUTE,
    }
    cases.open_case(
        case, call=call, caller=None, by=by, at=at, on=on, classes=DISPUTE, channel="transfer",
        district=data["district"], source_number=data["number"], main_cause=data["cause"],
        causes=[data["cause"]] if data["cause"] else [], group_size=max(1, len(data["names"])),
        is_collective=data["collective"],
    )  # fmt: skip
    _parties(case, data, by, at)
    made = inbound.register(
        case, agency=agency, office=office, number=data["number"], matter=data["matter"],
        procedure=data["procedure"], summary=data["summary"], asked=data["asked"],
        sent_on=data["sent_on"], terms=data["terms"], by=by, at=at,
    )  # fmt: skip
    set_deadline(case, SIGN, start=on, start_event="referral_received", by=by, at=at)
    if made.procedure in LIMIT_OF:
        court_clocks.sent(made, by=by, at=at)
    return made


def _parties(case: Case, data: dict[str, Any], by: User, at: datetime) -> None:
    workers = []
    for row in data["names"]:
        known = {
            name: row[name]
            for name in ("name", "phone", "identity_number", "address")
            if row.get(name)
        }
        person = people.make_person(case, by=by, at=at, **known)
        workers.append(party.add_party(case, side=Side.WORKER, person=person, by=by, at=at))
    for row in data["employers"]:
        firm = people.make_employer(
            case,
            name=row["name"],
            credit_code=row["credit_code"],
            address=row["address"],
            by=by,
            at=at,
        )
        party.add_party(
            case, side=Side.EMPLOYER, employer=firm, capacity=row["capacity"], by=by, at=at
        )
    for row in data["claims"]:
        claims.add_claim(
            case, code=data["cause"], item=row["item"], amount_yuan=row["amount_yuan"],
            party=workers[0] if len(workers) == 1 else None, by=by, at=at,
        )  # fmt: skip


def sign(row: Inbound, *, by: User, at: datetime) -> None:
    """Signed for: the clock of our answer starts; the court's three days run already."""
    inbound.sign(row, by=by, at=at)
    meet_rule(row.case, SIGN, by=by, at=at, referral=None)
    set_deadline(
        row.case, ANSWER, start=clock.day(at), start_event="signed_for",
        length=_answer_days(row.case), by=by, at=at,
    )  # fmt: skip


def _answer_days(case: Case) -> int | None:
    variants = rule_of(case, ANSWER, clock.day(case.opened_at)).variants
    return variants["collective"] if case.is_collective else None


def accept(
    row: Inbound,
    *,
    handler: str,
    expected_on: date | None,
    by: User,
    at: datetime,
    online_agreed_on: date | None = None,
) -> None:
    """The union takes it on. For a court's matter the term of mediation runs from this day.

    `online_agreed_on`: both sides agreed to mediate online, then or before.
    Source: 《人民法院在线调解规则》第十二条、第二十四条.
    """
    inbound.accept(row, handler=handler, expected_on=expected_on, by=by, at=at)
    case, on = row.case, clock.day(at)
    for rule in (ANSWER, court_clocks.CONFIRM):
        meet_rule(case, rule, by=by, at=at, referral=None)
    case.refresh_from_db()
    cases.triage_case(case, by=by, at=at, on=on, classes=case.classes)
    if row.procedure in LIMIT_OF:
        rule = LIMIT_OF[Procedure(row.procedure)]
        start = "platform_confirmed" if row.procedure == Procedure.APPOINTED else "entrusted"
        variants = rule_of(case, rule, on).variants
        set_deadline(
            case, rule, start=on, start_event=start,
            length=variants["summary"] if row.summary and variants else None, by=by, at=at,
        )  # fmt: skip
        if online_agreed_on is not None:
            court_clocks.agreed_online(row, on=online_agreed_on, by=by, at=at)


def give_back(row: Inbound, *, missing: list[str], by: User, at: datetime) -> None:
    """Asked once and in full; the source has five working days."""
    inbound.give_back(row, missing=missing, by=by, at=at)
    void_rule(row.case, ANSWER, by=by, at=at, ground="returned for material", referral=None)
    set_deadline(
        row.case, SUPPLY, start=clock.day(at), start_event="returned_for_material", by=by, at=at
    )


def supply(row: Inbound, *, words: str, terms: dict[str, Any], by: User, at: datetime) -> None:
    """The material is there: our clock starts anew."""
    inbound.supply(row, words=words, terms=terms, by=by, at=at)
    meet_rule(row.case, SUPPLY, by=by, at=at, referral=None)
    set_deadline(
        row.case, ANSWER, start=clock.day(at), start_event="material_complete",
        length=_answer_days(row.case), by=by, at=at,
    )  # fmt: skip


def turn_away(
    row: Inbound,
    *,
    state: str,
    reason_code: str,
    reason: str,
    matter: str,
    by: User,
    at: datetime,
) -> None:
    """Not ours: told to the source with the reason, and the file ends."""
    inbound.turn_away(
        row, state, reason_code=reason_code, reason=reason, matter=matter, by=by, at=at
    )
    for rule in (ANSWER, court_clocks.CONFIRM, SUPPLY):
        meet_rule(row.case, rule, by=by, at=at, referral=None)
    close_case(row.case, outcome="OUT_OF_SCOPE", words=reason, by=by, at=at)


def lapse(activation: Any) -> None:
    """What was asked for did not come: told to the source, and the file ends."""
    row, at = of_process(activation.process), clock.now()
    by = row.signed_by or row.case.intake_by
    if by is not None:
        inbound.no_answer(row, by=by, at=at)
        close_case(row.case, outcome="OUT_OF_SCOPE", words=row.reason, by=by, at=at)


def overdue(activation: Any) -> None:
    """Nobody signed or answered in time: written down, and shown as late."""
    row = of_process(activation.process)
    rule = SIGN if row.state == ReferralState.SENT else ANSWER
    record(row.case, Kind.ESCALATED, by=None, at=clock.now(), rule=rule)


def give_result(
    row: Inbound, *, result: str, words: str, on: date, by: User, at: datetime
) -> None:
    """The result goes back to the source."""
    inbound.give_result(row, result=result, words=words, on=on, by=by, at=at)


def send_results(case: Case, *, outcome: str, words: str, by: User, at: datetime) -> None:
    """The case is closed: whoever sent it hears the outcome, and its own process ends with it."""
    from mediation.engine.run import cancel_flows

    for row in Inbound.objects.filter(case=case, state=ReferralState.ACCEPTED):
        give_result(row, result=outcome, words=words, on=clock.day(at), by=by, at=at)
    cancel_flows(case, "inbound")


def take_back(row: Inbound, *, state: str, reason: str, by: User, at: datetime) -> None:
    """The source took it back: not begun, the file ends; begun, the people decide with the parties."""
    from mediation.engine.run import cancel_flows

    begun = row.state not in NOT_BEGUN
    inbound.take_back(row, state, reason=reason, by=by, at=at)
    cancel_flows(row.case, "inbound")
    if not begun:
        close_case(row.case, outcome="WITHDRAWN", words=reason, by=by, at=at)


def of_process(process: Process) -> Inbound:
    """The matter that a process is about: the one that its case began with."""
    return (
        Inbound.objects.select_related("case", "agency")
        .filter(case_id=process.case_id)
        .earliest("id")
    )


def progress(
    row: Inbound,
    *,
    words: str,
    on: date,
    by: User,
    at: datetime,
    online_agreed_on: date | None = None,
) -> None:
    """How it goes, told to the source; both sides may have agreed to mediate online meanwhile."""
    inbound.progress(row, words=words, on=on, by=by, at=at)
    if online_agreed_on is not None:
        court_clocks.agreed_online(row, on=online_agreed_on, by=by, at=at)
