"""What the decision tables propose for a case, from what the file knows."""

from datetime import datetime
from typing import Any

from casework import clock
from casework.commands.deadlines import RUNNING
from casework.home import province
from casework.models import Case, Deadline, Party, Side
from casework.queries import calendar, rulebook_tables
from casework.rules.limitation import REMUNERATION, assess
from casework.rules.tables import Decision
from casework.rules.triage import UNKNOWN, Facts, propose

OUTSIDE = ("省", "自治区")
CONTRACTS = {"": UNKNOWN, "none": "absent"}
PAY, LEAVE_PAY = "A02", "A02.05"


def proposals(case: Case, *, at: datetime, **confirmed: Any) -> dict[str, Decision]:
    """One decision a table, on the file as it stands; `confirmed` overrides what the call said.

    Raises: RuleError of casework.rules.
    """
    facts = facts_of(case, at=at, **confirmed)
    return propose(facts, tables=rulebook_tables.tables(), on=clock.day(at))


def facts_of(case: Case, *, at: datetime, **confirmed: Any) -> Facts:
    """The file as the tables see it: only what was said or recorded, nothing guessed."""
    call = case.calls.order_by("started_at").first()
    sides = list(Party.objects.filter(case=case).select_related("person", "employer"))
    people = [row.person for row in sides if row.side == Side.WORKER and row.person]
    firms = [row.employer for row in sides if row.employer]
    causes = confirmed.get("causes") or case.causes
    main = confirmed.get("main_cause") or case.main_cause
    district = confirmed.get("district") or case.district
    home = province()
    away = any(each.home_province and home not in each.home_province for each in people)
    return Facts(
        classes=tuple(confirmed.get("classes") or case.classes),
        causes=tuple(dict.fromkeys([main, *causes] if main else causes)),
        workers=tuple(each.worker_kind for each in people if each.worker_kind),
        wish=call.wish if call else "",
        group_size=confirmed.get("group_size") or case.group_size,
        danger=bool(call and call.danger),
        clock_days=_days_left(case, main, at),
        is_new_form=bool(confirmed.get("is_new_form", case.is_new_form)),
        contract=CONTRACTS.get(call.contract_kind if call else "", "present"),
        performance_here="present" if district else UNKNOWN,
        other_province=away or any(_outside(firm.address) for firm in firms),
        performance_known=bool(call and call.work_place),
        seat_known=any(firm.address for firm in firms),
        work_known=district is not None,
    )


def as_stored(made: dict[str, Decision]) -> dict[str, Any]:
    """The decisions by table, for the case's own record."""
    return {code: each.to_json() for code, each in made.items()}


def _outside(address: str) -> bool:
    return any(word in address for word in OUTSIDE) and province() not in address


def _days_left(case: Case, main: str, at: datetime) -> int | None:
    """Days to the nearest statutory limit: running deadlines, and limitation from the last day."""
    today = clock.day(at)
    ends = [
        row.due
        for row in Deadline.objects.filter(case=case, state__in=RUNNING, nature="statutory")
        if row.due >= today
    ]
    call = case.calls.order_by("started_at").first()
    if call is not None and call.left_on is not None:
        pay = main.startswith(PAY) and main != LEAVE_PAY
        found = assess(
            claim=REMUNERATION if pay else "OTHER",
            knew_on=call.left_on,
            terminated_on=call.left_on,
            events=(),
            as_of=today,
            calendar=calendar.current(),
        )
        if found.status == "RUNNING" and found.expires_on is not None:
            ends.append(found.expires_on)
    return (min(ends) - today).days if ends else None
