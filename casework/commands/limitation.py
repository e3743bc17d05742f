"""Facts of limitation are recorded with their evidence and voided with a reason. Nothing is ever blocked by them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, FactKind, LimitationFact, Party, Side, User

MOVES = (
    FactKind.INTERRUPT, FactKind.SUSPEND_START, FactKind.SUSPEND_END, FactKind.AGREE_TO_PERFORM,
)  # fmt: skip


class FactInTheFuture(CommandRefused):
    """This day has not come yet."""


class FactNeedsEvidence(CommandRefused):
    """Name the evidence and where it lies: without it an interruption or suspension proves nothing."""


class SuspensionOutOfOrder(CommandRefused):
    """A suspension begins before it ends, and ends before the next one begins."""


class NotAWorkerOfTheCase(CommandRefused):
    """Choose a worker of this case, or leave it open for all of them."""


class FactVoid(CommandRefused):
    """This fact is void already."""


class FactNeedsReason(CommandRefused):
    """Say why this fact is void."""


@transaction.atomic
def record_fact(
    case: Case,
    *,
    kind: str,
    on: date,
    cause: str,
    evidence: str,
    by: User,
    at: datetime,
    party: Party | None = None,
) -> LimitationFact:
    """Record one fact, for a worker or (without `party`) for every worker of the case.

    Raises: FactInTheFuture, FactNeedsEvidence, SuspensionOutOfOrder, NotAWorkerOfTheCase.
    Source: 《劳动争议调解仲裁法》第二十七条.
    """
    locked = lock_case(case.pk)
    if on > clock.day(at):
        raise FactInTheFuture(field="on")
    if kind in MOVES and not evidence.strip():
        raise FactNeedsEvidence(field="evidence")
    if party is not None and (party.case_id != locked.pk or party.side != Side.WORKER):
        raise NotAWorkerOfTheCase(field="party")
    row = LimitationFact(
        case=locked, party=party, kind=kind, on=on, cause=cause.strip(), evidence=evidence.strip(),
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    _check_suspensions([*_beside(row), row])
    row.save()
    _tell(row, Kind.LIMITATION_RECORDED, by, at)
    return row


@transaction.atomic
def void_fact(row: LimitationFact, *, reason: str, by: User, at: datetime) -> LimitationFact:
    """A fact was wrong: it stays, struck through. Raises: FactVoid, FactNeedsReason, SuspensionOutOfOrder."""
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.voided_at is not None:
        raise FactVoid
    if not reason.strip():
        raise FactNeedsReason(field="reason")
    _check_suspensions([each for each in _beside(row) if each.pk != row.pk])
    row.voided_by, row.voided_at, row.void_reason = by, at, reason.strip()
    row.save(update_fields=["voided_by", "voided_at", "void_reason"])
    _tell(row, Kind.LIMITATION_VOIDED, by, at, reason=row.void_reason)
    return row


def _beside(row: LimitationFact) -> list[LimitationFact]:
    """The standing facts that meet this one in some worker's chain."""
    rows = LimitationFact.objects.filter(case=row.case, voided_at__isnull=True)
    if row.party_id is not None:
        rows = rows.filter(Q(party__isnull=True) | Q(party=row.party_id))
    return list(rows)


def _check_suspensions(rows: list[LimitationFact]) -> None:
    """In each worker's chain start and end take turns. Raises: SuspensionOutOfOrder."""
    for party in {row.party_id for row in rows} | {None}:
        stopped = False
        chain = [row for row in rows if row.party_id in (None, party)]
        for row in sorted(chain, key=lambda each: (each.on, each.kind == FactKind.SUSPEND_END)):
            if row.kind == FactKind.SUSPEND_START:
                if stopped:
                    raise SuspensionOutOfOrder(field="on")
                stopped = True
            elif row.kind == FactKind.SUSPEND_END:
                if not stopped:
                    raise SuspensionOutOfOrder(field="on")
                stopped = False


def _tell(row: LimitationFact, kind: Kind, by: User, at: datetime, **told: str) -> None:
    record(
        row.case, kind, by=by, at=at, fact=str(row.pk), what=row.kind, on=row.on,
        party=row.party.ref if row.party else "", cause=row.cause, evidence=row.evidence, reason=told.get("reason", ""),
    )  # fmt: skip
