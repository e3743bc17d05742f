"""Closing: what reporting, closing, visiting and archiving mean for the file."""

from datetime import datetime
from typing import Any

from casework import clock
from casework.commands import closing as file
from casework.commands.deadlines import meet_rule, set_deadline
from casework.models import Case, User
from documents.issue import issue
from mediation.engine import run

VISIT_WITHIN, ARCHIVE_WITHIN = "P-06", "P-07"


def report(case: Case, *, words: str, outcome: str, by: User, at: datetime) -> None:
    """The handler's closing report."""
    file.report_closing(case, words=words, outcome=outcome, by=by, at=at)


def close(
    case: Case, *, outcome: str, words: str, aftercare: bool, by: User, at: datetime
) -> None:
    """Close with the report as a paper; the return visit's and the archive's clocks start.

    What never got beyond triage or acceptance ends with the case: no task outlives the file.
    """
    file.close_case(case, outcome=outcome, words=words, aftercare=aftercare, by=by, at=at)
    run.cancel_flows(case, "intake", "acceptance")
    on = clock.day(at)
    for rule in (VISIT_WITHIN, ARCHIVE_WITHIN):
        set_deadline(case, rule, start=on, start_event="closed", by=by, at=at)
    case.refresh_from_db()
    issue("D31", case=case, by=by, at=at, summary=words)


def visit(case: Case, *, reached: bool, by: User, at: datetime, **answers: Any) -> str:
    """A return visit; answers what comes next."""
    made = file.visit_case(case, by=by, at=at, on=clock.day(at), reached=reached, **answers)
    issue("D30", case=case, subject_id=made.pk, by=by, at=at)
    if not file.visit_is_done(case):
        return "AGAIN"
    meet_rule(case, VISIT_WITHIN, by=by, at=at)
    return "NOT_SATISFIED" if made.satisfied == "not_satisfied" else "DONE"


def archive(case: Case, *, by: User, at: datetime) -> None:
    """Put the file away."""
    file.archive_case(case, by=by, at=at)
    meet_rule(case, ARCHIVE_WITHIN, by=by, at=at)


def reopen(case: Case, *, ground: str, by: User, at: datetime) -> None:
    """Open again: the clocks of the closing end."""
    for rule in (VISIT_WITHIN, ARCHIVE_WITHIN):
        meet_rule(case, rule, by=by, at=at)
    file.reopen_case(case, ground=ground, by=by, at=at)
