"""The ways that the law opens when an agreement is not kept, or to make it enforceable: each with condition and clock."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Case, Deadline, DeadlineState, User
from documents.gather.limitation import limitation_line
from mediation.commands import application, petition
from mediation.engine.registry import path_of, starts_for


class Way(NamedTuple):
    """One way: whether it is open on the day, under what condition, until when, and where its paper is drawn up."""

    words: str
    is_open: bool
    condition: str
    due: date | None
    url: str

    @property
    def light(self) -> dict[str, str]:
        """Open or not, by shape and word."""
        if self.is_open:
            return {"state": "done", "words": _("can be asked for")}
        return {"state": "not-begun", "words": _("not open")}


def ways(case: Case, by: User, on: date) -> list[Way]:
    """Every way, open or not. The address only for who may draw the paper up, and only while it is open."""
    offered = {path_of(node) for node in starts_for(by, case)}
    clocks: dict[str, date] = {}
    for row in Deadline.objects.filter(case=case, state=DeadlineState.OPEN).order_by("due"):
        clocks.setdefault(row.rule, row.due)
    return [
        Way(
            words,
            is_open,
            condition,
            due,
            _start(case, path) if is_open and path in offered else "",
        )
        for words, is_open, condition, due, path in _all(case, clocks, on)
    ]


def _start(case: Case, path: str) -> str:
    return reverse("start", args=[case.pk, path])


def _all(
    case: Case, clocks: dict[str, date], on: date
) -> Iterator[tuple[str, bool, str, date | None, str]]:
    late = bool(application.unpaid(case, on))
    last = limitation_line(case, on, None)
    limitation = last.due if last else None
    confirmation, review = clocks.get("A-01"), clocks.get("A-04")
    yield (
        _("Judicial confirmation"), bool(confirmation and confirmation >= on),
        _("both sides together, within 30 days of effect (People's Mediation Law 33)"),
        confirmation, "application.confirmation",
    )  # fmt: skip
    yield (
        _("Arbitration review"), application.reviewable(case, on),
        _("both sides together, within 15 days of effect; not for a labour relation, not after confirmation"),
        review, "application.review",
    )  # fmt: skip
    yield (
        _("Payment order"), late,
        _("wages, injury costs, severance or damages over due (Labour Dispute Mediation and Arbitration Law 16)"),
        next((clocks[code] for code in ("A-06a", "A-06b", "A-06c") if code in clocks), None),
        "application.payment_order",
    )  # fmt: skip
    yield (
        _("Direct suit"), petition.may_sue(case, on),
        _("an agreement on pay alone that is not kept, or a payment order that lapsed (Interpretation I 13, 51)"), limitation,
        "application.arbitration",
    )  # fmt: skip
    yield (
        _("Arbitration"), late or bool(petition.failed(case)),
        _("something unpaid, or a claim that failed (Labour Dispute Mediation and Arbitration Law 15)"),
        limitation, "application.arbitration",
    )  # fmt: skip
    yield (
        _("Enforcement"), late and application.title_of(case, on) is not None,
        _("confirmed, reviewed, or a payment order that stands; and something unpaid (Civil Procedure Law 250)"),
        clocks.get("A-07"), "application.enforcement",
    )  # fmt: skip
