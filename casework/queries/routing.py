"""Who takes a matter in a district: the routing table, with its fallbacks and why one was used."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from casework.access.roles import roles_with
from casework.models import Case, Office, Peer, Referral, Route, User
from casework.referral_protocol import RUNNING


@dataclass(frozen=True, slots=True)
class Routed:
    """The office that takes a matter, or why none was found: NO_ROUTE, CLOSED, NO_LIAISON."""

    office: Office | None
    why: str = ""
    is_there: bool = False  # the matter of this case runs at that office already


def route_of(case: Case, matter: str) -> Routed:
    """The open office of the case's level and district, else its fallback, else the city's; or why none.

    A row of the case's own level goes before one of another level, a district's row before the city's.
    An office whose liaisons have all left is passed over like a closed one; an office that never had
    an account here is reached by letter or by its own system, and stays.
    """
    here = Q(district=case.district_id) | Q(district__isnull=True)
    rows = Route.objects.filter(here, matter=matter).select_related(
        "office__agency__peer", "fallback__agency__peer"
    )
    for name in ("office", "fallback"):
        rows = rows.annotate(**_staff_of(name), **_running_at(name, case, matter))
    found = sorted(rows, key=lambda each: (each.level != case.level, each.district_id is None))
    if not found:
        return Routed(None, "NO_ROUTE")
    why = ""
    for row in found:
        for name in ("office", "fallback"):
            office: Office | None = getattr(row, name)
            if office is None:
                continue
            gone = getattr(row, f"{name}_staffed") and not getattr(row, f"{name}_active")
            trouble = _trouble(office, gone=gone)
            if not trouble:
                return Routed(office, why, is_there=getattr(row, f"{name}_is_there"))
            why = why or trouble
    return Routed(None, why)


def routed_to(case: Case, matter: str, office: Office) -> Routed:
    """An office that a person chose: taken if it is open and does not have the matter already."""
    if trouble := trouble_of(office):
        return Routed(None, trouble)
    states = [each.value for each in RUNNING]
    rows = Referral.objects.filter(case=case, matter=matter, state__in=states, office=office)
    return Routed(office, "", is_there=rows.exists())


def trouble_of(office: Office) -> str:
    """Why an office cannot take anything now: CLOSED, NO_LIAISON, or nothing."""
    active = list(User.objects.filter(office=office).values_list("is_active", flat=True))
    return _trouble(office, gone=bool(active) and not any(active))


def _trouble(office: Office, *, gone: bool) -> str:
    if not office.is_open:
        return "CLOSED"
    return "NO_LIAISON" if gone else ""


def _running_at(name: str, case: Case, matter: str) -> dict[str, Exists]:
    """Whether an office of a route has this matter of the case now."""
    states = [each.value for each in RUNNING]
    rows = Referral.objects.filter(case=case, matter=matter, state__in=states)
    return {f"{name}_is_there": Exists(rows.filter(office=OuterRef(name)))}


def _staff_of(name: str) -> dict[str, Exists]:
    """Whether an office of a route ever had an account, and whether one of them is active."""
    people = User.objects.filter(office=OuterRef(name))
    return {
        f"{name}_staffed": Exists(people),
        f"{name}_active": Exists(people.filter(is_active=True)),
    }


def on_paper(offices: Iterable[Office]) -> set[int]:
    """The offices where nobody can answer here: no account that may, and no system of their own."""
    keys = {row.pk for row in offices}
    if not keys:
        return set()
    roles = list(roles_with("mediation.answer_referral"))
    staff = User.objects.filter(office=OuterRef("pk"), is_active=True, roles__overlap=roles)
    wired = Peer.objects.filter(agency=OuterRef("agency"), is_open=True)
    rows = Office.objects.filter(~Exists(staff), ~Exists(wired), pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def had_it(came_from: Referral | None) -> set[int]:
    """The offices that a matter has been to, from the referral it comes from back to the first."""
    seen: set[int] = set()
    while came_from is not None:
        seen.add(came_from.office_id)
        came_from = came_from.came_from
    return seen


def home_office(case: Case) -> Office | None:
    """The union's own office that keeps a matter until an office is found for it."""
    rows = Office.objects.filter(agency_id="UNION").select_related("agency")
    return (
        rows.filter(district=case.district).order_by("id").first()
        or rows.filter(district__isnull=True).order_by("id").first()
    )
