"""Bargaining and notices to the union as rows: each step with its day, each day in its order."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Bargain, BargainState, Case, NoticeKind, UnionNotice, User

LAYOFF_PEOPLE, LAYOFF_SHARE = 20, 10  # 劳动合同法第四十一条: twenty people, or ten per cent
AHEAD_DAYS = 30


class NotThere(CommandRefused):
    """The bargaining does not stand where this could happen."""


class DayInDisorder(CommandRefused):
    """This day lies before the step that goes before, or in the future."""


class NoLayoff(CommandRefused):
    """Fewer than twenty people and less than ten per cent: the rule on layoffs does not reach it."""


class OpinionFirst(CommandRefused):
    """The union gives its opinion first."""


def bargain_of(case: Case) -> Bargain:
    """The round of a case. Raises: NotThere."""
    row = Bargain.objects.filter(case=case).first()
    if row is None:
        raise NotThere
    return row


@transaction.atomic
def offer(case: Case, *, by: User, at: datetime, **fields: Any) -> Bargain:
    """An offer has reached the other side. `fields` are columns of Bargain."""
    lock_case(case.pk)
    made = Bargain.objects.create(case=case, season=fields["received_on"].year, **fields)
    record(case, Kind.BARGAIN_OFFERED, by=by, at=at, topic=made.topic, on=made.received_on)
    return made


@transaction.atomic
def go_on(
    case: Case,
    state: BargainState,
    *,
    after: str,
    on: date,
    today: date,
    by: User | None,
    at: datetime,
    **fields: Any,
) -> Bargain:
    """The next stage, not before the day in the column `after` and not in the future.

    Raises: NotThere, DayInDisorder.
    """
    lock_case(case.pk)
    row = bargain_of(case)
    before: date | None = getattr(row, after)
    if before is None:
        raise NotThere
    if on < before or on > today:
        raise DayInDisorder
    row.state = state
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    record(case, Kind.BARGAIN_WENT_ON, by=by, at=at, state=state.value, on=on)
    return row


def is_layoff(people: int, staff: int | None) -> bool:
    """Twenty people or more, or ten per cent of the staff. Source: 《劳动合同法》第四十一条."""
    return people >= LAYOFF_PEOPLE or bool(staff and people * 100 >= staff * LAYOFF_SHARE)


@transaction.atomic
def receive(case: Case, *, by: User, at: datetime, **fields: Any) -> UnionNotice:
    """Keep a notice; too late is what came after the last day for it. Raises: NoLayoff."""
    lock_case(case.pk)
    kind, late = NoticeKind(fields["kind"]), False
    effect: date = fields.get("effect_on") or fields["received_on"]
    if kind == NoticeKind.LAYOFF:
        if not is_layoff(fields["people"], fields.get("staff")):
            raise NoLayoff(field="people")
        late = fields["received_on"] > effect - timedelta(days=AHEAD_DAYS)
    elif kind == NoticeKind.DISMISSAL:
        late = fields["received_on"] >= effect
    made = UnionNotice.objects.create(case=case, late=late, **fields)
    record(case, Kind.UNION_TOLD, by=by, at=at, about=kind.value, late=late, people=made.people)
    return made


@transaction.atomic
def give_opinion(row: UnionNotice, *, words: str, on: date, by: User, at: datetime) -> None:
    """The union's opinion, which the employer must look into (劳动合同法 43)."""
    lock_case(row.case_id)
    row.opinion, row.opinion_on = words, on
    row.save(update_fields=["opinion", "opinion_on"])
    record(row.case, Kind.UNION_OPINED, by=by, at=at, about=row.kind)


@transaction.atomic
def answered(
    row: UnionNotice, *, words: str, heeded: bool, on: date, by: User, at: datetime
) -> None:
    """What came back in writing. Raises: OpinionFirst, DayInDisorder."""
    lock_case(row.case_id)
    if row.kind != NoticeKind.UNION_RIGHTS and row.opinion_on is None:
        raise OpinionFirst
    if on < (row.opinion_on or row.received_on):
        raise DayInDisorder(field="on_day")
    row.answer, row.heeded, row.answered_on = words, heeded, on
    row.save(update_fields=["answer", "heeded", "answered_on"])
    record(row.case, Kind.UNION_GOT_ANSWER, by=by, at=at, about=row.kind, heeded=heeded)
