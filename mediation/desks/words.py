"""Words for codes: roles, lights, natures, kinds; in the language of the page."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.access.roles import label
from casework.models import Case, User
from casework.queries import at_once
from casework.rules.lights import Light


def role_words(user: User) -> str:
    """A person's first role and place: 调解员 · 两江新区."""
    role = _(label(user.role)) if user.role else ""
    place = user.office.name if user.office and "liaison" in user.role else ""
    place = place or (user.district.name if user.district else "")
    return " · ".join(word for word in (role, place) if word)


def light_words(found: Light, on: date | None = None) -> dict[str, str]:
    """A light as the page shows it: its state and its words (working days)."""
    state = "overdue" if found.late else found.kind
    return {"state": state, "words": _light_words(found, on)}


def _light_words(found: Light, on: date | None) -> str:
    days = abs(found.days)
    if found.kind == "overdue" and days:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": days}
    if found.kind == "done" and on is not None:
        words = _("late %(on)s") if found.late else _("in time %(on)s")
        return words % {"on": f"{on:%m-%d}"}
    whole = {
        "overdue": _("overdue"),  # due on the last working day; none has passed since
        "paused": _("paused"),
        "done": _("done"),
    }.get(found.kind) or ("" if days else _("due today"))
    return whole or ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def nature_words(nature: str) -> str:
    """法定, 规章 or 约定: never merged."""
    return {
        "statutory": _("statutory"), "regulation": _("regulation"), "agreed": _("agreed between us"),
    }.get(nature, nature)  # fmt: skip


def mark_words(mark: str) -> str:
    """What a mark means; a policy is never called law."""
    return {
        "V": _("law, checked against its text"),
        "S": _("from a public source"),
        "K": _("law, text to be confirmed"),
        "U": _("local parameter, varies by place"),
        "P": _("our own policy, not law"),
    }[mark]


def unit_words(unit: str, length: int) -> str:
    """A length in words: 15 个自然日."""
    forms = {
        "calendar_day": ngettext("%(n)s calendar day", "%(n)s calendar days", length),
        "working_day": ngettext("%(n)s working day", "%(n)s working days", length),
        "month": ngettext("%(n)s month", "%(n)s months", length),
        "year": ngettext("%(n)s year", "%(n)s years", length),
        "hour": ngettext("%(n)s hour", "%(n)s hours", length),
        "minute": ngettext("%(n)s minute", "%(n)s minutes", length),
    }
    return forms.get(unit, "%(n)s") % {"n": length}


def names_of(case: Case, parties: list[Any] | None = None) -> str:
    """吕长河等 12 人 与 砚石劳务、磐川建设."""
    rows = parties if parties is not None else at_once.everyone(case)
    workers = [each for each in rows if each.side == "WORKER"]
    firms = [each.name for each in rows if each.side == "EMPLOYER"]
    first = workers[0].name if workers else _("anonymous caller")
    if len(workers) > 1 or case.group_size > 1:
        count = max(len(workers), case.group_size)
        first = _("%(name)s and others, %(count)s people") % {"name": first, "count": count}
    if not firms:
        return first
    return _("%(workers)s and %(firms)s") % {"workers": first, "firms": _(", ").join(firms)}
