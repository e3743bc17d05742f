"""The four responsibility lists on pages: each duty with what is late of it now."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from casework.queries.ladder import climbing
from casework.rules.responsibility import Duty, answerable, lists
from mediation.desks import clocks
from mediation.desks.triage_tables import language

ASK = "GEN-CARE"


def late_now(today: date) -> Counter[Duty]:
    """How many late clocks stand against each duty, of cases visible in this context. One question."""
    rows = climbing(today).order_by().values_list("rule", "case__level", "case__is_new_form")
    found: Counter[Duty] = Counter()
    for rule, level, new_form, count in rows.annotate(n=Count("pk")):
        duty = answerable(rule, level, new_form=new_form)
        if duty is not None:
            found[duty] += count
    return found


def _code(rule: str) -> str:
    """A limit as the page names it: its code, or words for the house's own question."""
    return _("thirty-day question") if rule == ASK else rule.rstrip("-")


def lists_of(today: date) -> list[dict[str, Any]]:
    """The lists in words, their duties in order, the late ones counted."""
    late, spoken = late_now(today), language()
    return [
        {
            "code": each.code, "name": each.name[spoken],
            "above": lists()[each.above].name[spoken] if each.above else "",
            "late": sum(late[duty] for duty in each.duties),
            "url": clocks.address(clocks.LATE, duties=each.code),
            "duties": [
                {"number": duty.number, "what": duty.what[spoken], "late": late[duty],
                 "url": clocks.address(clocks.LATE, duties=f"{each.code}.{duty.number}"),
                 "rules": "、".join(_code(rule) for rule in duty.rules)}
                for duty in each.duties
            ],
        }
        for each in lists().values()
    ]  # fmt: skip
