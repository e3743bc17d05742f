"""The steps of a case between two entries of its ledger, for seeing where cases wait.

A step begins with the first entry of a kind in `begins` and ends with the first entry of a kind in `ends`; what
follows a reopening counts no second time. `after` steps run on a closed case until it is archived.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.events import Kind
from casework.models import Case, Event
from casework.rules.calendar import Calendar

MOST_DAYS = 99
RESULT = (Kind.CASE_SETTLED, Kind.CASE_PARTLY_SETTLED, Kind.MEDIATION_FAILED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, between which entries it lies."""

    code: str
    title: str | Promise
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    after: bool = False


STEPS = {
    each.code: each
    for each in (
        Step("triage", _("From the call to the triage"), (Kind.CALL_RECORDED,), (Kind.CASE_TRIAGED, Kind.ADVICE_GIVEN, Kind.EMERGENCY_DISPATCHED)),
        Step("signing", _("From the dispatch to the district's signature"), (Kind.TICKET_DISPATCHED,), (Kind.TICKET_SIGNED, Kind.TICKET_OBJECTED, Kind.APPLICATION_RECEIVED, Kind.CASE_ACCEPTED)),
        Step("accepting", _("From the application to the decision on it"), (Kind.APPLICATION_RECEIVED,), (Kind.CASE_ACCEPTED, Kind.CASE_REFUSED)),
        Step("appointing", _("From acceptance to a mediator"), (Kind.CASE_ACCEPTED,), (Kind.MEDIATOR_APPOINTED, *RESULT)),
        Step("session", _("From the mediator to the first session"), (Kind.MEDIATOR_APPOINTED,), (Kind.SESSION_HELD, *RESULT)),
        Step("result", _("From the first session to a result"), (Kind.SESSION_HELD,), RESULT),
        Step("agreement", _("From the settlement to an agreement in force"), RESULT[:2], (Kind.AGREEMENT_IN_FORCE, Kind.MEDIATION_FAILED)),
        Step("closing", _("From performance or failure to the closing"), (Kind.AGREEMENT_PERFORMED, Kind.MEDIATION_FAILED), (Kind.CASE_CLOSED,)),
        Step("visit", _("From the closing to the return visit"), (Kind.CASE_CLOSED,), (Kind.CASE_VISITED,), after=True),
        Step("archive", _("From the closing to the archive"), (Kind.CASE_CLOSED,), (Kind.CASE_ARCHIVED,), after=True),
    )
}  # fmt: skip
KINDS = sorted({str(kind) for step in STEPS.values() for kind in (*step.begins, *step.ends)})

First = dict[str, datetime]  # kind: when its first entry was written


def first_entries(ids: Sequence[int]) -> dict[int, First]:
    """The first entry of each kind that a step needs, by case, in one question."""
    rows = Event.objects.filter(case_id__in=ids, kind__in=KINDS).order_by("-at", "-seq")
    found: dict[int, First] = {}
    for case_id, kind, at in rows.values_list("case_id", "kind", "at"):
        found.setdefault(case_id, {})[kind] = at
    return found


def steps_of(
    case: Case, entries: First, *, is_open: bool, calendar: Calendar
) -> Iterator[tuple[str, date, str]]:
    """What a case adds: ("step", day of the end, "step|working days") or ("waits", day of the begin, step)."""
    closed = case.closed_on is not None and case.archived_on is None
    for step in STEPS.values():
        begun, ended = _first(entries, step.begins), _first(entries, step.ends)
        if begun is None:
            continue
        if ended is not None:
            days = calendar.working_days_between(begun, max(begun, ended))
            yield "step", ended, f"{step.code}|{min(days, MOST_DAYS)}"
        elif closed if step.after else is_open:
            yield "waits", begun, step.code


def _first(entries: First, kinds: Iterable[str]) -> date | None:
    times = [entries[str(kind)] for kind in kinds if str(kind) in entries]
    return clock.day(min(times)) if times else None
