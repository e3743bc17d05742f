"""Possible groups: several callers about one employer, as a list and one by one."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from casework.models import Case, NotAGroup, Party, Side, User
from casework.queries import groups
from casework.rules.taxonomy import cause_name
from mediation.desks.case_money import claimed
from mediation.desks.words import names_of

LOOKED_AT = 20
SHOWN = 100  # tickets of one group at a time; those that join leave room for the next


def page_of(at: datetime) -> dict[str, Any]:
    """Everything that desks/groups.html prints."""
    found = groups.possible(at)
    firms = _firms({each.case_ids[0]: each for each in found})
    window = groups.window(at)
    return {
        "rows": [
            {
                "firm": firms.get(each.case_ids[0], each.key), "callers": each.callers,
                "tickets": len(each.case_ids), "newest": each.newest,
                "url": reverse("group", args=[min(each.case_ids)]),
            }
            for each in found
        ],
        "days": window.days, "least": window.callers, "denied": _denied(window),
    }  # fmt: skip


def one(case: Case, user: User, at: datetime) -> dict[str, Any] | None:
    """Everything that desks/group.html prints of the tickets around a case; None without an employer."""
    found = groups.around(case, at)
    if found is None:
        return None
    rows = Case.objects.filter(pk__in=found.case_ids).order_by("opened_at", "id")
    rows = rows.select_related("district").prefetch_related(*_people(), "claims")
    tickets = list(rows[:SHOWN])
    shown = [_ticket(each) for each in tickets]
    main = next((row["id"] for row in shown if not row["may_join"]), shown[0]["id"])
    joined = Case.objects.filter(merged_into__in=found.case_ids, merged_into__isnull=False)
    return {
        "key": found.key, "firm": _firm(tickets[0], found.key), "callers": found.callers,
        "tickets": shown, "cases": found.case_ids, "count": len(found.case_ids),
        "more": len(found.case_ids) - len(shown), "main": main, "may": user.has_perm("mediation.screen_case"),
        "joined": [
            {"number": str(each), "names": names_of(each, list(each.parties.all())),
             "url": reverse("case", args=[each.pk]),
             "back_url": reverse("start", args=[each.pk, "joining.take_back"])}
            for each in joined.prefetch_related(*_people())
        ],
    }  # fmt: skip


def _people() -> tuple[Any, ...]:
    parties = Party.objects.select_related("person", "employer")
    return (Prefetch("parties", queryset=parties),)


def _ticket(case: Case) -> dict[str, Any]:
    parties = list(case.parties.all())
    standing = [row for row in parties if row.left_on is None]
    workers = [row for row in standing if row.side == Side.WORKER]
    return {
        "id": case.pk, "number": str(case), "url": reverse("case", args=[case.pk]),
        "on": clock.day(case.opened_at), "names": names_of(case, standing),
        "cause": cause_name(case.main_cause) if case.main_cause else "",
        "district": case.district or "", "sum_yuan": claimed(case),
        "status": case.get_status_display(),
        "may_join": case.accepted_on is None and bool(workers),
    }  # fmt: skip


def _firm(case: Case, key: str) -> str:
    names = [row.employer for row in case.parties.all() if row.employer is not None]
    return next((each.name for each in names if each.name_key == key), key)


def _firms(found: dict[int, groups.Possible]) -> dict[int, str]:
    """The firm's name as the first ticket of each group has it."""
    rows = Case.objects.filter(pk__in=found).prefetch_related(*_people())
    return {case.pk: _firm(case, found[case.pk].key) for case in rows}


def _denied(window: groups.Window) -> list[dict[str, Any]]:
    rows = NotAGroup.objects.filter(
        taken_back_at__isnull=True, decided_at__gte=window.since
    ).select_related("decided_by")
    seen = set(Case.objects.filter(pk__in=[pk for row in rows for pk in row.case_ids])
               .values_list("pk", flat=True))  # fmt: skip
    return [
        {"id": row.pk, "firm": row.name_key, "reason": row.reason, "who": row.decided_by.display_name,
         "at": row.decided_at, "tickets": len(row.case_ids)}
        for row in rows[:LOOKED_AT] if set(row.case_ids) <= seen
    ]  # fmt: skip


def band_of(employer: str, phone: str, at: datetime, *, may: bool) -> dict[str, Any] | None:
    """What the call page says when several others told of this employer; never who."""
    others, window = groups.told_of(employer, phone, at), groups.window(at)
    if others + 1 < window.callers:
        return None
    return {
        "kind": "warn", "fact": _("Possibly a group: %(firm)s") % {"firm": employer.strip()},
        "detail": ngettext("%(n)s other caller within %(days)s days", "%(n)s other callers within %(days)s days", others)
        % {"n": others, "days": window.days},
        "consequence": _("Ask how many people are affected and write it down. The ticket is registered as always."),
        "actions": [{"words": _("Possible groups"), "url": reverse("groups"), "key": ""}] if may else [],
    }  # fmt: skip
