"""What a draft of the agreement is checked for beside its form: people, floors, sums, last days."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.commands.terms import RELATION, agreed_claims, agreed_total
from casework.models import Case, Party
from casework.queries import calendar, rulebook
from casework.queries.sum_checks import floors
from casework.rules.deadlines import due
from mediation.commands.agreement import second_reader_above

Check = dict[str, Any]


def before_signing(case: Case, parties: Sequence[Party], *, on: date) -> list[Check]:
    """Each thing that a careful reader looks at before the text becomes final."""
    if case is None:
        return []
    return [_named(parties), _second(case, on), *_floors(case), *last_days(case, on)]


def _named(parties: Sequence[Party]) -> Check:
    all_named = all(party.name.strip() for party in parties)
    return {"state": "passed" if all_named else "blocking", "words": _("Each worker is named")}


def _second(case: Case, on: date) -> Check:
    above = second_reader_above(case, on)
    state = "todo" if agreed_total(case) > above else "passed"
    detail = _("needed above %(sum)s yuan") % {"sum": f"{above:,.2f}"}
    return {"state": state, "words": _("Second reader"), "detail": detail}


def _floors(case: Case) -> Iterator[Check]:
    """Each agreed sum with a stored result: a sum under the lawful floor is named, never blocked."""
    for each in floors(case):
        if each.agreed is None:
            continue
        sums = {
            "item": each.claim.item,
            "worked": f"{each.worked_out:,.2f}",
            "floor": f"{each.floor:,.2f}",
        }
        words = (
            _("%(item)s: lawful floor %(floor)s yuan")
            if each.floor
            else _("%(item)s: worked out %(worked)s yuan")
        )
        state = "todo" if each.below else "passed"
        detail = _("agreed %(agreed)s yuan") % {"agreed": f"{each.agreed:,.2f}"}
        yield {"state": state, "words": words % sums, "detail": detail}


def last_days(case: Case, on: date) -> Iterator[Check]:
    """The last day of each confirmation if the agreement took effect on a day.

    Source: 《人民调解法》第三十三条; 《劳动人事争议仲裁办案规则》第七十四条.
    """
    relation = any(claim.code.startswith(RELATION) for claim in agreed_claims(case))
    book = rulebook.catalogue_of(case)
    for rule, words in (
        ("A-01", _("Judicial confirmation")),
        ("A-04", _("Arbitration review")),
    ):
        if rule == "A-04" and relation:
            detail = _("not open: the agreement confirms a labour relation")
            yield {"state": "todo", "words": words, "detail": detail}
            continue
        last = due(rule, on, calendar=calendar.current(), catalogue=book).due
        detail = _("until %(day)s, if it takes effect today") % {"day": last.isoformat()}
        yield {"state": "passed", "words": words, "detail": detail}
