"""Bargaining and notices: their cases, their clocks (U-04 to U-10), the offer on paper (D39)."""

from datetime import date, datetime
from typing import Any

from casework import clock
from casework.commands import bargain as file
from casework.commands import case as cases
from casework.commands import party, people
from casework.commands.deadlines import lapse_rule, meet_rule, set_deadline
from casework.events import Kind, record
from casework.models import (
    Bargain,
    BargainState,
    Case,
    District,
    NoticeKind,
    Priority,
    Side,
    UnionNotice,
    User,
)
from documents.issue import issue

CAUSES = {
    "BARGAIN": "G01.04",
    "LAYOFF": "A04.02",
    "DISMISSAL": "A04.02",
    "UNION_RIGHTS": "G01.01",
}
RULES = {
    BargainState.MEETING: ("U-05", "bargaining_meeting"),
    BargainState.SIGNED: ("U-06", "contract_signed"),
    BargainState.FILED: ("U-06b", "contract_filed"),
    BargainState.IN_FORCE: ("U-06c", "contract_effective"),
    BargainState.DISPUTE: ("U-07", "accepted"),
}
TOPICS = {"WAGES": "工资集体协商", "WHOLE": "签订集体合同", "SAFETY": "劳动安全卫生专项集体协商",
          "WOMEN": "女职工权益保护专项集体协商"}  # fmt: skip


def open_for(
    case: Case,
    *,
    what: str,
    firm: str,
    facts: str,
    district: District,
    people_hit: int,
    by: User,
    at: datetime,
) -> None:
    """A file of its own for a matter of the union with one employer; nobody is a claimant."""
    cause = CAUSES[what]
    call: dict[str, Any] = {"channel": "letter", "facts": facts, "classes": ["UNION_SERVICE"]}
    cases.open_case(
        case, call=call, caller=None, by=by, at=at, on=clock.day(at), classes=["UNION_SERVICE"],
        main_cause=cause, causes=[cause], district=district, group_size=people_hit,
        channel="letter", priority=Priority.NORMAL,
    )  # fmt: skip
    employer = people.make_employer(case, name=firm, by=by, at=at)
    party.add_party(case, side=Side.EMPLOYER, employer=employer, capacity="", by=by, at=at)


def offer(
    case: Case, *, firm: str, district: District, by: User, at: datetime, **fields: Any
) -> Bargain:
    """Open the file, keep the offer, start the 20 days, print the letter (D39)."""
    open_for(
        case, what="BARGAIN", firm=firm, facts=fields["wishes"], district=district,
        people_hit=fields["people"], by=by, at=at,
    )  # fmt: skip
    made = file.offer(case, by=by, at=at, **fields)
    set_deadline(
        case, "U-04", start=made.received_on, start_event="offer_received", by=by, at=at
    )
    lines = tuple(line.strip() for line in made.wishes.splitlines() if line.strip())
    issue(
        "D39", case=case, subject_id=made.pk, by=by, at=at, addressee=firm,
        subject=TOPICS[made.topic], people=made.people, proposals=lines,
    )  # fmt: skip
    return made


def go_on(
    case: Case,
    state: BargainState,
    *,
    met: str,
    after: str,
    on: date,
    by: User,
    at: datetime,
    met_on: date | None = None,
    **fields: Any,
) -> None:
    """The next stage: the clock of the last one is met (on its own day), that of the next one starts."""
    file.go_on(case, state, after=after, on=on, today=clock.day(at), by=by, at=at, **fields)
    if met:
        meet_rule(case, met, by=by, at=at, on=met_on or on)
    if state in RULES:
        rule, event = RULES[state]
        start = fields.get("meets_on") or on
        set_deadline(case, rule, start=start, start_event=event, by=by, at=at)


def objected(case: Case, *, result: str, on: date, by: User, at: datetime) -> None:
    """The department objects: the contract does not take effect, they meet again."""
    lapse_rule(case, "U-06b", by=by, at=at, ground="the labour department objected")
    file.go_on(
        case, BargainState.MEETING, after="filed_on", on=on, today=clock.day(at), by=by, at=at,
        result=result, filed_on=None, signed_on=None,
    )  # fmt: skip


def silence(activation: Any) -> None:
    """Twenty days are over and no answer came: written down; the task stays."""
    record(
        activation.process.case, Kind.REMINDER_SENT, by=None, at=clock.now(),
        flow=str(activation.flow_class.process_title),
    )  # fmt: skip


def receive(
    case: Case, *, firm: str, district: District, by: User, at: datetime, **fields: Any
) -> UnionNotice:
    """Keep a notice or a request of the union in a file of its own; its clock starts."""
    kind = NoticeKind(fields["kind"])
    open_for(
        case, what=kind.value, firm=firm, facts=fields["reasons"], district=district,
        people_hit=fields["people"], by=by, at=at,
    )  # fmt: skip
    made = file.receive(case, by=by, at=at, **fields)
    if kind == NoticeKind.LAYOFF and made.effect_on is not None:
        set_deadline(case, "U-08", start=made.effect_on, start_event="layoff", by=by, at=at)
        if not made.late:
            meet_rule(case, "U-08", by=by, at=at, on=made.received_on)
    if kind == NoticeKind.UNION_RIGHTS:
        set_deadline(
            case, "U-10", start=made.received_on, start_event="request_received", by=by, at=at
        )
    return made


def notice_of(case: Case) -> UnionNotice:
    """The notice of a case."""
    return UnionNotice.objects.get(case=case)


def answered(case: Case, *, words: str, heeded: bool, on: date, by: User, at: datetime) -> None:
    """A written answer came; the clock of a request to the government is met."""
    row = notice_of(case)
    file.answered(row, words=words, heeded=heeded, on=on, by=by, at=at)
    if row.kind == NoticeKind.UNION_RIGHTS:
        meet_rule(case, "U-10", by=by, at=at, on=on)
