"""Sealed offers: each side puts in one sum; both are opened only when they overlap."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Event, SealedOffer, Side, User

MOST_ROUNDS = 3  # more rounds would let a side feel its way to the other's limit


class OfferIsIn(CommandRefused):
    """This side's offer of this round is in and sealed: it cannot be changed."""


class NoMoreRounds(CommandRefused):
    """Three rounds have passed without overlap: more would only tell a side the other's limit."""


class OffersOpened(CommandRefused):
    """The offers have met and were opened."""


@transaction.atomic
def put_offer(case: Case, *, side: Side, yuan: Decimal, by: User | None, at: datetime) -> str:
    """Put in a side's sum: the least a worker takes, the most an employer pays.

    Answers WAITING, OPENED (they overlap) or APART (they do not: a new round may begin). The ledger
    never tells a sum. Raises: OfferIsIn, NoMoreRounds, OffersOpened.
    Source: 《人民法院在线调解规则》第十八条 (what is offered is not used against anybody later).
    """
    case = lock_case(case.pk)
    rows = list(SealedOffer.objects.filter(case=case).order_by("-round", "side"))
    number = _round(rows)
    if any(row.round == number and row.side == side for row in rows):
        raise OfferIsIn(field="yuan")
    made = SealedOffer.objects.create(
        case=case, side=side, round=number, yuan=f"{yuan:.2f}", made_at=at
    )
    record(case, Kind.OFFER_SEALED, by=by, at=at, side=str(side), round=number)
    other = next((row for row in rows if row.round == number), None)
    return _meet(made, other, by, at) if other else "WAITING"


def _round(rows: list[SealedOffer]) -> int:
    if any(row.opened_at for row in rows):
        raise OffersOpened(field="yuan")
    if not rows:
        return 1
    last = rows[0].round
    complete = len([row for row in rows if row.round == last]) == len(Side)
    if complete and last >= MOST_ROUNDS:
        raise NoMoreRounds(field="yuan")
    return last + 1 if complete else last


def _meet(one: SealedOffer, other: SealedOffer, by: User | None, at: datetime) -> str:
    sums = {row.side: Decimal(row.yuan) for row in (one, other)}
    if sums[Side.EMPLOYER] < sums[Side.WORKER]:
        record(one.case, Kind.OFFERS_APART, by=by, at=at, round=one.round)
        return "APART"
    for row in (one, other):
        row.opened_at = at
        row.save(update_fields=["opened_at"])
    record(one.case, Kind.OFFERS_OPENED, by=by, at=at, round=one.round)
    return "OPENED"


def where_offers_stand(case: Case) -> dict[str, Any]:
    """The round, whose offer is in (by the ledger), and the sums once they were opened.

    Works in the mediator's own context, which sees no offer before it is opened.
    """
    told = Event.objects.filter(case=case, kind=Kind.OFFER_SEALED).order_by("seq")
    rows = [(row.payload["round"], row.payload["side"]) for row in told]
    last = max((number for number, _side in rows), default=0)
    opened = SealedOffer.objects.filter(case=case, opened_at__isnull=False)
    return {
        "round": last,
        "in": [side for number, side in rows if number == last],
        "sums": {row.side: Decimal(row.yuan) for row in opened},
    }
