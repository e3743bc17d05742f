"""The page of a group: totals first, then fifty members at a time."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.redaction import shown as masked
from casework.ids import as_id
from casework.models import Case, Party, User
from casework.queries.members import ANSWERS, headed_by, members, totals
from mediation.desks.words import names_of
from mediation.engine.registry import path_of, starts_for

PAGE = 50
FILTERS = (
    ("", gettext_lazy("All")),
    ("open", gettext_lazy("not answered")),
    ("yes", gettext_lazy("agree")),
    ("no", gettext_lazy("do not agree")),
    ("left", gettext_lazy("left")),
)


def page_of(case: Case, user: User, asked: dict[str, str]) -> dict[str, Any]:
    """Everything that case/members.html prints. `asked`: page, answer, q as they stand in the address."""
    answer = asked.get("answer", "") if asked.get("answer", "") in ANSWERS else ""
    words = asked.get("q", "").strip()[:60]
    rows, told = members(case, answer=answer, words=words), totals(case)
    counts = {
        "": told.workers + told.left, "open": told.waiting, "yes": told.yes, "no": told.no,
        "left": told.left,
    }  # fmt: skip
    count = rows.count() if words else counts[answer]
    number = max(1, as_id(asked.get("page", "")))
    last = max(1, -(-count // PAGE))
    number = min(number, last)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    return {
        "case": case, "names": names_of(case, headed_by(case)), "title": _("Members of the group"), "totals": told,
        "crumbs": [{"words": str(case), "url": reverse("case", args=[case.pk])}],
        "rows": [_row(row, user) for row in shown], "count": count, "words": words, "answer": answer,
        "strip": [
            {"words": label, "url": _address(case, key, words), "chosen": key == answer,
             "count": counts[key], "state": ""}
            for key, label in FILTERS
        ],
        "pages": {
            "number": number, "of": last,
            "earlier_url": _address(case, answer, words, number - 1) if number > 1 else "",
            "later_url": _address(case, answer, words, number + 1) if number < last else "",
        } if last > 1 else None,
        "actions": [
            {"words": str(node.task_title), "url": reverse("start", args=[case.pk, path_of(node)])}
            for node in starts_for(user, case, "collective")
        ],
    }  # fmt: skip


def _address(case: Case, answer: str, words: str, number: int = 1) -> str:
    asked = {"answer": answer, "q": words, "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    base = reverse("members", args=[case.pk])
    return f"{base}?{query}" if query else base


def _row(row: Party, user: User) -> dict[str, Any]:
    found: Any = row
    phone = row.person.phone if row.person else ""
    return {
        "ref": row.ref, "name": row.name, "speaks": row.is_representative,
        "phone": masked(phone, "phone", user.roles, "identity"),
        "asks": found.asks, "gets": found.gets, "got": found.got, "answer": _answer(row),
        "state": "done" if row.settlement_consent_on else "overdue" if row.settlement_refused_on else "soon",
        "left": row.left_on,
    }  # fmt: skip


def _answer(row: Party) -> str:
    if row.left_on:
        return _("left %(day)s") % {"day": row.left_on.isoformat()}
    if row.settlement_consent_on:
        return _("agreed %(day)s") % {"day": row.settlement_consent_on.isoformat()}
    if row.settlement_refused_on:
        return _("refused %(day)s") % {"day": row.settlement_refused_on.isoformat()}
    return _("not answered")
