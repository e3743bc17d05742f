"""Supervision orders (D36): what is late is done by a day, answered in writing by another, and decided on.

A head gives one; the ladder gives one when a rung says so. One runs on a case at a time: a higher one of the
ladder takes the place of a lower one.
"""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from casework import clock
from casework.commands import order as file
from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadlines import meet_rule, set_deadline, void_rule
from casework.events import Kind, record
from casework.models import Case, Deadline, OrderState, SupervisionOrder, User
from casework.notify import tell_staff
from casework.queries.calendar import current
from casework.queries.ladder import late_of
from casework.rules.escalation import Rung, ladder
from casework.rules.responsibility import answerable, lists
from documents.facts.d36 import LateLine
from documents.gather import gather
from documents.issue import issue
from documents.models import Paper
from mediation.engine import run
from mediation.engine.clocks import rule_name
from mediation.engine.registry import flow_named

ORDER, ANSWER = "D36", "P-13"
AT_ONCE = "立即办理逾期事项，不能立即办结的说明原因和办结时间"
IN_WRITING = "由{who}在反馈期限前书面答复"


class NothingLate(CommandRefused):
    """Nothing of this case is late: there is nothing to order."""


def levels(on: date) -> dict[str, Rung]:
    """The rungs at which an order can be given, by their stored names, lowest first."""
    return {rung.whom: rung for rung in ladder(on).rungs if rung.trigger == "overdue"}


def reply_day(rung: Rung, today: date) -> date:
    """By when an order of this level is answered, if nothing else is said."""
    last = today
    for _day in range(max(rung.answer_days, 1)):
        last = current().next_working(last + timedelta(days=1))
    return last


@transaction.atomic
def give(
    case: Case,
    *,
    level: str,
    found: str,
    demands: Sequence[str],
    answerer: User,
    reply_by: date,
    by: User,
    at: datetime,
) -> SupervisionOrder:
    """Give an order about everything that is late now. Raises: NothingLate, and what casework refuses."""
    lock_case(case.pk)
    late = late_of(case, clock.day(at))
    if not late:
        raise NothingLate
    made = file.give(
        case, level=level, found=found, demands=demands, answerer=answerer, reply_by=reply_by,
        by=by, at=at,
    )  # fmt: skip
    _goes_out(made, late, at, supervisor=by.display_name)
    return made


@transaction.atomic
def climbed(
    case: Case, rung: Rung, late: Sequence[Deadline], *, supervisor: str, at: datetime
) -> None:
    """The ladder's own order about what newly reached a rung; its owner answers. Twice is once."""
    if (before := file.running(case)) is not None:
        _end(before, OrderState.REPLACED, why=rung.name["zh"], by=None, at=at)
        run.cancel_flows(case, "oversight")
    made = file.give(
        case, level=rung.whom, found="", demands=[AT_ONCE, *_duties(case, late)],
        answerer=_owner(case), reply_by=reply_day(rung, clock.day(at)), by=None, at=at,
    )  # fmt: skip
    _goes_out(made, late, at, supervisor=supervisor)
    flow_named("oversight").begin.run(case=case)


def answer(case: Case, *, words: str, by: User, at: datetime) -> None:
    """The answer is in; its clock stops and those who decide are told. Raises: as casework's answer."""
    order = file.the_order(case)
    file.answer(order, words=words, by=by, at=at)
    meet_rule(case, ANSWER, by=by, at=at)
    if order.given_by is not None:
        _tell(order, order.given_by, "order_answered", f"answered:{at:%Y%m%d%H%M%S}", at)


def accept(case: Case, *, why: str, by: User, at: datetime) -> None:
    """The answer is enough. Raises: as casework's accept."""
    file.accept(file.the_order(case), why=why, by=by, at=at)


@transaction.atomic
def give_back(case: Case, *, why: str, reply_by: date, by: User, at: datetime) -> None:
    """Another answer by another day. Raises: as casework's give_back."""
    order = file.the_order(case)
    file.give_back(order, why=why, reply_by=reply_by, by=by, at=at)
    _set_clock(order, at, by)
    _tell(order, order.answerer, "order_given", f"back:{at:%Y%m%d%H%M%S}", at)


