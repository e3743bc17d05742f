"""Acceptance: what receiving, completing, accepting and refusing mean for the file."""

from datetime import date, datetime

from casework import clock
from casework.commands import case as file
from casework.commands import party
from casework.commands.base import CommandRefused
from casework.commands.deadlines import meet_rule, set_deadline, void_rule
from casework.commands.inbound import of_court
from casework.events import Kind, record
from casework.models import Case, Party, Side, User
from documents.issue import issue

ACCEPT_WITHIN, RIGHT_AFTER = "M-01", "M-03"
END_AFTER, END_AFTER_NEW_FORM = "M-04", "M-05"


class ApprovedByTheSame(CommandRefused):
    """A refusal needs a second person."""


def receive(
    case: Case,
    *,
    received_on: date,
    oral: bool,
    representatives: list[str],
    agreeing: list[str],
    by: User,
    at: datetime,
) -> None:
    """Receive the application: the clocks of M-01 and M-03 start from the day of receipt."""
    file.receive_application(case, received_on=received_on, oral=oral, by=by, at=at)
    if representatives:
        party.elect_representatives(case, representatives, by=by, at=at)
        issue("D27", case=case, by=by, at=at)
    for row in Party.objects.filter(case=case, side=Side.EMPLOYER):
        if row.ref in agreeing:
            party.answer_to_mediation(row, agrees=True, by=by, at=at)
    for rule in (ACCEPT_WITHIN, RIGHT_AFTER):
        set_deadline(
            case, rule, start=received_on, start_event="application_received", by=by, at=at
        )
    issue("D08", case=case, by=by, at=at)


def accept(case: Case, *, by: User, at: datetime) -> None:
    """Accept: number, notice, and the clock of the mediation itself."""
    on = clock.day(at)
    file.accept_case(case, by=by, at=at, on=on)
    meet_rule(case, ACCEPT_WITHIN, by=by, at=at)
    case.refresh_from_db()
    if of_court(case) is None:  # a court's matter has the court's own term already
        rule = END_AFTER_NEW_FORM if case.is_new_form else END_AFTER
        set_deadline(case, rule, start=on, start_event="accepted", by=by, at=at)
    issue("D02", case=case, by=by, at=at)


def ask(case: Case, *, missing: list[str], by: User, at: datetime) -> None:
    """Ask once for what is missing; M-01 runs anew from completion."""
    file.ask_materials(case, missing=missing, by=by, at=at, on=clock.day(at))
    void_rule(case, ACCEPT_WITHIN, by=by, at=at, ground="materials asked for")
    issue("D26", case=case, by=by, at=at, missing=tuple(missing))


def supply(case: Case, *, words: str, by: User, at: datetime) -> None:
    """Materials are complete: M-01 starts from today."""
    file.supply_materials(case, words=words, by=by, at=at)
    set_deadline(
        case, ACCEPT_WITHIN, start=clock.day(at), start_event="materials_complete", by=by, at=at
    )


def propose_refusal(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """Keep the reason and who proposed it, for the second person."""
    case.triage = {**case.triage, "refused_why": reason, "refused_by": str(by.pk)}
    case.save(update_fields=["triage"])
    record(case, Kind.RECORD_CORRECTED, by=by, at=at, proposed="refusal", reason=reason)


def refuse(case: Case, *, by: User, at: datetime) -> None:
    """The second person agrees: refused, with the notice and the other ways. Raises: ApprovedByTheSame."""
    if case.triage.get("refused_by") == str(by.pk):
        raise ApprovedByTheSame
    first = User.objects.get(pk=case.triage["refused_by"])
    file.refuse_case(
        case,
        reason=case.triage["refused_why"],
        second_person=by,
        by=first,
        at=at,
        on=clock.day(at),
    )
    for rule in (ACCEPT_WITHIN,):
        meet_rule(case, rule, by=by, at=at)
    issue("D25", case=case, by=by, at=at)
