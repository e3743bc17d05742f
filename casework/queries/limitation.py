"""What the file proves about limitation: the chain of events, and where each claim stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from casework import clock
from casework.models import Case, Claim, ClaimOutcome, Proceeding
from casework.queries import at_once
from casework.queries.calendar import current
from casework.queries.limitation_facts import Known, known_of, standing
from casework.queries.of_case import calls_of
from casework.rules.errors import BadEventChain
from casework.rules.limitation import REMUNERATION, Assessment, Event, assess

KINDS = {
    "A02.05": "ANNUAL_LEAVE", "A02": REMUNERATION, "A03.01": "DOUBLE_WAGE_GAP",
    "A04.01": "SEVERANCE", "A04.02": "DAMAGES", "B02": "INJURY",
    "E01.02": REMUNERATION,  # what a rider has earned (court cause 214.2: remuneration for labour)
}  # fmt: skip
FROM_THE_END = ("SEVERANCE", "DAMAGES")  # known on the day on which employment ended
RELIEF = ("LABOUR_INSPECTION", "ARBITRATION", "FILING", "PAYMENT_ORDER", "ARBITRATION_REVIEW")


@dataclass(frozen=True, slots=True)
class Standing:
    """One claim and where its limitation stands; None when the file does not say enough."""

    claim: Claim
    found: Assessment | None


def chain(case: Case) -> list[Event]:
    """What the file proves to have interrupted the clock, oldest first.

    Source: 《劳动争议调解仲裁法》第二十七条第二款. A hotline call alone is no claim on the employer.
    """
    found = []
    if case.received_on is not None:
        found.append(Event(
            case.received_on, "INTERRUPT", str(_("application for mediation")), str(case)
        ))  # fmt: skip
    for row in at_once.rows(case, "referrals", "office"):
        if row.matter in RELIEF and row.signed_at is not None:
            words = _("relief sought from %(office)s") % {"office": row.office.name}
            found.append(Event(clock.day(row.signed_at), "INTERRUPT", words, row.number))
    first: dict[str, Proceeding] = {}
    for step in Proceeding.objects.filter(case=case).order_by("on", "id"):
        first.setdefault(step.kind, step)
    for step in first.values():
        words = _("proceeding before %(body)s") % {"body": step.body or step.kind}
        found.append(Event(step.on, "INTERRUPT", words, step.number))
    return sorted(found, key=lambda each: each.on)


def kind_of(code: str) -> str:
    """The kind of claim that limitation knows, by the cause."""
    return KINDS.get(code) or KINDS.get(code.partition(".")[0], "OTHER")


def left_on(claim: Claim, case: Case) -> date | None:
    """The last day of work, as the worker of this claim told it."""
    if claim.party is None or claim.party.person_id is None:
        return None
    who = claim.party.person_id
    told = [row.left_on for row in calls_of(case) if row.caller_id == who and row.left_on]
    return told[-1] if told else None


def standings(
    case: Case, as_of: date, outcomes: Sequence[str] = (ClaimOutcome.FAILED,)
) -> list[Standing]:
    """Where the claims with these outcomes stand on a day."""
    events = chain(case)
    rows = Claim.objects.filter(case=case, outcome__in=outcomes).select_related("party__person")
    return [Standing(row, _assess(row, case, events, as_of)) for row in rows]


def known_for(claim: Claim, case: Case) -> Known:
    """What is known for the worker of a claim: the recorded facts, else what the call told."""
    known = known_of(standing(case, claim.party))
    if known.ended_on is None and known.still is None:
        return replace(known, ended_on=left_on(claim, case))
    return known


def _assess(claim: Claim, case: Case, events: list[Event], as_of: date) -> Assessment | None:
    kind, known = kind_of(claim.code), known_for(claim, case)
    ended = known.ended_on
    knew = known.knew_on or (ended if kind in FROM_THE_END else None)
    if (kind == REMUNERATION and ended is None) or (kind != REMUNERATION and knew is None):
        return None
    try:
        return assess(
            claim=kind, knew_on=knew, terminated_on=ended, events=[*events, *known.events],
            as_of=as_of, calendar=current(),
        )  # fmt: skip
    except BadEventChain:
        return None
