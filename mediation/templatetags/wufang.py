"""Shapes, sums and dates as the screens show them; nothing here asks the database."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import clock
from mediation.engine.steps import RowsWidget, calendar_of
from mediation.forms.serving import WAYS

register = template.Library()

_SHAPES = {  # drawn in 12 x 12; a light is never a bare colour
    "overdue": '<rect x="1" y="1" width="10" height="10"/>',
    "soon": '<path d="M6 .8 11.6 11H.4z"/>',
    "normal": '<circle cx="6" cy="6" r="5.2"/>',
    "paused": '<path d="M2 1h3v10H2zM7 1h3v10H7z"/>',
    "done": '<path d="m1.5 6.5 3 3 6-7"/>',
    "not-begun": '<circle cx="6" cy="6" r="4.7"/>',
}
_ICONS = {  # 24 x 24, lines; after Tabler Icons (MIT)
    "check": '<path d="m5 12 5 5L20 7"/>',
    "search": '<circle cx="10" cy="10" r="7"/><path d="m21 21-6-6"/>',
    "down": '<path d="m6 9 6 6 6-6"/>',
    "left": '<path d="m15 6-6 6 6 6"/>',
    "right": '<path d="m9 6 6 6-6 6"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "phone": '<path d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6'
    'a2 2 0 0 1 2-2"/>',
    "speak": '<path d="M15 8a5 5 0 0 1 0 8M6 15H4a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1h2l3.5-4.5A.8.8 0 0 '
    '1 11 5v14a.8.8 0 0 1-1.5.5z"/>',
    "file": '<path d="M14 3v4a1 1 0 0 0 1 1h4M17 21H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7l5 5v11a2 2 0 0 '
    '1-2 2"/>',
    "alert": '<path d="M12 4 21 20H3zM12 10v4M12 17v.01"/>',
    "up": '<path d="m6 15 6-6 6 6"/>',
    "step-done": '<circle cx="12" cy="12" r="11" fill="currentColor" stroke="none"/>'
    '<path d="m7.5 12.3 3 3 6-6.3" stroke="#fff" stroke-width="2"/>',
    "step-live": '<circle cx="12" cy="12" r="10"/><circle cx="12" cy="12" r="5" fill="currentColor"/>',
    "step-now": '<circle cx="12" cy="12" r="11" fill="currentColor" stroke="none"/>'
    '<path d="M10 8v8l6-4z" fill="#fff" stroke="none"/>',
    "step-todo": '<circle cx="12" cy="12" r="10"/>',
    "step-skipped": '<circle cx="12" cy="12" r="10" stroke-dasharray="3 3"/><path d="M8 12h8"/>',
    "step-ended": '<circle cx="12" cy="12" r="10"/><path d="m8.5 8.5 7 7M15.5 8.5l-7 7"/>',
}
_MARK = (
    '<svg viewBox="0 0 32 32" aria-hidden="true"><path fill="#9b1c21" stroke="#9b1c21" '
    'stroke-width="2" stroke-linejoin="round" d="M16 2.2 30.2 12.5 24.8 29.2H7.2L1.8 12.5z"/>'
    '<g fill="#fff"><circle cx="16" cy="9.6" r="2.1"/><circle cx="22.3" cy="14.2" r="2.1"/>'
    '<circle cx="19.9" cy="21.6" r="2.1"/><circle cx="12.1" cy="21.6" r="2.1"/>'
    '<circle cx="9.7" cy="14.2" r="2.1"/></g></svg>'
)


@register.simple_tag
def mark() -> SafeString:
    """The red pentagon with five dots: five parties."""
    return mark_safe(_MARK)  # noqa: S308 - a constant


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing that says nothing alone: words always stand beside it."""
    body = mark_safe(_ICONS[name])  # noqa: S308 - a constant
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', body
    )


@register.simple_tag
def shape(state: str) -> SafeString:
    """The shape of a light; `state` is one of overdue, soon, normal, paused, done, not-begun."""
    body = mark_safe(_SHAPES[_state(state)])  # noqa: S308 - a constant
    return format_html('<svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>', body)


