"""Limitation of a case, claim by claim and worker by worker, from what the file proves. It only warns."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.models import Case, Claim, ClaimOutcome, LimitationFact
from casework.queries import at_once
from casework.queries.calendar import current
from casework.queries.limitation import FROM_THE_END, chain, kind_of, known_for
from casework.rules.errors import RuleError
from casework.rules.limitation import REMUNERATION, Assessment, Event, assess
from mediation.desks.clock_rows import chinese
from mediation.forms.calculator_words import CLAIM_WORDS, STATUS_WORDS

LIGHTS = {"green": "normal", "yellow": "soon", "red": "overdue", "grey": "not-begun"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the asker tries for this look; nothing of it is stored."""

    ended_on: date | None = None
    knew_on: date | None = None
    still_employed: bool = False


def page_of(case: Case, facts: Facts, today: date) -> dict[str, Any]:
    """The panel and the proof: one row a claim of each worker, with the chain of events."""
    at_once.load(case)
    events = chain(case)
    rows = [_row(claim, case, facts, events, today) for claim in _claims(case)]
    return {
        "rows": _together(rows),
        "events": [
            {"on": each.on, "cause": each.cause, "evidence": each.evidence} for each in events
        ],
        "facts": list(
            LimitationFact.objects.filter(case=case).select_related(
                "party__person", "recorded_by", "voided_by"
            )
        ),
        "urgent": any(row["urgent"] for row in rows),
        "today": today,
    }


def _together(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Workers for whom everything is the same stand in one panel."""
    groups: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = repr([value for name, value in row.items() if name != "who"])
        groups.setdefault(key, {**row, "whose": []})["whose"].append(row["who"])
    for row in groups.values():
        row["many"] = len(row["whose"]) if len(row["whose"]) > 1 else 0
    return list(groups.values())


def _claims(case: Case) -> list[Claim]:
    rows = [row for row in case.claims.all() if row.outcome != ClaimOutcome.WITHDRAWN]
    return sorted(
        rows, key=lambda row: (row.party is None, row.party.ref if row.party else "", row.pk)
    )


def _row(
    claim: Claim, case: Case, facts: Facts, events: list[Event], today: date
) -> dict[str, Any]:
    found, problem = _assessed(claim, case, facts, events, today)
    return {
        "who": f"{claim.party.ref} {claim.party.name}" if claim.party else "",
        "item": claim.item,
        "kind": str(CLAIM_WORDS[kind_of(claim.code)]),
        "light": {"state": LIGHTS[found.colour if found else "grey"], "words": _words(found)},
        "expires_on": found.expires_on if found else None,
        "provisional": bool(found and found.provisional),
        "urgent": bool(found and (found.urgent or found.colour == "red")),
        "lawyer": bool(found and found.needs_lawyer),
        "steps": (problem,) if problem else _steps(found),
    }


def _assessed(
    claim: Claim, case: Case, facts: Facts, events: list[Event], today: date
) -> tuple[Assessment | None, str]:
    """Where the claim stands, and why nothing could be counted (a chain out of order)."""
    kind, known = kind_of(claim.code), known_for(claim, case)
    ended = facts.ended_on or known.ended_on
    still = facts.still_employed or known.still is not None
    if kind == REMUNERATION and ended is None and not still:
        return None, ""
    try:
        return assess(
            claim=kind, knew_on=facts.knew_on or known.knew_on or (ended if kind in FROM_THE_END else None),
            terminated_on=ended, events=[*events, *known.events], as_of=today, calendar=current(),
        ), ""  # fmt: skip
    except RuleError as error:
        return None, error.message_zh if chinese() else str(error)


def _words(found: Assessment | None) -> str:
    if found is None:
        return str(STATUS_WORDS["UNKNOWN"])
    if found.days_left is not None and found.status == "RUNNING":
        return _("%(n)s calendar days left") % {"n": found.days_left}
    return str(STATUS_WORDS[found.status])


def _steps(found: Assessment | None) -> tuple[str, ...]:
    if found is None:
        return (_("It is not recorded whether employment has ended: ask, then look again."),)
    return found.steps_zh if chinese() else found.steps_en
