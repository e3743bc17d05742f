"""Workers of a group as people name them in a form: W01-W20, W33."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.moving import workers_of
from casework.models import Case, Party

RANGE = re.compile(r"W?0*(\d+)(?:-W?0*(\d+))?", re.IGNORECASE)
TICKED = 100  # workers that fit a list of boxes
APART = re.compile(r"[\s,，、;；]+")


class MembersField(forms.CharField):
    """References of workers, one by one or from-to; cleans to the parties, each once, in their order."""

    def __init__(self, **kwargs: Any) -> None:
        self.rows: Sequence[Party] = ()
        kwargs.setdefault("help_text", _("For example W01-W20, W33."))
        super().__init__(max_length=4000, **kwargs)

    def clean(self, value: Any) -> list[Party]:
        """The parties named. Raises: ValidationError naming what is not known."""
        if isinstance(value, list | tuple):
            value = " ".join(str(each) for each in value)
        typed = str(super().clean(value) or "").replace("—", "-").replace("–", "-")
        known = {row.ref.upper(): row for row in self.rows}
        numbers = {int(ref[1:]): row for ref, row in known.items() if ref[1:].isdigit()}
        found: dict[int, Party] = {}
        strange: list[str] = []
        for word in filter(None, APART.split(typed.strip())):
            rows = _named(word, numbers)
            if rows is None:
                strange.append(word)
            for row in rows or ():
                found[row.pk] = row
        if strange:
            raise forms.ValidationError(
                _("Not a worker of this case: %(words)s"),
                "strange",
                {"words": ", ".join(strange[:10])},
            )
        return [row for row in self.rows if row.pk in found]


def _named(word: str, numbers: dict[int, Party]) -> list[Party] | None:
    """The workers of one word; None if it names nobody. In a from-to, gaps (people who left) are passed over."""
    match = RANGE.fullmatch(word)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    rows = [numbers[number] for number in sorted(numbers) if first <= number <= last]
    return rows or None


def offer_members(form: forms.Form, name: str, case: Case | None) -> list[Party]:
    """Give a field the workers who stand in the case; answers them."""
    rows = workers_of(case) if case is not None and case.pk else []
    field: Any = form.fields[name]
    field.rows = rows
    return rows


def offer_by_name(form: forms.Form, name: str, case: Case | None) -> list[Party]:
    """The same as boxes to tick, each with its name; a group too long to look through stays typed."""
    rows = offer_members(form, name, case)
    if 0 < len(rows) <= TICKED:
        field = form.fields[name]
        named = [(row.ref, f"{row.ref} {row.name}") for row in rows]
        field.widget = forms.CheckboxSelectMultiple(choices=named)
        field.widget.is_required, field.help_text = field.required, ""
    return rows
