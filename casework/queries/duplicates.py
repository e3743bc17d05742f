"""Possible duplicates of a call: a fact and its consequence, never a block."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from casework.fields import blind
from casework.models import Case
from casework.queries.callers import Known, Past
from casework.rules.checks import phone_normal

SAME_NUMBER_DAYS = 180
SAME_NAME_DAYS = 30


@dataclass(frozen=True, slots=True)
class Possible:
    """A case that may be the same matter; a hint is weaker than a match."""

    case: Case
    why: str
    is_hint: bool


def told_before(people: Iterable[Known], employer: str, at: datetime) -> list[Past]:
    """Matters of these callers about the same employer within 180 days, whoever took the calls."""
    firm = employer.strip()
    found = {
        past.case_id: past
        for each in people
        for past in each.cases
        if firm in past.employers.split("、") and (at - past.opened_at).days <= SAME_NUMBER_DAYS
    }
    return list(found.values()) if firm else []


def possible(
    *, phone: str, name: str, employer: str, at: datetime, identity: str = ""
) -> list[Possible]:
    """Same phone or identity with the same employer within 180 days; name with employer within 30."""
    if not employer.strip():
        return []
    rows = Case.objects.filter(parties__employer__name=employer.strip())
    people = Q(pk__in=[])
    if phone:
        index = blind(phone_normal(phone) or phone, "phone")
        people |= Q(calls__caller__phone_index=index) | Q(parties__person__phone_index=index)
    if identity:
        people |= Q(parties__person__identity_index=blind(identity.upper(), "identity"))
    since = at - timedelta(days=SAME_NUMBER_DAYS)
    sure = list(rows.filter(people, opened_at__gte=since).distinct().order_by("-opened_at")[:5])
    found = [Possible(case, "number", is_hint=False) for case in sure]
    if name.strip():
        since = at - timedelta(days=SAME_NAME_DAYS)
        hints = rows.filter(calls__caller__name=name.strip(), opened_at__gte=since)
        hints = (
            hints.exclude(pk__in=[case.pk for case in sure])
            .distinct()
            .order_by("-opened_at")[:5]
        )
        found += [Possible(case, "name", is_hint=True) for case in hints]
    return found
