"""Hardship: what the file knows of a need, by the figures of the day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from casework import clock
from casework.commands import hardship as file
from casework.models import Case, Party, User
from casework.queries import rulebook
from casework.rules.hardship import Need, signs
from mediation.models import Process

WAGES = "A02"


def owed(case: Case, party: Party) -> Decimal:
    """The wages that a person claims, in yuan; a claim of all counts for each."""
    rows = case.claims.filter(code__startswith=WAGES, amount_yuan__isnull=False)
    own = [row.amount_yuan for row in rows if row.party_id in (None, party.pk)]
    return sum((sum_yuan for sum_yuan in own if sum_yuan is not None), Decimal(0))


def warn(case: Case, party: Party, *, words: str, by: User, at: datetime, **facts: Any) -> None:
    """Raise a warning if the facts show a need. `facts` are fields of Need."""
    on = clock.day(at)
    need = Need(arrears=owed(case, party), **facts)
    book = rulebook.parameters()
    found = signs(need, district=_district(case), on=on, parameters=book)
    used = [
        book.on(name, on).version
        for name in ("hardship_unpaid_months", "hardship_arrears_wages")
    ]
    file.warn(party, signs=found, words=words, parameters=used, by=by, at=at)


def _district(case: Case) -> str:
    return case.district.name if case.district else ""


def visit(case: Case, key: str, *, on: date, by: User, at: datetime, **found: Any) -> str:
    """What the visit led to.."""
    row = next(row for row in file.open_for(case) if str(row.pk) == key)
    file.end(row, on=on, by=by, at=at, **found)
    return str(found["result"])


def take_back(case: Case, key: str, *, why: str, on: date, by: User, at: datetime) -> None:
    """Empty the warning; its visit falls away when no other warning of the case waits for one."""
    from mediation.engine.run import cancel_process

    row = next(row for row in file.open_for(case) if str(row.pk) == key)
    file.take_back(row, why=why, on=on, by=by, at=at)
    left = len(file.open_for(case))
    rows = Process.objects.filter(case=case, finished__isnull=True).order_by("id")
    visits = [each for each in rows if each.flow_class.__name__ == "HardshipFlow"]
    for process in visits[left:]:
        cancel_process(process)
