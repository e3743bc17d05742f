"""Members who go their own way: split off to a case of their own, taken back, or leaving altogether."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock, registry
from casework.access.context import acting
from casework.commands.base import CommandRefused, lock_case, locked_pair
from casework.commands.deadlines import RUNNING, set_deadline, void_deadline
from casework.commands.moving import bring_back, move, recount, set_aside, undecide, workers_of
from casework.events import Kind, record
from casework.ids import new_id
from casework.models import (
    CallRecord,
    Case,
    Claim,
    ClaimOutcome,
    Deadline,
    LimitationFact,
    Party,
    SessionState,
    Side,
    User,
)
from casework.queries import rulebook

# What a case of one's own begins with: the same matter, the same day of receipt.
SAME = (
    "title", "classes", "main_cause", "causes", "district", "level", "priority", "is_new_form", "channel",
    "source_number", "catalogue_version", "triaged_on", "received_on", "accepted_on", "relation", "triage",
    "criminal_clue", "intake_by", "manager",
)  # fmt: skip
OF_THE_CALL = (
    "classes", "facts", "work_place", "hired_on", "left_on", "month_pay_yuan", "contract_kind", "evidence",
    "tried", "wish",
)  # fmt: skip
STARTS_ANEW = frozenset({"M-03", "M-04", "M-05", "M-06", "M-07"})


class NotSplittable(CommandRefused):
    """Only workers of an accepted, open case can go their own way, before an agreement is in force."""


class SomebodyMustStay(CommandRefused):
    """At least one worker must stay. To end the whole, withdraw the application."""


class NotSplitOff(CommandRefused):
    """This case was not split off from another one."""


class WentOn(CommandRefused):
    """This case has gone on by itself (a session, an agreement or a referral): it cannot be taken back."""


@transaction.atomic
def split_off(
    case: Case, members: Sequence[Party], *, reason: str, by: User, at: datetime
) -> Case:
    """The members get one case of their own, with their claims, files and clocks; both ledgers tell it.

    The right to arbitrate keeps running from the day of receipt. Raises: NotSplittable, SomebodyMustStay.
    """
    number = new_id()
    with acting(case.pk, by, also=number):
        case = lock_case(case.pk)
        _check(case, members)
        made = _copy(case, number, at)
        lock_case(made.pk)
        _employers(case, made)
        moved = [move(row, made, ref=f"W{n:02d}", at=at) for n, row in enumerate(members, 1)]
        undecide(made)
        _facts(case, made, dict(moved))
        refs = [row.ref for row in members]
        record(
            made, Kind.CASE_SPLIT, by=by, at=at, split_from=str(case), refs=refs, reason=reason
        )
        _clocks(case, made, by, at)
        recount(case)
        recount(made)
        record(case, Kind.CASE_SPLIT, by=by, at=at, into=str(made), refs=refs, reason=reason)
    return made


def _check(case: Case, members: Sequence[Party]) -> None:
    in_force = case.agreements.filter(effective_on__isnull=False).exists()
    if (
        not case.accepted_on
        or case.closed_on
        or case.withdrawn_on
        or case.failed_on
        or in_force
    ):
        raise NotSplittable
    standing = workers_of(case)
    if not members or not set(members) <= set(standing):
        raise NotSplittable(field="refs")
    if len(members) == len(standing):
        raise SomebodyMustStay(field="refs")


def _copy(case: Case, number: int, at: datetime) -> Case:
    on = clock.day(at)
    made = Case(
        pk=number, ticket_no=registry.ticket_no(on), opened_at=at, split_from=case,
        number=registry.case_number(on, case.district),
        **{name: getattr(case, name) for name in SAME},
    )  # fmt: skip
    made.save(force_insert=True)
    call = case.calls.order_by("started_at").first()
    if call is not None:
        CallRecord.objects.create(
            case=made, started_at=call.started_at, operator=call.operator, channel="transfer",
            **{name: getattr(call, name) for name in OF_THE_CALL},
        )  # fmt: skip
    return made


def _employers(case: Case, made: Case) -> None:
    rows = Party.objects.filter(case=case, side=Side.EMPLOYER, left_on__isnull=True)
    Party.objects.bulk_create(
        Party(
            case=made, ref=row.ref, side=row.side, employer=row.employer, capacity=row.capacity,
            contact=row.contact, agrees_to_mediate=row.agrees_to_mediate,
        )
        for row in rows.order_by("id")
    )  # fmt: skip


def _facts(case: Case, made: Case, moved: dict[int, Party]) -> None:
    """What is known of limitation for all, and for the members."""
    rows = LimitationFact.objects.filter(case=case, voided_at__isnull=True)
    LimitationFact.objects.bulk_create(
        LimitationFact(
            case=made, party=moved.get(row.party_id or 0), kind=row.kind, on=row.on, cause=row.cause,
            evidence=row.evidence, recorded_by=row.recorded_by, recorded_at=row.recorded_at,
        )
        for row in rows.order_by("id")
        if row.party_id is None or row.party_id in moved
    )  # fmt: skip


def _clocks(case: Case, made: Case, by: User, at: datetime) -> None:
    """The clocks of the matter run on from their own beginning; the group's other clocks stay with it."""
    rows = Deadline.objects.filter(case=case, state__in=RUNNING, rule__in=STARTS_ANEW)
    laws = rulebook.catalogue_of(case)
    for row in rows.order_by("id"):
        longer = row.length > (laws.rule(row.rule, row.start)[0].length or row.length)
        set_deadline(made, row.rule, start=row.start, start_event=row.start_event,
                     length=row.length, extended=longer, by=by, at=at)  # fmt: skip


