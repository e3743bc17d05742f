"""What the matters of a court or a commission need: which papers must be there, and how each can end."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
# The papers that each matter needs (民事诉讼法 15, 205, 225; 人民调解法 33; 劳动争议调解仲裁法 16).
NEEDS: dict[str, tuple[tuple[str, Words], ...]] = {
    "JUDICIAL_CONFIRMATION": (
        ("D16", _("application of both sides")), ("D14", _("the agreement in force")),
        ("D28", _("addresses of service")),
    ),
    "PAYMENT_ORDER": (
        ("D18", _("application of the worker")), ("D14", _("the agreement in force")),
        ("D28", _("addresses of service")),
    ),
    "FILING": (("D20", _("statement of claim")), ("D28", _("addresses of service"))),
    "ARBITRATION_REVIEW": (
        ("D17", _("application of both sides")), ("D14", _("the agreement in force")),
    ),
    "ENFORCEMENT": (("D19", _("application of the worker")), ("D14", _("the agreement in force"))),
    "SUPPORT_FOR_PROSECUTION": (("D06", _("application of the worker")),),
}  # fmt: skip
RESULTS: dict[str, tuple[tuple[str, Words], ...]] = {
    "JUDICIAL_CONFIRMATION": (
        ("CONFIRMED", _("the agreement is confirmed")), ("REJECTED", _("the application is rejected")),
        ("APPLICATION_WITHDRAWN", _("the application was withdrawn")),
    ),
    "PAYMENT_ORDER": (
        ("ORDER_ISSUED", _("the order is issued")), ("ORDER_REFUSED", _("the application is rejected")),
        ("ORDER_ENDED", _("the order ended after an objection")),
    ),
    "ARBITRATION_REVIEW": (
        ("STATEMENT_ISSUED", _("the mediation statement is issued")),
        ("STATEMENT_REFUSED", _("the statement is refused")),
        ("APPLICATION_WITHDRAWN", _("the application was withdrawn")),
    ),
    "FILING": (
        ("FILED", _("the suit is filed")), ("NOT_FILED", _("the suit is not filed")),
        ("MEDIATED", _("mediated before filing")),
    ),
}  # fmt: skip


def needs_of(matter: str, papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a matter needs and whether the pack holds it."""
    there = {each["code"] for each in papers}
    return [{"words": words, "there": code in there} for code, words in NEEDS.get(matter, ())]


def results_of(matter: str) -> list[tuple[str, Words]]:
    """How a matter of the court can end; empty where the office says it in its own words."""
    return list(RESULTS.get(matter, ()))
