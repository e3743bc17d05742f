"""Closing: what reporting, closing, visiting, archiving and opening again mean for the file."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from casework import clock
from casework.commands import closing as file
from casework.commands import reopening, visits
from casework.commands.base import CommandRefused
from casework.commands.collective import put_aside
from casework.commands.deadlines import meet_rule, set_deadline, void_rule
from casework.commands.notices import respondents_and_applicants
from casework.events import Kind, record
from casework.models import Case, ClaimOutcome, Party, Service, Side, User
from documents.issue import facts_of, issue
from documents.models import Life, Paper
from mediation.commands import aftercare as tracker
from mediation.commands import oversight
from mediation.commands.inbound import send_results
from mediation.engine import run
from mediation.models import Process
from mediation.queries import processes_of

VISIT_WITHIN, ARCHIVE_WITHIN = "P-06", "P-07"
END_AFTER, END_AFTER_NEW_FORM = "M-04", "M-05"
STOPPED = (
    "intake",
    "acceptance",
    "mediation",
    "agreement",
    "recusal",
    "collective",
    "oversight",
)
STOPPED_WITHOUT_AFTERCARE = (*STOPPED, "followup", "referral")


class NotToldOfTheEnd(CommandRefused):
    """Deliver the notice of the end (D13) to the workers before closing: it names every way that is open and the time left."""


def report(case: Case, *, words: str, outcome: str, by: User, at: datetime) -> None:
    """The handler's closing report."""
    file.report_closing(case, words=words, outcome=outcome, by=by, at=at)


def close(
    case: Case,
    *,
    outcome: str,
    words: str,
    aftercare: bool,
    by: User,
    at: datetime,
    for_source: str = "",
) -> None:
    """Close with the report as a paper; the return visit's and the archive's clocks start.

    `for_source`: what a body that sent the matter is told when there are no words: the inner report stays inside.

    No task outlives the file, except in aftercare what another office or the payer still has to do.
    Raises: NotToldOfTheEnd, and the refusals of casework's close_case.
    """
    if untold(case):
        raise NotToldOfTheEnd
    send_results(case, outcome=outcome, words=words or for_source, by=by, at=at)
    file.close_case(case, outcome=outcome, words=words, aftercare=aftercare, by=by, at=at)
    put_aside(case, at=at)
    oversight.end_with(case, by=by, at=at)
    run.cancel_flows(case, *(STOPPED if aftercare else STOPPED_WITHOUT_AFTERCARE))
    on = clock.day(at)
    for rule in (VISIT_WITHIN, ARCHIVE_WITHIN):
        set_deadline(case, rule, start=on, start_event="closed", by=by, at=at)
    case.refresh_from_db()
    issue("D31", case=case, by=by, at=at, summary=words)
    if aftercare:
        tracker.begin(case, by=by, at=at)


def untold(case: Case) -> list[str]:
    """The workers (by name) who must hold D13 with the time left before the case is closed, and do not.

    Source: 《劳动争议调解仲裁法》第十四条第三款、第二十七条.
    """
    failed = case.failed_on or case.claims.filter(outcome=ClaimOutcome.FAILED).exists()
    if case.accepted_on is None or not failed:
        return []
    served = Service.objects.filter(case=case, document="D13", voided_at__isnull=True)
    papers = {
        row.pk: row for row in Paper.objects.filter(case=case, code="D13", life=Life.VALID)
    }
    told = {
        row.party_id
        for row in served
        if (paper := papers.get(row.paper_id or 0)) and facts_of(paper).limitation
    }
    people = [each for each in respondents_and_applicants(case) if each.side == Side.WORKER]
    return [each.name for each in people if each.pk not in told]


def visit(case: Case, *, reached: bool, by: User, at: datetime, **answers: Any) -> str:
    """A return visit; answers what comes next."""
    made = visits.visit_case(case, by=by, at=at, on=clock.day(at), reached=reached, **answers)
    issue("D30", case=case, subject_id=made.pk, by=by, at=at)
    if not visits.visit_is_done(case):
        return "AGAIN"
    meet_rule(case, VISIT_WITHIN, by=by, at=at)
    return "NOT_SATISFIED" if made.satisfied == "not_satisfied" else "DONE"


def archive(case: Case, *, by: User, at: datetime) -> None:
    """Put the file away, with its cover and catalogue. Raises: FactMissing for a paper not printed."""
    visits.archive_case(case, by=by, at=at)
    case.refresh_from_db()
    issue("D32", case=case, by=by, at=at)
    meet_rule(case, ARCHIVE_WITHIN, by=by, at=at)


def ask_to_reopen(case: Case, *, ground: str, words: str, by: User, at: datetime) -> None:
    """Somebody who learned of a ground asks the head to open the case again. Raises: NotClosedYet."""
    if case.closed_on is None:
        raise reopening.NotClosedYet
    record(case, Kind.REOPENING_ASKED, by=by, at=at, ground=ground, words=words)


def review_objection(case: Case, party: Party, *, at: datetime) -> None:
    """A worker objects to a closed case: the head reviews it. Several objections are one review.

    What was said stays among the worker's words, under seal; the ledger holds that it was said.
    """
    from mediation.engine.registry import flow_named

    if any(task.flow_task.name == "reopen" for task in run.open_tasks(case.pk)):
        return
    words = _("%(who)s objects; see what workers say") % {"who": party.ref}
    record(case, Kind.REOPENING_ASKED, by=party.ref, at=at, ground="DISSATISFIED", words=words)
    flow_named("closing").objected.run(case=case)


def reopen(
    case: Case,
    *,
    ground: str,
    words: str,
    to: str,
    process: Process | None,
    by: User,
    at: datetime,
) -> None:
    """Open again: the closing's clocks and tasks end, and work goes on where it is needed."""
    for rule in (VISIT_WITHIN, ARCHIVE_WITHIN):
        void_rule(case, rule, by=by, at=at, ground=_("opened again"))
    reopening.reopen_case(case, ground=ground, words=words, to=to, by=by, at=at)
    for other in other_closings(case, process):
        run.cancel_process(other)
    void_rule(case, tracker.ASK, by=by, at=at, ground=_("opened again"))
    run.cancel_flows(case, "aftercare")
    if to == "MEDIATION":
        rule = END_AFTER_NEW_FORM if case.is_new_form else END_AFTER
        set_deadline(case, rule, start=clock.day(at), start_event="case_reopened", by=by, at=at)


def other_closings(case: Case, process: Process | None) -> list[Process]:
    """The closings of a case that still run, without the one at hand."""
    return [
        row
        for row in processes_of(case)
        if row.finished is None
        and row.flow_class.__name__ == "ClosingFlow"
        and (process is None or row.pk != process.pk)
    ]


def watch_again(activation: Any) -> None:
    """Watch the payments, unless aftercare still does."""
    case = activation.process.case
    rows = Process.objects.filter(case=case, finished__isnull=True)
    if not any(row.flow_class.__name__ == "FollowupFlow" for row in rows):
        from mediation.engine.registry import flow_named

        flow_named("followup").begin.run(case=case)


watch_again.to = "followup"  # type: ignore[attr-defined]