@transaction.atomic
def undo_split(made: Case, *, reason: str, by: User, at: datetime) -> Case:
    """The members come back to the case they left; the case of their own is closed as part of it.

    Raises: NotSplitOff, WentOn, NotSplittable. Answers the case they came back to.
    """
    if made.split_from_id is None:
        raise NotSplitOff
    with acting(made.pk, by, also=made.split_from_id):
        made, case = locked_pair(made.pk, made.split_from_id)
        if made.merged_into_id or made.closed_on:
            raise NotSplitOff
        if _went_on(made):
            raise WentOn
        if case.closed_on or case.agreements.filter(effective_on__isnull=False).exists():
            raise NotSplittable
        refs = [bring_back(row, case, at=at) for row in workers_of(made)]
        for row in Deadline.objects.filter(case=made, state__in=RUNNING).order_by("id"):
            void_deadline(row, by=by, at=at, ground=_("part of %(case)s") % {"case": case})
        made.merged_into, made.closed_on, made.outcome = case, clock.day(at), "DUPLICATE"
        made.save(update_fields=["merged_into", "closed_on", "outcome"])
        recount(case)
        record(made, Kind.SPLIT_UNDONE, by=by, at=at, back_to=str(case), reason=reason)
        record(
            case, Kind.SPLIT_UNDONE, by=by, at=at, ticket=str(made), refs=refs, reason=reason
        )
    return case


def _went_on(made: Case) -> bool:
    return (
        made.sessions.filter(state__in=[SessionState.HELD, SessionState.PLANNED]).exists()
        or made.agreements.exists()
        or made.referrals.exists()
        or made.failed_on is not None
        or made.withdrawn_on is not None
    )


@transaction.atomic
def withdraw_member(row: Party, *, reason: str, by: User, at: datetime) -> Party:
    """One worker asks for nothing more; the others go on. Raises: NotSplittable, SomebodyMustStay."""
    case = lock_case(row.case_id)
    in_force = case.agreements.filter(effective_on__isnull=False).exists()
    standing = workers_of(case)
    if case.closed_on or in_force or row not in standing or row.side != Side.WORKER:
        raise NotSplittable(field="party")
    if len(standing) == 1:
        raise SomebodyMustStay(field="party")
    claims = Claim.objects.filter(party=row).exclude(outcome=ClaimOutcome.FAILED)
    told = [str(claim.pk) for claim in claims]
    claims.update(outcome=ClaimOutcome.WITHDRAWN, agreed_yuan=None, reason=reason[:120])
    set_aside(row, at=at)
    recount(case)
    record(case, Kind.PARTY_LEFT, by=by, at=at, party=row.ref, reason=reason, claims=told)
    return row
