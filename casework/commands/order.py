"""Supervision orders as rows: given by one, answered by another, accepted or given back; each with its event.

Policy of the house (督办): reference to the ladder in casework/rules/values/escalation.yaml.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, OrderState, SupervisionOrder, User
from casework.queries.calendar import current

RUNNING = (OrderState.OPEN, OrderState.RETURNED, OrderState.ANSWERED)
WAITING = (OrderState.OPEN, OrderState.RETURNED)


class OrderRuns(CommandRefused):
    """A supervision order on this case is still running: its answer is decided on first, or it is withdrawn."""


class NoOrder(CommandRefused):
    """No supervision order of this case is running."""


class OrderAnswered(CommandRefused):
    """This order has its answer already."""


class NotAnswered(CommandRefused):
    """This order has no answer yet."""


class OwnOrder(CommandRefused):
    """Who gave the order does not answer it."""


class OwnAnswer(CommandRefused):
    """Who answered the order does not decide on the answer."""


class AnswerByLater(CommandRefused):
    """The day of the answer is a working day after today."""


def running(case: Case) -> SupervisionOrder | None:
    """The order of a case that is not at its end."""
    return next((row for row in case.orders.all() if row.state in RUNNING), None)


def the_order(case: Case) -> SupervisionOrder:
    """The same, read fresh. Raises: NoOrder."""
    found = case.orders.filter(state__in=RUNNING).first()
    if found is None:
        raise NoOrder
    return found


@transaction.atomic
def give(
    case: Case,
    *,
    level: str,
    found: str,
    demands: Sequence[str],
    answerer: User | None,
    reply_by: date,
    by: User | None,
    at: datetime,
) -> SupervisionOrder:
    """Give an order. Raises: OrderRuns, OwnOrder, AnswerByLater."""
    lock_case(case.pk)
    if SupervisionOrder.objects.filter(case=case, state__in=RUNNING).exists():
        raise OrderRuns
    if by is not None and answerer is not None and by.pk == answerer.pk:
        raise OwnOrder(field="answerer")
    _ahead(reply_by, at)
    made = SupervisionOrder.objects.create(
        case=case, level=level, found=found, demands=list(demands), answerer=answerer,
        reply_by=reply_by, given_by=by, given_at=at,
    )  # fmt: skip
    record(
        case, Kind.ORDER_GIVEN, by=by, at=at, order=str(made.pk), whom=level,
        answerer=answerer.display_name if answerer else "", reply_by=reply_by,
    )  # fmt: skip
    return made


@transaction.atomic
def answer(order: SupervisionOrder, *, words: str, by: User, at: datetime) -> None:
    """What was done about it. Raises: OrderAnswered, OwnOrder."""
    _fresh(order)
    if order.state not in WAITING:
        raise OrderAnswered
    if order.given_by_id == by.pk:
        raise OwnOrder
    order.state, order.answer = OrderState.ANSWERED, words
    order.answered_by, order.answered_at = by, at
    order.save()
    record(order.case, Kind.ORDER_ANSWERED, by=by, at=at, order=str(order.pk), words=words)


@transaction.atomic
def accept(order: SupervisionOrder, *, why: str, by: User, at: datetime) -> None:
    """The answer is enough. Raises: NotAnswered, OwnAnswer."""
    _decidable(order, by)
    _decided(order, OrderState.ACCEPTED, why, by, at)
    record(order.case, Kind.ORDER_ACCEPTED, by=by, at=at, order=str(order.pk), why=why)


@transaction.atomic
def give_back(
    order: SupervisionOrder, *, why: str, reply_by: date, by: User, at: datetime
) -> None:
    """The answer is not enough: another one by another day. Raises: NotAnswered, OwnAnswer, AnswerByLater."""
    _decidable(order, by)
    _ahead(reply_by, at)
    order.reply_by = reply_by
    _decided(order, OrderState.RETURNED, why, by, at)
    record(
        order.case, Kind.ORDER_RETURNED, by=by, at=at, order=str(order.pk), why=why,
        reply_by=reply_by,
    )  # fmt: skip


@transaction.atomic
def end(
    order: SupervisionOrder, state: OrderState, *, why: str, by: User | None, at: datetime
) -> None:
    """It ends without an accepted answer: withdrawn, replaced by a higher one, or the case has ended."""
    _fresh(order)
    if order.state not in RUNNING:
        raise NoOrder
    order.state = state
    order.save()
    record(
        order.case, Kind.ORDER_ENDED, by=by, at=at, order=str(order.pk), state=state, why=why
    )


def _fresh(order: SupervisionOrder) -> None:
    lock_case(order.case_id)
    order.refresh_from_db(fields=["state"])


def _ahead(reply_by: date, at: datetime) -> None:
    if reply_by <= clock.day(at) or not current().is_working(reply_by):
        raise AnswerByLater(field="reply_by")


def _decidable(order: SupervisionOrder, by: User) -> None:
    _fresh(order)
    if order.state != OrderState.ANSWERED:
        raise NotAnswered
    if order.answered_by_id == by.pk:
        raise OwnAnswer


def _decided(
    order: SupervisionOrder, state: OrderState, why: str, by: User, at: datetime
) -> None:
    order.state, order.decided_why = state, why
    order.decided_by, order.decided_at = by, at
    order.save()
