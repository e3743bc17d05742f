"""What was put right on a case, and what followed from it: read from the ledger, nothing kept beside it."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import clock
from casework.events import Kind
from casework.models import Case, Event, Instalment, User
from casework.queries.timeline import timeline
from documents.models import Life, Paper
from mediation.engine.clocks import rule_name

HEADS = frozenset({
    Kind.RECORD_CORRECTED, Kind.CALL_CORRECTED, Kind.PARTY_CORRECTED, Kind.PERSON_CORRECTED,
    Kind.EMPLOYER_CORRECTED, Kind.CLAIM_CORRECTED, Kind.CLAIM_VOIDED, Kind.SERVICE_VOIDED,
    Kind.SESSION_CORRECTED, Kind.PAYMENT_VOIDED, Kind.LIMITATION_VOIDED,
})  # fmt: skip
OLD_WORDS = frozenset({Kind.EMPLOYER_CORRECTED, Kind.PERSON_CORRECTED, Kind.CLAIM_CORRECTED})
VALUES = ("due", "on", "yuan", "way")
DAYS = {
    "received_on": gettext_lazy("day of receipt"), "accepted_on": gettext_lazy("day of acceptance"),
    "completed_on": gettext_lazy("day of completion"),
}  # fmt: skip
NAMED = ("document", "code", "number", "party", "item")


def corrections_of(case: Case, user: User) -> list[dict[str, Any]]:
    """Every correction, newest first: what was, what is, why, and all that the same act changed."""
    papers = {str(row.pk): row for row in Paper.objects.filter(case=case)}
    found: list[dict[str, Any]] = []
    for event in timeline(case, user):
        if event.kind in HEADS:
            found.append(_head(event) | {"stale": _stale(event, case, papers)})
        elif found and event.at == found[-1]["at"]:
            found[-1]["followed"].append(_followed(event, case, papers))
    return found[::-1]


def plan_of(case: Case) -> list[Instalment]:
    """The instalments in force as they stand, in order."""
    rows = Instalment.objects.filter(agreement__case=case, agreement__state="IN_FORCE")
    return list(rows.order_by("number"))


def _head(event: Event) -> dict[str, Any]:
    told = event.payload
    return {
        "at": event.at, "who": event.by_name or _("system"),
        "what": f"{_kind(event)} {_subject(told)}".strip(), "reason": told.get("reason", ""),
        "was": _value(told.get("was", told.get("yuan", ""))), "now": _value(_now(told)),
        "followed": [],
    }  # fmt: skip


def _now(told: dict[str, Any]) -> Any:
    for name in ("on", "starts_at", "present", "now"):
        if name in told:
            return told[name]
    return ""


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return _(", ").join(str(each) for each in value.values() if each not in ("", None))
    if isinstance(value, list):
        return _(", ").join(str(each) for each in value)
    return str(value or "")


def _kind(event: Event) -> str:
    return str(dict(Kind.choices).get(event.kind, event.kind))


def _subject(told: dict[str, Any]) -> str:
    if told.get("what") in DAYS:
        return str(DAYS[told["what"]])
    return next((str(told[name]) for name in NAMED if told.get(name)), "")


def _followed(event: Event, case: Case, papers: dict[str, Paper]) -> dict[str, Any]:
    told = event.payload
    paper = papers.get(str(told.get("paper", "")))
    return {
        "what": _kind(event),
        "about": rule_name(str(told["rule"]), clock.day(event.at)) if told.get("rule") else _subject(told),
        "was": _value(told.get("was", "")),
        "now": " ".join(_value(told[name]) for name in VALUES if told.get(name)),
        "paper": _link(paper, case) if paper else None,
    }  # fmt: skip


def _stale(event: Event, case: Case, papers: dict[str, Paper]) -> list[dict[str, Any]]:
    """Standing papers of before that still print the words that were wrong."""
    was = event.payload.get("was")
    if (what := event.payload.get("what")) in DAYS:
        stated = f'"{what}":"{was}"'  # facts are kept as JSON
        return [_link(row, case) for row in _standing(papers, event) if stated in row.facts]
    if event.kind not in OLD_WORDS or not isinstance(was, dict):
        return []
    old = [str(value) for value in was.values() if value not in ("", None, "None")]
    return [_link(paper, case) for paper in _standing(papers, event) if _prints(paper, old)]


def _standing(papers: dict[str, Paper], event: Event) -> Iterator[Paper]:
    for paper in papers.values():
        if paper.life == Life.VALID and paper.issued_at < event.at:
            yield paper


def _prints(paper: Paper, old: list[str]) -> bool:
    return any(words in paper.facts for words in old)


def _link(paper: Paper, case: Case) -> dict[str, Any]:
    words = f"{paper.code} {paper.title}"
    if paper.life == Life.SUPERSEDED:
        words = _("%(paper)s (replaced)") % {"paper": words}
    if paper.life == Life.VOIDED:
        words = _("%(paper)s (void)") % {"paper": words}
    return {"words": words, "url": reverse("case-paper", args=[case.pk, paper.pk])}
