"""What is late climbs the ladder by itself: each rung once, told to its people, with its order (D36)."""

import logging
from collections import Counter, defaultdict
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from casework import clock
from casework.access.context import acting, system
from casework.commands.base import lock_case
from casework.events import Kind, record
from casework.models import Case, Deadline, Escalation, User
from casework.notify import tell_staff
from casework.queries.calendar import current
from casework.queries.ladder import climbing, nearly_due
from casework.rules.calendar import Calendar
from casework.rules.escalation import Rung, days_over, ladder
from mediation.commands import oversight
from mediation.engine.jobs import with_fresh_connection

logger = logging.getLogger("wufang.escalation")
Late = list[tuple[Deadline, int]]


@app.periodic(cron="20 * * * *")
@app.task(queue="house", name="climb")
@with_fresh_connection
def climb_job(timestamp: int) -> None:
    """Let what is late climb the ladder."""
    climb(clock.now())


@app.periodic(cron="30 0 * * *")  # 08:30 in Shanghai
@app.task(queue="house", name="nearly_due")
@with_fresh_connection
def nearly_due_job(timestamp: int) -> None:
    """Tell owners what is nearly due."""
    tell_owners(clock.now())


def climb(at: datetime) -> int:
    """Every case with something of the house's own newly on a rung; how many rungs were reached.

    Each case in its own transaction: one that cannot climb is logged and keeps nobody else waiting.
    """
    today, calendar = clock.day(at), current()
    with transaction.atomic(), system("the ladder"):
        rows = climbing(today).exclude(escalations__whom=ladder(today).top.whom)
        cases = dict.fromkeys(
            row.case_id
            for row in rows.prefetch_related("escalations")
            if _missing(row, today, calendar)
        )
    done = 0
    for case_id in cases:
        try:
            done += climb_case(case_id, at)
        except Exception:
            logger.exception("case %s could not climb the ladder", case_id)
    return done


def _missing(row: Deadline, today: date, calendar: Calendar) -> list[Rung]:
    stood = {each.whom for each in row.escalations.all()}
    due = ladder(today).reached(days_over(row.due, today, calendar))
    return [rung for rung in due if rung.whom not in stood]


@transaction.atomic
def climb_case(case_id: int, at: datetime) -> int:
    """The same for one case, under its lock; how many rungs. Twice is once."""
    today, calendar = clock.day(at), current()
    with acting(case_id, None):
        case = lock_case(case_id)
        new: dict[str, Late] = defaultdict(list)
        rungs: dict[str, Rung] = {}
        rows = climbing(today).filter(case_id=case_id).prefetch_related("escalations")
        for row in rows:
            for rung in _missing(row, today, calendar):
                Escalation.objects.create(deadline=row, whom=rung.whom, case=case, at=at)
                new[rung.whom].append((row, days_over(row.due, today, calendar)))
                rungs[rung.whom] = rung
        for whom, late in new.items():
            _tell(case, rungs[whom], late, at)
        return sum(len(late) for late in new.values())


def _tell(case: Case, rung: Rung, late: Late, at: datetime) -> None:
    record(
        case, Kind.ESCALATED, by=None, at=at, whom=rung.whom, order=rung.order,
        rules=sorted({row.rule for row, _days in late}), days_late=max(days for _row, days in late),
    )  # fmt: skip
    people = _people(case, rung)
    for user in people:
        tell_staff(
            user, "late", key=f"late:{late[0][0].pk}:{rung.whom}:{user.pk}", at=at, case=case,
            link=_address("late"),
        )  # fmt: skip
    if rung.order:
        _order(case, rung, people, late, at)


def _address(name: str) -> str:
    where: str = getattr(settings, "WUFANG_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
    return f"{where.rstrip('/')}{reverse(name)}"


def _people(case: Case, rung: Rung) -> list[User]:
    """The owner on the first rung, and who holds a role of the rung for the case's district or the city."""
    rows = User.objects.filter(is_active=True, roles__overlap=list(rung.roles))
    held = [
        user for user in rows.order_by("id") if user.district_id in (None, case.district_id)
    ]
    owner = case.mediator or case.manager
    return [*([owner] if owner and rung.days == 0 and owner not in held else []), *held]


def _order(case: Case, rung: Rung, people: list[User], late: Late, at: datetime) -> None:
    """The supervision order about what has newly reached this rung; a lower one gives way to it."""
    lead = next((user for user in people if set(user.roles) & set(rung.roles)), None)
    oversight.climbed(
        case, rung, [row for row, _days in late], at=at,
        supervisor=lead.display_name if lead else "权益保障部门",
    )  # fmt: skip


def tell_owners(at: datetime) -> int:
    """Each owner hears once a day how many of their clocks are nearly due; how many were told."""
    today, told = clock.day(at), 0
    with transaction.atomic(), system("nearly due"):
        rows = nearly_due(today).select_related("case__mediator", "case__manager")
        counts = Counter(row.case.mediator or row.case.manager for row in rows)
        for user, count in counts.items():
            if user is not None and user.is_active:
                told += tell_staff(
                    user, "nearly_due", key=f"soon:{today}:{user.pk}", at=at, count=count,
                    link=_address("home"),
                )  # fmt: skip
    return told
