"""Applying what came: each event of a strand in its turn, once, by the steps that people use."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import acting, system
from casework.commands.base import CommandRefused, lock_case
from casework.exchange.enclosed import expect
from casework.exchange.envelope import Said
from casework.exchange.inbox import next_of, said_in
from casework.exchange.outbox import tell
from casework.exchange.peers import desk_of
from casework.models import Incoming, InState, Peer, Referral, ReferralState, Strand, User
from mediation.commands import inbound as commands
from mediation.engine import run
from mediation.engine.errors import AlreadyDone, Invalid, NotFound, NotYours
from mediation.exchange.offers import offer_as_form
from mediation.models import Task

REFUSALS = (CommandRefused, NotFound, NotYours, Invalid, AlreadyDone)
ANSWERS = ("accepted", "returned", "declined", "redirected")
REPORTS = ("progressed", "result")


class NotAwaited(CommandRefused):
    """Nobody waits for this answer: the referral has ended, or stands elsewhere."""


def apply(strand_id: int) -> int:
    """Apply what can be applied on a strand; returns how many events were.

    Raises: Conflict when somebody works on the case (the job is tried again).
    """
    count, more = 0, True
    while more:
        applied, more = _apply_next(strand_id)
        count += applied
    return count


def _apply_next(strand_id: int) -> tuple[bool, bool]:
    """One event, its effect and its place in one transaction: applied once, whatever dies.

    Returns whether one was applied, and whether to look for more.
    """
    with transaction.atomic(), system("exchange"):
        case_id = Strand.objects.values_list("case_id", flat=True).get(pk=strand_id)
        if case_id is not None:  # the case row first, then anything else
            lock_case(case_id)
        strand = Strand.objects.select_for_update(no_key=True).get(pk=strand_id)
        if strand.case_id != case_id:
            return False, True  # its case was made meanwhile: look again
        row = next_of(strand)
        if row is None:
            return False, False
        _apply(strand, row)
        return True, next_of(strand) is not None


def _apply(strand: Strand, row: Incoming) -> None:
    at, said = row.received_at, said_in(row)
    try:
        with transaction.atomic():
            _effect(strand, said, at)
        row.state = InState.APPLIED
    except REFUSALS as error:
        row.state, row.problem = InState.REFUSED, _words(error)
    strand.refresh_from_db()
    strand.heard += 1
    strand.save(update_fields=["heard"])
    row.case_id, row.applied_at = strand.case_id, clock.now()
    row.save(update_fields=["state", "problem", "case", "applied_at"])
    if row.state == InState.REFUSED and said.kind != "refused" and strand.case_id is not None:
        tell(strand, "refused", at=at, event=said.id, of=said.kind, words=row.problem)


def _words(error: Exception) -> str:
    if isinstance(error, Invalid):
        named = (
            f"{name}: {' '.join(map(str, each))}" for name, each in error.form.errors.items()
        )
        return " ".join(named)[:240]
    return " ".join((str(error) or type(error).__doc__ or "").split())[:240]


def _effect(strand: Strand, said: Said, at: datetime) -> None:
    peer = Peer.objects.select_related("user", "agency", "district").get(pk=strand.peer_id)
    if said.kind == "refused":
        raise CommandRefused(
            _("The other side could not use our event: %(words)s")
            % {"words": str(said.data.get("words", ""))[:160]}
        )
    if strand.referral is not None:
        answer_by_machine(strand.referral, peer, said, at)
    elif said.data.get("withheld") is True:
        return  # taken back before it arrived: no data came, nothing begins
    elif said.kind == "offered":
        _offered(strand, peer, said, at)
    elif strand.inbound is not None:
        _of_source(strand, peer, said, at)


def _offered(strand: Strand, peer: Peer, said: Said, at: datetime) -> None:
    """A matter for us: registered by the form that a liaison fills in."""
    data = offer_as_form(peer, said)
    done = run.start(node="inbound.register", by=peer.user, data=data, at=at)
    made = done.case.inbound.get()
    strand.case_id, strand.inbound = done.case.pk, made
    strand.save(update_fields=["case", "inbound"])
    strand.peer = peer
    expect(strand, said.data.get("pack"), at=at)


def _of_source(strand: Strand, peer: Peer, said: Said, at: datetime) -> None:
    """More about a matter that came in: material, or the source takes it back."""
    if said.kind == "supplemented":
        data = {"words": str(said.data.get("words", ""))[:400], "terms": said.data.get("pack")}
        _carry_out(_open(strand.case_id, "inbound", "await_supply"), peer.user, data, at)
        strand.peer = peer
        expect(strand, said.data.get("pack"), at=at)
        return
    state = ReferralState.WITHDRAWN if said.kind == "withdrawn" else ReferralState.LAPSED
    reason = str(said.data.get("reason", ""))[:400] or _("taken back by the source")
    row = strand.inbound
    if row is None:
        raise NotAwaited
    with acting(row.case_id, peer.user):
        commands.take_back(row, state=state, reason=reason, by=peer.user, at=at)


def answer_by_machine(referral: Referral, peer: Peer, said: Said, at: datetime) -> None:
    """The office's system answers a referral of ours by the steps of its liaison."""
    by = desk_of(peer, referral.office)
    signing = _find(referral, "sign_for")
    if signing is not None:  # an office that answers has it
        _carry_out(signing, by, {}, at)
    if said.kind == "signed":
        if signing is None:
            raise NotAwaited
        return
    node = "answer" if said.kind in ANSWERS else "follow_up"
    task = _find(referral, node)
    if task is None:
        raise NotAwaited
    _carry_out(task, by, answer_as_form(said), at)


def answer_as_form(said: Said) -> dict[str, Any]:
    """An event as a liaison would fill in the form."""
    data = {name: value for name, value in said.data.items() if value is not None}
    if said.kind in REPORTS:
        what = "RESULT" if said.kind == "result" else "PROGRESS"
        return {
            "what": what, "words": data.get("words", ""), "result": data.get("result", ""),
            "on_day": str(data.get("on", ""))[:10],
        }  # fmt: skip
    missing = data.get("missing", [])
    return {
        "answer": said.kind.upper(), "own_number": data.get("own_number", ""),
        "handler": data.get("handler", ""), "expected_on": data.get("expected_on", ""),
        "missing": "\n".join(map(str, missing)) if isinstance(missing, list) else "",
        "reason_code": data.get("reason_code", ""), "reason": data.get("reason", ""),
        "matter": data.get("matter", ""),
    }  # fmt: skip


def _find(referral: Referral, node: str) -> Task | None:
    rows = Task.objects.filter(process__referral=referral, is_open=True, flow_task_type="HUMAN")
    return next((row for row in rows if row.flow_task.name == node), None)


def _open(case_id: int | None, flow: str, node: str) -> Task:
    for row in run.open_tasks(case_id or 0):
        if (
            row.flow_task.name == node
            and type(row.flow_task.flow_class.instance).__name__.lower() == f"{flow}flow"
        ):
            return row
    raise NotAwaited


def _carry_out(task: Task, by: User, data: dict[str, Any], at: datetime) -> None:
    run.carry_out(task_id=task.pk, case_id=task.case_id, by=by, data=data, at=at)