@register.inclusion_tag("components/light.html")
def light(value: Any, kind: str = "") -> dict[str, Any]:
    """A light: `value` has .state and .words; `kind` is an optional class ("plain")."""
    found = (
        value if isinstance(value, Mapping) else {"state": value.state, "words": value.words}
    )
    return {"state": _state(found["state"]), "words": found["words"], "kind": kind}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, width: str = "", unit: str = "", kind: str = "") -> dict[str, Any]:
    """A form field with label, hint, error and repairs; `width` is w2..w12 of twelve columns.

    What the tag does not say, the form may: `widths`, `units`, `repairs`, each by field name; and `whens`, by which
    answer a field is asked for: "result=PARTLY WITHDRAWN", or "result!=NOT_HELD".
    """
    form, name = bound.form, bound.name
    bound.field.widget = calendar_of(bound.field)
    return {
        "field": bound,
        "width": width or getattr(form, "widths", {}).get(name, "") or _width(bound),
        "unit": unit or getattr(form, "units", {}).get(name, ""),
        "when": getattr(form, "whens", {}).get(name, ""),
        "kind": kind or ("sum" if isinstance(bound.field, forms.DecimalField) else ""),
        "repairs": getattr(form, "repairs", {}).get(name, ()),
    }


@register.simple_tag
def sections_of(form: forms.BaseForm) -> list[tuple[str, list[BoundField]]]:
    """The form in parts: `form.sections = [(title, [field names])]`; the rest comes last, untitled."""
    named = getattr(form, "sections", ())
    parts = [
        (title, [form[name] for name in names if name in form.fields]) for title, names in named
    ]
    taken = {name for _title, names in named for name in names}
    rest = [bound for bound in form.visible_fields() if bound.name not in taken]
    return [*parts, ("", rest)] if rest else parts


def _width(bound: BoundField) -> str:
    """Half a row for short answers, a whole one for words, choices and files."""
    widget = bound.field.widget
    long = (
        forms.Textarea,
        forms.CheckboxInput,
        forms.RadioSelect,
        forms.CheckboxSelectMultiple,
    )
    return "w12" if isinstance(widget, (*long, forms.FileInput, RowsWidget)) else "w6"


@register.filter
def money(value: Any) -> str:
    """Yuan with thousands commas and two decimals; a dash when the sum is unknown."""
    if value in (None, ""):
        return "—"
    return f"{Decimal(str(value)):,.2f}"


@register.filter
def in_list(value: Any) -> str:
    """A date as lists show it: 03-27; instants get their hour (Shanghai)."""
    if value in (None, ""):
        return "—"
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.SHANGHAI):%m-%d %H:%M}"
    return f"{value:%m-%d}"


@register.filter
def in_form(value: Any) -> str:
    """A date in full: 2026-03-27; a dash when there is none."""
    if value in (None, ""):
        return "—"
    return f"{_day(value):%Y-%m-%d}"


@register.filter
def weekday(value: Any) -> str:
    """周五 or Fri."""
    return _short_days()[_day(value).weekday()] if value else ""


@register.filter
def one_weekday(value: Any) -> str:
    """The head of a day cell: 五 or F."""
    names = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))
    return names[_day(value).weekday()] if value else ""


@register.filter
def for_worker(value: Any) -> str:
    """A day as workers read it: 3月25日 星期三."""
    if not value:
        return ""
    day = _day(value)
    if (get_language() or "").startswith("zh"):
        return f"{day.month}月{day.day}日 {_long_days()[day.weekday()]}"
    return f"{_long_days()[day.weekday()]}, {day.day} {day:%B}"


@register.filter
def short_for_worker(value: Any) -> str:
    """3月25日."""
    if not value:
        return ""
    day = _day(value)
    return (
        f"{day.month}月{day.day}日"
        if (get_language() or "").startswith("zh")
        else f"{day:%-d %b}"
    )


@register.filter
def hour_for_worker(value: datetime | time | None) -> str:
    """上午 9:30."""
    if value is None:
        return ""
    hour = value.astimezone(clock.SHANGHAI) if isinstance(value, datetime) else value
    half = _("morning") if hour.hour < 12 else _("afternoon")  # noqa: PLR2004 - noon
    return f"{half} {(hour.hour - 1) % 12 + 1}:{hour.minute:02d}"


def _state(state: str) -> str:
    return str(state).replace("_", "-").lower()


def _day(value: date | datetime) -> date:
    return clock.day(value) if isinstance(value, datetime) else value


def _short_days() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _long_days() -> tuple[str, ...]:
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"),
        _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip


@register.filter
def way_words(code: str) -> str:
    """The way of a service in words; an unknown code as it is."""
    return str({**dict(WAYS), "phone": _("by telephone, recorded")}.get(code, code))
