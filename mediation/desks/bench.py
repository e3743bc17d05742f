"""The bench of a district: who mediates, what each carries, knows, and when they are away."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import has_district
from casework.models import Absence, Case, Interest, Room, User
from casework.queries.candidates import candidates
from casework.queries.cause_words import listed
from mediation.desks.words import names_of

HOLDS = ("mediator", "recorder")


def people(by: User) -> list[User]:
    """The mediators and recorders of the district of the one who asks, by name."""
    rows = User.objects.filter(is_active=True, roles__overlap=list(HOLDS))
    if has_district(by):
        rows = rows.filter(district_id=by.district_id or 0)
    return list(rows.select_related("district").order_by("display_name", "username"))


def page_of(by: User) -> dict[str, Any]:
    """Everything that bench/page.html prints."""
    rows = people(by)
    today = clock.today()
    away = Absence.objects.filter(user__in=rows, until__gte=today).order_by("since")
    absences: dict[int, list[Absence]] = {}
    for each in away:
        absences.setdefault(each.user_id, []).append(each)
    carried = dict(
        Case.objects.filter(mediator__in=rows, closed_on__isnull=True)
        .values_list("mediator_id").annotate(found=Count("id"))
    )  # fmt: skip
    return {
        "rows": [
            {
                "name": row.display_name, "place": row.district, "load": carried.get(row.pk, 0),
                "skills": listed(row.skills), "languages": "、".join(row.languages),
                "away": absences.get(row.pk, []), "url": reverse("bench-person", args=[row.pk]),
            }
            for row in rows
        ],
        "rooms": rooms(by),
    }  # fmt: skip


def rooms(by: User) -> "QuerySet[Room, Room]":
    """The rooms of the district, and those of the whole city."""
    rows = Room.objects.filter(is_active=True)
    if has_district(by):
        rows = rows.filter(Q(district_id=by.district_id) | Q(district__isnull=True))
    return rows.select_related("district").order_by("name")


def one(person: User) -> dict[str, Any]:
    """One person of the bench: absences, ties, cases."""
    return {
        "person": person,
        "absences": Absence.objects.filter(user=person, until__gte=clock.today()).order_by(
            "since"
        ),
        "ties": Interest.objects.filter(user=person).order_by("-id"),
        "load": cases_of(person).count(),
    }


def cases_of(person: User) -> "QuerySet[Case, Case]":
    """The open cases that a person mediates, oldest first."""
    rows = Case.objects.filter(mediator=person, closed_on__isnull=True)
    return rows.prefetch_related("parties__person", "parties__employer").order_by("id")


def handed(person: User, by: User) -> list[dict[str, Any]]:
    """Each open case with those who could take it, best first, and why."""
    others = [row for row in people(by) if row.pk != person.pk and "mediator" in row.roles]
    found = []
    for case in cases_of(person)[:100]:
        weighed = [each for each in candidates(case, others, clock.today()) if not each.blocked]
        found.append({
            "case": case, "names": names_of(case, list(case.parties.all())),
            "choices": [
                {"pk": str(each.person.pk), "words": f"{each.person.display_name}（{'；'.join(each.why)}）"}
                for each in weighed
            ],
            "none": _("Nobody of this district can take it."),
        })  # fmt: skip
    return found
