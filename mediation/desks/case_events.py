"""What happened in a case and which papers came of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.events import Kind
from casework.models import CallBackState, Case, ClaimOutcome, User
from casework.queries import at_once
from documents.models import Life, Paper
from mediation.engine.clocks import rule_name
from mediation.forms.closing import OUTCOME_WORDS


def event_row(each: Any, case: Case, papers: Sequence[Paper]) -> dict[str, Any]:
    """One entry of the ledger in words, with the paper that it is about."""
    words = dict(Kind.choices).get(each.kind, each.kind)
    paper = next(
        (row for row in papers if str(row.pk) == str(each.payload.get("paper", ""))), None
    )
    return {
        "at": each.at,
        "who": each.by_name or _("system"),
        "what": f"{words}{_detail(each, case)}",
        "sealed": _("sealed") if each.sealed else "",
        "paper": {"words": paper.title, "url": reverse("case-paper", args=[case.pk, paper.pk])}
        if paper
        else None,
    }


def _detail(each: Any, case: Case) -> str:
    for name in (
        "title",
        "number",
        "rule",
        "office",
        "item",
        "party",
        "outcome",
        "window",
        "call_outcome",
    ):
        if value := each.payload.get(name):
            return f"　{_in_words(name, value, clock.day(each.at), case)}"
    return ""


def _in_words(name: str, value: Any, on: date, case: Case) -> str:
    if name == "party":
        return next(
            (row.name for row in at_once.everyone(case) if row.ref == value), str(value)
        )
    if name == "rule":
        return rule_name(str(value), on)
    if name == "call_outcome":
        return str(dict(CallBackState.choices).get(value, value))
    if name == "outcome":
        return str({**OUTCOME_WORDS, **dict(ClaimOutcome.choices)}.get(value, value))
    return str(value)


def signed_scans(case: Case, user: User) -> dict[int, str]:
    """Addresses of the scans of signed records by session, for those who may open them."""
    if not user.has_perm("mediation.keep_record"):
        return {}
    return {
        row.pk: reverse("session-scan", args=[case.pk, row.pk])
        for row in case.sessions.all()
        if row.signed_on and row.proof_sha256
    }


def paper_row(each: Paper, case: Case, scans: Mapping[int, str]) -> dict[str, Any]:
    """One paper: where it is, since when, whether it stands, and the scan of what was signed of it."""
    ready = each.state == "READY"
    light_row = {
        "state": "done" if ready else "soon",
        "words": each.get_life_display() if ready else each.get_state_display(),
    }
    return {
        "words": each.title,
        "url": reverse("case-paper", args=[case.pk, each.pk]),
        "scan_url": scans.get(each.subject_id or 0, "")
        if each.code == "D12" and each.life == Life.VALID
        else "",
        "about_url": reverse("paper-about", args=[case.pk, each.pk]),
        "on": each.issued_on,
        "light": light_row,
    }
