"""Intake: what recording, advising and triaging mean for the file."""

from datetime import datetime
from typing import Any

from casework import clock
from casework.commands import calls
from casework.commands import case as file
from casework.commands.closing import close_case
from casework.commands.deadlines import meet_rule
from casework.events import Kind, record
from casework.models import Case, User
from casework.queries import rulebook
from casework.rules.calculators import calculate
from documents.editions import renew
from mediation.commands.calls import ADDED, EMERGENCY
from mediation.commands.proposals import as_stored, proposals


def give_advice(
    case: Case,
    *,
    advice: str,
    source: str,
    calculator: str,
    inputs: dict[str, Any],
    by: User,
    at: datetime,
) -> None:
    """Advise the caller, with the calculator's working if one was used."""
    estimate: dict[str, Any] = {}
    if calculator:
        estimate = {
            "name": calculator,
            "inputs": inputs,
            "result": calculate(calculator, inputs, rulebook.basis()),
        }
    file.answer_call(
        case, advice=advice, source=source, estimate=estimate, by=by, at=at, on=clock.day(at)
    )
    renew("D01", case=case, by=by, at=at, reason=ADDED)


def complete_call(case: Case, *, fields: dict[str, Any], by: User, at: datetime) -> None:
    """The record of the call is completed after it; the printed one is issued anew. Raises: NothingAdded."""
    calls.complete_call(case, reason=ADDED, by=by, at=at, **fields)
    renew("D01", case=case, by=by, at=at, reason=ADDED)


def end_call(case: Case, *, by: User, at: datetime) -> None:
    """The matter ends with the advice: no case number, no papers but the call's own."""
    close_case(case, outcome="ADVICE", words="", by=by, at=at)


def respond(case: Case, *, told: list[str], words: str, by: User, at: datetime) -> None:
    """Somebody is on the way: the emergency clock is met."""
    file.dispatch_emergency(case, told=told, words=words, by=by, at=at)
    meet_rule(case, EMERGENCY, by=by, at=at)


def triage(case: Case, *, by: User, at: datetime, **fields: Any) -> None:
    """Decide the way of the case; what the tables proposed is kept beside what was confirmed."""
    proposed = proposals(case, at=at, **fields)
    rows = [f"{each.table}@{each.version}/{each.row}" for each in proposed.values()]
    kept = {**case.triage, "decisions": as_stored(proposed)}
    file.triage_case(case, by=by, at=at, on=clock.day(at), triage=kept, rows=rows, **fields)


def remind(activation: Any) -> None:
    """A clock is over and the step is not done: it is written down for all to see."""
    at = clock.now()
    record(
        activation.process.case,
        Kind.REMINDER_SENT,
        by=None,
        at=at,
        flow=str(activation.flow_class.process_title),
    )
