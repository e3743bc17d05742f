"""The sums of a case: what is claimed, agreed, paid, and when the rest is due."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from casework import clock
from casework.models import Case
from casework.queries.calendar import current
from casework.queries.of_case import claims_of, plans_of
from casework.rules.lights import light
from mediation.desks.words import light_words


def claimed(case: Case) -> Decimal | None:
    """The sum of all claim lines in yuan, None when no line has a sum."""
    sums = [claim.amount_yuan for claim in case.claims.all() if claim.amount_yuan is not None]
    return sum(sums, Decimal()) if sums else None


def claim_rows(case: Case) -> list[dict[str, Any]]:
    """One row a claim; members with the same sum stand in one row, with their number."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for claim in claims_of(case):
        key = (claim.item, claim.amount_yuan, claim.get_outcome_display())
        groups.setdefault(key, []).append(claim.party.ref if claim.party else "")
    return [
        {
            "words": item
            if len(refs) == 1
            else _("%(item)s, %(n)s people") % {"item": item, "n": len(refs)},
            "each_yuan": amount if len(refs) > 1 else None,
            "sum_yuan": amount * len(refs) if amount is not None else None,
            "outcome": outcome,
        }
        for (item, amount, outcome), refs in groups.items()
    ]


def money_of(case: Case) -> dict[str, Any]:
    """Claimed, agreed and paid, in yuan; None where there is nothing yet."""
    inforce = [row for row in case.agreements.all() if row.effective_on is not None]
    agreement = inforce[-1] if inforce else None
    rows = [row for row in plans_of(case) if agreement and row.agreement_id == agreement.pk]
    return {
        "people": case.group_size if case.group_size > 1 else None,
        "claimed": claimed(case),
        "agreed": agreement.total_yuan if agreement else None,
        "paid": sum((row.paid_yuan for row in rows), Decimal()) if rows else None,
    }


def plan_rows(case: Case) -> list[dict[str, Any]]:
    """The instalments with their lights."""
    calendar = current()
    return [
        {
            "no": row.number, "due": row.accelerated_to or row.due_on, "yuan": row.amount_yuan,
            "light": light_words(light(row.due_on, clock.today(), calendar, done_on=row.paid_on), row.paid_on)
            if row.paid_on or row.state == "PENDING" else {"state": "overdue", "words": row.get_state_display()},
        }
        for row in plans_of(case)
    ]  # fmt: skip
