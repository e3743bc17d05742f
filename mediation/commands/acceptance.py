"""Acceptance: what receiving, completing, accepting and refusing mean for the file."""

from collections.abc import Sequence
from datetime import date, datetime

from casework import clock
from casework.commands import case as file
from casework.commands import party as file_party
from casework.commands.base import CommandRefused
from casework.commands.contacts import nobody_reached, record_contact
from casework.commands.deadlines import meet_rule, set_deadline, void_rule
from casework.commands.inbound import of_court
from casework.commands.notices import respondents_and_applicants
from casework.commands.service import record_service
from casework.events import Kind, record
from casework.models import Case, Deadline, DeadlineState, Event, Party, Side, User
from documents.issue import issue
from mediation.commands import dispatch
from mediation.commands.court_clocks import other_side_answered
from mediation.commands.evidence import take_in
from mediation.commands.papers import issue_when_known

TELL_REFUSAL = "M-02"
WRITTEN = "调解申请书"
ACCEPT_WITHIN, RIGHT_AFTER = "M-01", "M-03"
END_AFTER, END_AFTER_NEW_FORM = "M-04", "M-05"


class ApprovedByTheSame(CommandRefused):
    """A refusal needs a second person."""


class AskedBefore(CommandRefused):
    """Materials are asked for once, and in full: they were asked for already."""


class DidNotRefuse(CommandRefused):
    """No respondent has refused mediation: record the contact first."""


class NobodyApplies(CommandRefused):
    """No worker stands in this case yet: name the worker first, then keep the written application."""


class NotTriedEnough(CommandRefused):
    """Nobody reached needs two tries on two days by two means, for each respondent."""


def receive(
    case: Case,
    *,
    received_on: date,
    oral: bool,
    representatives: list[str],
    agreeing: list[str],
    scans: Sequence[tuple[str, bytes]] = (),
    by: User,
    at: datetime,
) -> None:
    """Receive the application: the clocks of M-01 and M-03 start from the day of receipt.

    `scans`: name and bytes of each photograph or PDF of a written one.
    Raises: NoRespondent, NobodyApplies, NotAPictureOrPdf, TooBig.
    """
    file.receive_application(case, received_on=received_on, oral=oral, by=by, at=at)
    if scans:
        _keep_written(case, scans, representatives, by=by, at=at)
    if representatives:
        file_party.elect_representatives(case, representatives, by=by, at=at)
        issue("D27", case=case, by=by, at=at)
    dispatch.signed(case, by=by, at=at)
    meet_rule(case, dispatch.CALL_BACK, by=by, at=at)
    for row in Party.objects.filter(case=case, side=Side.EMPLOYER):
        if row.ref in agreeing:
            file_party.answer_to_mediation(row, agrees=True, by=by, at=at)
    for rule in (ACCEPT_WITHIN, RIGHT_AFTER):
        set_deadline(
            case, rule, start=received_on, start_event="application_received", by=by, at=at
        )
    issue("D08", case=case, by=by, at=at)
    issue_when_known("D35", case, by=by, at=at)


def _keep_written(
    case: Case,
    scans: Sequence[tuple[str, bytes]],
    speaking: Sequence[str],
    *,
    by: User,
    at: datetime,
) -> None:
    """The written application, handed in by who speaks for the workers; it lies in the bound file behind D08."""
    rows = list(Party.objects.filter(case=case, is_applicant=True).order_by("id"))
    if not rows:
        raise NobodyApplies(field="file")
    giver = next((row for row in rows if row.ref in speaking), rows[0])
    for name, data in scans:
        take_in(
            case, giver, data=data, name=name, title=WRITTEN, source="", is_original=True, by=by,
            at=at, is_application=True,
        )  # fmt: skip


def accept(case: Case, *, by: User, at: datetime) -> None:
    """Accept: number, notice, and the clock of the mediation itself."""
    on = clock.day(at)
    file.accept_case(case, by=by, at=at, on=on)
    meet_rule(case, ACCEPT_WITHIN, by=by, at=at)
    dispatch.finished(case, by=by, at=at)
    case.refresh_from_db()
    if of_court(case) is None:  # a court's matter has the court's own term already
        rule = END_AFTER_NEW_FORM if case.is_new_form else END_AFTER
        set_deadline(case, rule, start=on, start_event="accepted", by=by, at=at)
    issue("D02", case=case, by=by, at=at)
    for each in respondents_and_applicants(case):
        issue_when_known("D28", case, by=by, at=at, party=each)


