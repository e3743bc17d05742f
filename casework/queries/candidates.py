"""Who could mediate a case, best first, with the reasons for and against each."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from casework.models import Absence, Case, User
from casework.queries import conflicts
from casework.queries.cause_words import listed

SOON_DAYS = 15  # an absence within the time of a mediation is told
MANY = 10  # open cases from which on somebody counts as busy


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person: `blocked` says why they cannot, `why` what speaks for and against them."""

    person: User
    blocked: str
    why: tuple[str, ...]
    load: int
    points: int


def candidates(case: Case, people: list[User], on: date) -> list[Candidate]:
    """The people who could mediate, best first; those who cannot stand last, with the reason."""
    causes = {code.partition(".")[0] for code in [case.main_cause, *case.causes] if code}
    spoken = languages(case)
    made = [_weigh(case, person, on, causes, spoken) for person in people]
    return sorted(
        made,
        key=lambda each: (bool(each.blocked), -each.points, each.load, each.person.username),
    )


def languages(case: Case) -> set[str]:
    """What the workers of a case speak besides standard Chinese, as the call recorded it."""
    told = case.triage.get("languages", [])
    return set(told) if isinstance(told, list) else set()


def _weigh(case: Case, person: User, on: date, causes: set[str], spoken: set[str]) -> Candidate:
    blocked, busy = unfit(case, person, on), conflicts.load(person)
    points, why = 0, []
    if skills := sorted(causes & set(person.skills)):
        points += 3
        why.append(_("knows %(causes)s well") % {"causes": listed(skills)})
    if shared := sorted(spoken & set(person.languages)):
        points += 3
        why.append(_("speaks %(languages)s") % {"languages": ", ".join(shared)})
    if before := conflicts.same_employer(case, person, on):
        points -= 2
        why.append(
            _("%(n)s cases against this employer in two years: disclose") % {"n": before}
        )
    if soon := _away_soon(person, on):
        points -= 2
        why.append(_("away from %(day)s") % {"day": soon.since.isoformat()})
    points -= busy // MANY
    why.append(_("%(n)s open cases") % {"n": busy})
    return Candidate(person, blocked, tuple(why), busy, points)


def unfit(case: Case, person: User, on: date) -> str:
    """Why a person cannot be given a case today: a tie, or away; empty if they can."""
    if why := conflicts.conflict(case, person):
        return why
    if absent := conflicts.away(person, on):
        return _("%(name)s is away until %(day)s.") % {
            "name": person.display_name, "day": absent.until.isoformat(),
        }  # fmt: skip
    return ""


def _away_soon(person: User, on: date) -> Absence | None:
    rows = Absence.objects.filter(
        user=person, since__gt=on, since__lte=on + timedelta(days=SOON_DAYS)
    )
    return rows.order_by("since").first()
