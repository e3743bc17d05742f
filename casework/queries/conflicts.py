"""Why a person of the house must not, or should better not, sit in a case."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from casework.access.context import system
from casework.models import Absence, Case, Interest, Party, Side, Tie, User

SAME_EMPLOYER_DAYS = 730  # two years, a policy: shown and weighed, it blocks nobody
SPACES = re.compile(r"[\s()（）·.]+")


def plain_name(name: str) -> str:
    """A name without spaces, brackets and dots, to compare what two people typed."""
    return SPACES.sub("", name).casefold()


def conflict(case: Case, person: User) -> str:
    """Why a person cannot sit in a case: a declared tie, or a party of their own name; empty if none.

    Source: 《最高人民法院关于人民法院特邀调解的规定》第十五条.
    """
    parties = list(
        Party.objects.filter(case=case, left_on__isnull=True).select_related(
            "person", "employer", "contact"
        )
    )
    for row in Interest.objects.filter(user=person).order_by("id"):
        if found := _tied(row, parties):
            words = _("%(person)s: %(tie)s (%(name)s).")
            told = {"person": person.display_name, "tie": Tie(row.tie).label, "name": found}
            return words % told
    if plain_name(person.display_name) in {plain_name(name) for name in _people(parties)}:
        return _("%(name)s is named as a party of this case.") % {"name": person.display_name}
    return ""


def _tied(row: Interest, parties: list[Party]) -> str:
    """The party that a tie concerns, by credit code or by name; empty if none."""
    for party in parties:
        firm = party.employer
        if firm and row.credit_code and row.credit_code == firm.credit_code:
            return firm.name
        if plain_name(row.name) == plain_name(party.name):
            return party.name
    return row.name if plain_name(row.name) in map(plain_name, _people(parties)) else ""


def _people(parties: list[Party]) -> list[str]:
    """Everybody who stands in the case by name: parties, contacts, those who speak for a firm."""
    named = [party.name for party in parties]
    named += [party.contact.name for party in parties if party.contact]
    firms = [party.employer for party in parties if party.employer]
    named += [name for firm in firms for name in (firm.legal_person, firm.contact) if name]
    return [name for name in named if name.strip()]


def away(person: User, on: date) -> Absence | None:
    """The absence of a person on a day, if they are away."""
    return Absence.objects.filter(user=person, since__lte=on, until__gte=on).first()


def same_employer(case: Case, person: User, on: date) -> int:
    """How many cases against the same employer the person mediated in the last two years."""
    firms = Party.objects.filter(case=case, side=Side.EMPLOYER).values_list(
        "employer", flat=True
    )
    known = [pk for pk in firms if pk is not None]
    with system("conflict check"):
        rows = Case.objects.filter(mediator=person, parties__employer__in=known)
        since = on - timedelta(days=SAME_EMPLOYER_DAYS)
        return rows.exclude(pk=case.pk).filter(opened_at__date__gte=since).distinct().count()


def load(person: User) -> int:
    """How many cases the person mediates that are not closed."""
    with system("load"):
        return Case.objects.filter(mediator=person, closed_on__isnull=True).count()
