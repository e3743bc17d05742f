"""The union's side of a referral: what sending, supplying, taking back and deciding mean."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from casework import clock, registry
from casework.commands import consent as consents
from casework.commands import referral as file
from casework.commands.deadline_moves import resume_deadline
from casework.commands.deadlines import meet_rule
from casework.commands.referral_hand_on import leave, pass_on
from casework.models import Case, DeadlineState, Office, Party, Referral, User
from casework.queries.calendar import current
from casework.queries.disclosure import shown_to
from casework.queries.of_case import workers_of
from casework.queries.rulebook import catalogue_of
from casework.referral_protocol import Act
from casework.rules.deadlines import due
from documents.issue import issue
from documents.packing import papers_for
from mediation.commands import joint_review
from mediation.commands import referral_clocks as clocks
from mediation.commands.liaison_post import defer_telling
from mediation.commands.neighbour import write_letter
from mediation.engine.clocks import mirror
from mediation.models import Process

LETTER = "渝工转"


def refer(
    case: Case,
    *,
    matter: str,
    asked: str,
    side_track: bool,
    ground: str,
    by: User,
    at: datetime,
    shown: dict[str, Any] | None = None,
    office: Office | None = None,
    after: str = "",
) -> Referral:
    """Prepare a referral; it is sent at once if the worker agreed, or an emergency ground is given.

    `after`: the number of a referral of this case; then the manager sends it once that one has ended.
    """
    shown = {**(shown or {}), **({"after": after} if after else {})}
    made = file.prepare_referral(
        case, matter=matter, asked=asked, side_track=side_track, ground=ground, shown=shown,
        office=office, by=by, at=at,
    )  # fmt: skip
    if not after:
        send_if_free(made, by=by, at=at)
    return made


def send_if_free(made: Referral, *, by: User, at: datetime) -> None:
    """Send what has an office and may leave: by consent, or in a recorded emergency."""
    if made.state == "ASKING_CONSENT" and (made.consent_id or made.ground):
        send(made, by=by, at=at)


def begins_with(referral: Referral) -> str:
    """How the process of a fresh referral begins: SENT, ASK, or NO_OFFICE."""
    if referral.state == "FINDING_OFFICE":
        return "NO_OFFICE"
    return "SENT" if referral.sent_at else "ASK"


def send(referral: Referral, *, by: User, at: datetime) -> None:
    """Number, letter, pack and the clock of signing for it."""
    case, on = referral.case, clock.day(at)
    number = registry.letter_number(LETTER, on, case.district)
    file.send_referral(referral, number=number, by=by, at=at)
    signed = clocks.started(referral, clocks.SIGN, "referral_sent", by=by, at=at)
    rules = clocks.ON_SENDING.get(referral.matter, ())
    clocks.start_procedure(referral, rules, "complaint_received", by=by, at=at)
    _consent_papers(referral, by, at)
    reply = due(
        clocks.ANSWER, signed.due, calendar=current(), catalogue=catalogue_of(case),
        length=clocks.answer_days(case),
    )  # fmt: skip
    issue(
        "D03", case=case, subject_id=referral.pk, by=by, at=at, reply_by=reply.due,
        reply_days=f"自签收之日起{reply.length}个工作日",
    )  # fmt: skip
    write_letter(referral, by=by, at=at)
    joint_review.apply(referral, by=by, at=at)
    file.enclose(referral, papers=papers_for(referral), by=by, at=at)
    defer_telling(referral)


def _consent_papers(referral: Referral, by: User, at: datetime) -> None:
    """One D05 a worker whose data leave; a paper that is there stays."""
    given = shown_to(referral).consents or (referral.consent_id,)
    for consent in filter(None, given):
        issue("D05", case=referral.case, subject_id=consent, by=by, at=at)


def give_consent(
    referral: Referral,
    *,
    given: bool,
    how: str,
    by: User,
    at: datetime,
    parties: Sequence[Party] = (),
    kinds: Sequence[str] = (),
) -> None:
    """The workers were asked, one by one: with consent it is sent, without nothing leaves."""
    if not given:
        file.end_unsent(referral, by=by, at=at)
        return
    agency = referral.agency
    for party in parties or workers_of(referral.case)[:1]:
        consents.give_consent(
            referral.case, purpose="share", agency=agency, party=party,
            kinds=list(kinds) or agency.visible_fields, how=how, by=by, at=at,
        )  # fmt: skip
    send(referral, by=by, at=at)


def supply(
    referral: Referral, *, words: str, by: User, at: datetime, files: Sequence[str] = ()
) -> None:
    """The material is there: a new pack, with these files besides, and the clock of the answer goes on."""
    file.choose_files(referral, files)
    file.supplement(referral, words=words, papers=papers_for(referral), by=by, at=at)
    _consent_papers(referral, by, at)
    defer_telling(referral)
    meet_rule(referral.case, clocks.SUPPLY, by=by, at=at, referral=referral)
    for row in clocks.answer_clock(referral, DeadlineState.PAUSED):
        resume_deadline(row, by=by, at=at)
    mirror(referral.case_id)


def route(
    referral: Referral, *, office: Office, shown: dict[str, Any], by: User, at: datetime
) -> None:
    """A person found an office for a matter that had none; it goes on as any other."""
    file.route(referral, office=office, shown=shown, by=by, at=at)
    send_if_free(referral, by=by, at=at)


def send_elsewhere(
    referral: Referral, *, matter: str, words: str, by: User, at: datetime
) -> Referral:
    """The case manager's decision after a refusal or a lapse: try another office."""
    leave(referral, Act.PASS_ON, decision="ELSEWHERE", words=words, by=by, at=at)
    made = pass_on(referral, Act.PASS_ON, matter=matter, by=by, at=at)
    send_if_free(made, by=by, at=at)
    return made


def name(referral: Referral, *, office: Office, words: str, by: User, at: datetime) -> Referral:
    """The joint meeting names who decides: that office gets it, and may not push it away."""
    leave(referral, Act.NAME, decision="NAMED", words=words, by=by, at=at)
    made = pass_on(referral, Act.NAME, matter=referral.matter, office=office, by=by, at=at)
    send_if_free(made, by=by, at=at)
    return made


def withdraw(referral: Referral, *, reason: str, by: User | None, at: datetime) -> None:
    """Taken back on the worker's wish: its process and its clocks stop."""
    from mediation.engine.run import cancel_process

    file.withdraw_referral(referral, reason=reason, by=by, at=at)
    clocks.end_clocks(referral, by, at)
    for process in Process.objects.filter(referral=referral, finished__isnull=True):
        cancel_process(process)


def passed_on(activation: Any) -> None:
    """Start the process of the referral that came out of this one."""
    from mediation.engine.registry import flow_named

    made = Referral.objects.filter(came_from=activation.process.referral).latest("id")
    flow_named("referral").begin.run(
        case=activation.process.case, referral=made, answer=begins_with(made)
    )


def to_stage(stage: str) -> Any:
    """Start a stage on this very referral: looking for an office, the joint meeting, sending."""

    def start_next(activation: Any) -> None:
        from mediation.engine.registry import flow_named

        process = activation.process
        process.referral.refresh_from_db()
        flow_named(stage).begin.run(
            case=process.case, referral=process.referral, answer=begins_with(process.referral)
        )

    start_next.to = stage  # type: ignore[attr-defined]
    return start_next


def office_of(process: Process) -> int | None:
    """The office whose people do the liaison's steps."""
    referral: Referral | None = process.referral
    return referral.office_id if referral else None