def ask(case: Case, *, missing: list[str], by: User, at: datetime) -> None:
    """Ask once for what is missing; M-01 runs anew from completion. Raises: AskedBefore."""
    if Event.objects.filter(case=case, kind=Kind.MATERIALS_ASKED).exists():
        raise AskedBefore(field="missing")
    file.ask_materials(case, missing=missing, by=by, at=at, on=clock.day(at))
    void_rule(case, ACCEPT_WITHIN, by=by, at=at, ground="materials asked for")
    issue("D26", case=case, by=by, at=at, missing=tuple(missing))


def supply(case: Case, *, words: str, by: User, at: datetime) -> None:
    """Materials are complete: M-01 starts from today."""
    file.supply_materials(case, words=words, by=by, at=at)
    set_deadline(
        case, ACCEPT_WITHIN, start=clock.day(at), start_event="materials_complete", by=by, at=at
    )


def contact(
    party: Party, *, way: str, reached: bool, answer: str, words: str, by: User, at: datetime
) -> None:
    """A respondent was asked whether it agrees. A refusal starts the days to tell the applicant (M-02).

    `answer`: AGREES, REFUSES or UNDECIDED; counts only of somebody reached.
    """
    case = party.case
    record_contact(party, way=way, reached=reached, answer=words or answer, by=by, at=at)
    if not reached or answer == "UNDECIDED":
        return
    file_party.answer_to_mediation(party, agrees=answer == "AGREES", by=by, at=at)
    other_side_answered(case, by=by, at=at)
    running = Deadline.objects.filter(case=case, rule=TELL_REFUSAL, state=DeadlineState.OPEN)
    if answer == "AGREES":
        void_rule(case, TELL_REFUSAL, by=by, at=at, ground="agrees after all")
    elif not running.exists():
        set_deadline(
            case, TELL_REFUSAL, start=clock.day(at), start_event="other_side_refused",
            by=by, at=at,
        )  # fmt: skip


def propose_refusal(case: Case, *, ground: str, reason: str, by: User, at: datetime) -> None:
    """Keep ground, reason and who proposed it, for the second person.

    Raises: DidNotRefuse, NotTriedEnough.
    """
    firms = Party.objects.filter(case=case, side=Side.EMPLOYER, left_on__isnull=True)
    if ground == "RESPONDENT_REFUSED" and not firms.filter(agrees_to_mediate=False).exists():
        raise DidNotRefuse(field="ground")
    if ground == "NO_CONTACT" and not nobody_reached(case):
        raise NotTriedEnough(field="ground")
    told = {"refused_why": reason, "refused_by": str(by.pk), "refused_ground": ground}
    case.triage = {**case.triage, **told}
    case.save(update_fields=["triage"])
    record(
        case, Kind.RECORD_CORRECTED, by=by, at=at, proposed="refusal", reason=reason,
        ground=ground,
    )  # fmt: skip


def look_again(case: Case, *, by: User, at: datetime) -> None:
    """The refusal is not approved: the decision is open again, with a clock that runs."""
    if not Deadline.objects.filter(
        case=case, rule=ACCEPT_WITHIN, state=DeadlineState.OPEN
    ).exists():
        set_deadline(
            case, ACCEPT_WITHIN, start=clock.day(at), start_event="refusal_not_approved",
            by=by, at=at,
        )  # fmt: skip


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
    notice = issue("D25", case=case, by=by, at=at)
    for each in respondents_and_applicants(case):
        if each.side == Side.WORKER:
            record_service(
                case, document="D25", party=each, paper_id=notice.pk, way="direct",
                served_on=clock.day(at), by=by, at=at,
            )  # fmt: skip
    for rule in (ACCEPT_WITHIN, TELL_REFUSAL):
        meet_rule(case, rule, by=by, at=at)
    dispatch.finished(case, by=by, at=at)
