"""Several callers about one employer within the house's window: possibly one group (policy, dated)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, Max, Q

from casework import clock
from casework.fields import blind
from casework.home import places
from casework.models import Case, NotAGroup
from casework.queries import rulebook
from casework.rules.checks import firm_key, phone_normal

MOST = 50


@dataclass(frozen=True, slots=True)
class Possible:
    """Open tickets about one employer; callers are counted by number, those without one are not."""

    key: str
    callers: int
    newest: datetime
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Since when calls are looked at, and from how many callers on it is told."""

    days: int
    since: datetime
    callers: int


def window(at: datetime) -> Window:
    """The window of the house on a day."""
    figures, on = rulebook.parameters(), clock.day(at)
    days = int(figures.on("group_hint_days", on).number)
    return Window(
        days, at - timedelta(days=days), int(figures.on("group_hint_callers", on).number)
    )


def possible(at: datetime) -> list[Possible]:
    """The possible groups among the cases that this context sees, newest first; not what was looked at already."""
    found = _found(window(at))
    looked_at = _looked_at([each.key for each in found])
    return [
        each
        for each in found
        if not any(set(each.case_ids) <= known for known in looked_at.get(each.key, ()))
    ]


def around(case: Case, at: datetime) -> Possible | None:
    """The tickets of the window about an employer of this case, however many callers there are."""
    keys = [
        row.employer.name_key
        for row in case.parties.select_related("employer")
        if row.employer and row.employer.name_key
    ]
    return next(iter(_found(window(at), keys=keys, least=0)), None) if keys else None


def told_of(employer: str, phone: str, at: datetime) -> int:
    """How many other callers told of an employer within the window, whoever took their calls; a number only."""
    key = firm_key(employer, places())
    if not key:
        return 0
    own = blind(phone_normal(phone) or phone, "phone") if phone else b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT callers_about(%s, %s, %s)", [key, own, window(at).since])
        return int(cursor.fetchone()[0])


def _found(
    wanted: Window, *, keys: list[str] | None = None, least: int | None = None
) -> list[Possible]:
    rows = Case.objects.filter(
        opened_at__gte=wanted.since, closed_on__isnull=True, merged_into__isnull=True,
        parties__left_on__isnull=True, parties__employer__name_key__gt="",
    )  # fmt: skip
    if keys is not None:
        rows = rows.filter(parties__employer__name_key__in=keys)
    groups = (
        rows.order_by()
        .values("parties__employer__name_key")
        .annotate(
            callers=Count(
                "calls__caller__phone_index", distinct=True,
                filter=~Q(calls__caller__phone_index=b""),
            ),
            newest=Max("opened_at"), ids=ArrayAgg("pk", distinct=True),
        )
        .filter(callers__gte=wanted.callers if least is None else least)
        .order_by("-newest")
    )  # fmt: skip
    return [
        Possible(
            row["parties__employer__name_key"], row["callers"], row["newest"], tuple(row["ids"])
        )
        for row in groups[:MOST]
    ]


def _looked_at(keys: list[str]) -> dict[str, list[set[int]]]:
    found: dict[str, list[set[int]]] = {}
    for row in NotAGroup.objects.filter(name_key__in=keys, taken_back_at__isnull=True):
        found.setdefault(row.name_key, []).append(set(row.case_ids))
    return found