@transaction.atomic
def withdraw(case: Case, *, why: str, by: User, at: datetime) -> None:
    """Take the order back: nobody answers it any more. Raises: NoOrder."""
    _end(file.the_order(case), OrderState.WITHDRAWN, why=why, by=by, at=at)
    run.cancel_flows(case, "oversight")


def end_with(case: Case, *, by: User, at: datetime) -> None:
    """The case ends, and its running order with it; whoever ends the case cancels the process."""
    if (order := file.running(case)) is not None:
        _end(order, OrderState.MOOT, why="", by=by, at=at)


def the_answerer(activation: Any) -> User | None:
    """Who is named in the running order of a process's case; nobody if they have left."""
    found = file.running(activation.process.case)
    who = found.answerer if found else None
    return who if who is not None and who.is_active else None


def late(activation: Any) -> None:
    """The day is over and no answer came: written down; who answers and who gave it hear of it."""
    order, at = file.running(activation.process.case), clock.now()
    if order is None or order.state not in file.WAITING:
        return
    record(order.case, Kind.ORDER_LATE, by=None, at=at, order=str(order.pk))
    for user in {each for each in (order.answerer, order.given_by) if each is not None}:
        _tell(order, user, "order_late", f"late:{order.reply_by}:{user.pk}", at)


def _end(
    order: SupervisionOrder, state: OrderState, *, why: str, by: User | None, at: datetime
) -> None:
    file.end(order, state, why=why, by=by, at=at)
    void_rule(order.case, ANSWER, by=by, at=at, ground=f"order {state.lower()}")


def _goes_out(
    order: SupervisionOrder, late: Sequence[Deadline], at: datetime, *, supervisor: str
) -> None:
    """The paper, the clock of the answer, and the message to who answers."""
    _set_clock(order, at, order.given_by)
    paper: Paper = issue(
        ORDER, case=order.case, by=order.given_by, at=at,
        facts=_facts(order, late, at, supervisor),
    )  # fmt: skip
    order.paper_id = paper.pk
    order.save(update_fields=["paper_id"])
    _tell(order, order.answerer, "order_given", "given", at)


def _set_clock(order: SupervisionOrder, at: datetime, by: User | None) -> None:
    start = clock.day(at)
    set_deadline(
        order.case, ANSWER, start=start, start_event="order_given",
        length=current().working_days_between(start, order.reply_by), by=by, at=at,
    )  # fmt: skip


def _tell(
    order: SupervisionOrder, user: User | None, text: str, what: str, at: datetime
) -> None:
    if user is None or not user.is_active:
        return
    where: str = getattr(settings, "WUFANG_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
    tell_staff(
        user, text, key=f"order:{order.pk}:{what}", at=at, case=order.case,
        link=f"{where.rstrip('/')}{reverse('work')}",
    )  # fmt: skip


def _facts(
    order: SupervisionOrder, late: Sequence[Deadline], at: datetime, supervisor: str
) -> Any:
    """The paper's facts: the file's own, and what the act says."""
    case, today = order.case, clock.day(at)
    known = gather(ORDER, case=case, subject_id=None, at=at, by=order.given_by)
    owner, who = _owner(case), order.answerer
    asked = IN_WRITING.format(who=who.display_name) if who else "在反馈期限前书面答复"
    return dataclasses.replace(
        known, level=levels(today)[order.level].name["zh"], reply_by=order.reply_by,
        addressee=known.addressee or (known.issuer.body if known.issuer else ""),
        found=order.found, demands=(*order.demands, asked), supervisor=supervisor,
        late=tuple(
            LateLine(
                what=_called(row), due=row.due, owner=owner.display_name if owner else "",
                days_late=current().working_days_between(row.due, today),
            )
            for row in late
        ),
    )  # fmt: skip


def _owner(case: Case) -> User | None:
    return case.mediator or case.manager


def _duties(case: Case, late: Sequence[Deadline]) -> list[str]:
    """The lines of the responsibility lists that the late clocks stand against, each once."""
    found = dict.fromkeys(
        answerable(row.rule, case.level, new_form=case.is_new_form) for row in late
    )
    return [
        f"履行{lists()[duty.list_code].name['zh']}第{duty.number}项：{duty.what['zh']}"
        for duty in found if duty is not None
    ]  # fmt: skip


def _called(row: Deadline) -> str:
    """The name of a late clock as a paper has it: in Chinese."""
    with override("zh-hans"):
        return rule_name(row.rule, row.start)
