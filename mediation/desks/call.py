"""What stands beside a call: who calls, earlier matters, possible duplicates, statute, sums, limitation."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import clock
from casework.models import Case, User
from casework.models.case import Status
from casework.queries.calendar import current
from casework.queries.callers import Known, Past, known
from casework.queries.duplicates import told_before
from casework.queries.limitation import kind_of
from casework.rules.hints import Hint, calculator_of, of_cause
from casework.rules.limitation import assess
from casework.rules.taxonomy import cause_name
from mediation.desks import groups
from mediation.desks.limitation import LIGHTS
from mediation.forms.fields import WORKERS

FINISHED = {
    Status.CLOSED, Status.ARCHIVED, Status.ADVICE_ANSWERED, Status.REFUSED, Status.WITHDRAWN,
    Status.PERFORMED,
}  # fmt: skip


def knowledge_of(typed: Mapping[str, str], at: datetime, *, by: User) -> dict[str, Any]:
    """Everything for the right column, from what was typed so far; nothing is stored."""
    people = known(typed.get("phone", ""), typed.get("name", ""))
    seen = set(
        Case.objects.filter(pk__in=[past.case_id for each in people for past in each.cases])
        .values_list("pk", flat=True)
    )  # fmt: skip
    cause = typed.get("cause", "")
    return {
        "callers": [_caller(each, seen) for each in people],
        "asked": bool(typed.get("phone") or typed.get("name")),
        "bands": [*_bands(people, typed, at, seen), *_groups(typed, at, by)],
        "laws": [_law(each) for each in of_cause(cause)] if cause else [],
        "laws_note": cause and f"{cause} {cause_name(cause)}",
        "calculator_url": _calculator(cause),
        "sums": _sums(typed),
        "limitation": _limitation(cause, typed.get("left_on", ""), clock.day(at)),
    }


def _caller(each: Known, seen: set[int]) -> dict[str, Any]:
    kinds = dict(WORKERS)
    running = [past for past in each.cases if past.status not in FINISHED]
    return {
        "id": each.person_id, "name": each.name or _("no name yet"), "phone": each.phone_mask,
        "kind": str(kinds.get(each.worker_kind, "")) if each.worker_kind else "",
        "summary": _("%(open)s open, %(all)s in all") % {"open": len(running), "all": len(each.cases)},
        "history": [_past(past, seen) for past in each.cases],
    }  # fmt: skip


def _past(past: Past, seen: set[int]) -> dict[str, Any]:
    done = past.status in FINISHED
    return {
        "on": past.opened_at, "number": past.number,
        "words": cause_name(past.cause) if past.cause else past.employers,
        "url": reverse("case", args=[past.case_id]) if past.case_id in seen else "",
        "light": {"state": "done" if done else "normal", "words": _status(past.status)},
    }  # fmt: skip


def _status(code: str) -> str:
    return str(dict(Status.choices).get(code, code))


def _bands(
    people: list[Known], typed: Mapping[str, str], at: datetime, seen: set[int]
) -> list[dict[str, Any]]:
    """Same person, same employer, within 180 days: a fact and its consequence, never a block."""
    found = told_before(people, typed.get("employers-0-name", ""), at)
    return [
        _band(past, (at - past.opened_at).days, seen, first=number == 0)
        for number, past in enumerate(found)
    ]


def _groups(typed: Mapping[str, str], at: datetime, by: User) -> list[dict[str, Any]]:
    """Whether several others told of this employer: possibly one group."""
    firm, phone = typed.get("employers-0-name", ""), typed.get("phone", "")
    may = by.has_perm("mediation.see_groups")
    band = groups.band_of(firm, phone, at, may=may) if firm.strip() else None
    return [band] if band else []


def _band(past: Past, days: int, seen: set[int], *, first: bool) -> dict[str, Any]:
    """One that runs can take this call in; the other way is to register as always."""
    actions = []
    if past.status not in FINISHED:
        actions.append({
            "words": _("The same matter: put it there"), "name": "same_as", "value": past.case_id,
            "key": "Alt+M" if first else "",
        })  # fmt: skip
    if past.case_id in seen:
        url = reverse("case", args=[past.case_id])
        actions.append({"words": _("Open that case"), "url": url, "key": ""})
    return {
        "kind": "warn",
        "fact": _("Possibly the same matter: %(number)s") % {"number": past.number},
        "detail": _("same employer, %(days)s days ago, %(status)s")
        % {"days": days, "status": _status(past.status)},
        "consequence": _("Registering goes on either way. For a case of its own say why, at the end."),
        "actions": actions,
    }  # fmt: skip


def _law(hint: Hint) -> dict[str, str]:
    chinese = (get_language() or "").startswith("zh")
    if chinese:
        source = f"《{hint.law_zh}》" + (
            _("article %(n)s") % {"n": hint.article} if hint.article else ""
        )
    else:
        source = f"{hint.law_en}, art. {hint.article}" if hint.article else hint.law_en
    doubt = {"K": _("from knowledge, not yet checked"), "S": _("from a secondary source")}
    return {
        "words": hint.zh if chinese else hint.en,
        "source": source,
        "doubt": doubt.get(hint.mark, ""),
    }


def _calculator(cause: str) -> str:
    name = calculator_of(cause) if cause else ""
    return reverse("calculator", args=[name]) if name else ""


def _sums(typed: Mapping[str, str]) -> dict[str, Any] | None:
    """The sums typed so far, line by line, and their total in yuan."""
    rows = []
    for prefix, label in (("claims", "item"), ("members", "name")):
        number = 0
        while f"{prefix}-{number}-amount_yuan" in typed:
            yuan = _yuan(typed[f"{prefix}-{number}-amount_yuan"])
            if yuan is not None:
                rows.append((typed.get(f"{prefix}-{number}-{label}", ""), yuan))
            number += 1
    return (
        {"rows": rows, "total": sum((yuan for _w, yuan in rows), Decimal())} if rows else None
    )


def _yuan(words: str) -> Decimal | None:
    try:
        value = Decimal(words.replace(",", "").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def _limitation(cause: str, left_on: str, today: date) -> dict[str, Any] | None:
    """One year, from the last day of work that the caller told; only once it is told."""
    try:
        ended = date.fromisoformat(left_on)
    except ValueError:
        return None
    if not cause or not date(1990, 1, 1) <= ended <= today:
        return None
    found = assess(
        claim=kind_of(cause), knew_on=ended, terminated_on=ended, events=(), as_of=today,
        calendar=current(),
    )  # fmt: skip
    chinese = (get_language() or "").startswith("zh")
    left = found.days_left
    words = (
        _("%(n)s calendar days left") % {"n": left}
        if left is not None
        else _("over; ask a lawyer before giving up")
    )
    return {
        "until": found.expires_on, "provisional": found.provisional,
        "words": " ".join(found.steps_zh if chinese else found.steps_en),
        "light": {"state": LIGHTS[found.colour], "words": words},
    }  # fmt: skip
