"""A step: one form that is its page, its validator, its API schema and its command."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.base import CommandRefused
from mediation.engine.errors import NotOffered

if TYPE_CHECKING:
    from casework.models import Case, User
    from mediation.models import Process, Task


class StepForm(forms.Form):
    """What a person fills in to carry out a step.

    A subclass gives fields, words and `act`, which calls commands and returns the answer on which
    the flow turns ("" when the flow does not ask). `at` is the instant of the act.
    """

    submit: ClassVar[str | Promise] = _("Save")
    template: ClassVar[str] = "steps/step.html"
    lead: ClassVar[str | Promise] = ""
    shown_on: ClassVar[str] = "case"  # the page of the case that shows what the act did
    arrived: date | None = None  # an answer that came on paper: its day, told by who records it
    say_once = (
        ""  # what only the person who acts is told, now and never again (a tracking code)
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        by: "User",
        at: datetime,
        case: "Case | None" = None,
        process: "Process | None" = None,
        task: "Task | None" = None,
        **kwargs: Any,
    ) -> None:
        self.by, self.at, self.process, self.task = by, at, process, task
        self.case: Case = case  # type: ignore[assignment]  # None only on the page of a new call
        super().__init__(data, cast("MultiValueDict[str, Any] | None", files), **kwargs)
        for field in self.fields.values():
            field.widget = calendar_of(field)
        self.prepare()

    @property
    def on(self) -> date:
        """The legal day of the act: of an answer on paper the day on which it arrived."""
        return self.arrived or clock.day(self.at)

    @property
    def done_at(self) -> datetime:
        """The instant of the act on that day."""
        return clock.within(self.on, self.at)

    def prepare(self) -> None:
        """Fill choices and initial values from the file (reads only)."""

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Set what can be chosen in a field."""
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)

    @classmethod
    def fits(cls, case: "Case") -> bool:
        """Whether this act makes sense on a case as it stands: others are not offered."""
        return case.archived_on is None

    @classmethod
    def unfit(cls, case: "Case") -> CommandRefused:
        """What is said to somebody who starts an act that does not fit."""
        return NotOffered()

    @classmethod
    def second_case(cls, case_id: int, data: Mapping[str, Any], by: "User") -> int | None:
        """The other case that the act changes too, looked up before any lock: two are locked in their order."""
        return None

    def choices_of(self, name: str) -> list[tuple[Any, Any]]:
        """What can be chosen in a field."""
        field = cast("forms.ChoiceField", self.fields[name])
        return list(cast("Iterable[tuple[Any, Any]]", field.choices))

    def context(self) -> dict[str, Any]:
        """What the step's page shows beside the form (reads only)."""
        return {}

    def act(self) -> str:
        """Carry it out. Runs under the case's lock, in one transaction with the step."""
        raise NotImplementedError


def calendar_of(field: forms.Field) -> forms.Widget:
    """The browser's own calendar for a day, text where it has none; any other field as it is."""
    widget = cast("forms.Widget", field.widget)
    if type(widget) is not forms.DateInput or widget.input_type == "date":
        return widget
    shown = forms.DateInput(attrs={**widget.attrs, "type": "date"}, format="%Y-%m-%d")
    shown.is_required = widget.is_required
    return shown


class Rows(forms.Field):
    """A list of rows in one field: JSON from a program, repeated inputs from a page.

    On a page, row fields are named `name-0-column`, `name-1-column`, ...; empty rows are dropped.
    `columns` maps a column to a form field that cleans it.
    """

    default_error_messages = {"not_rows": _("This must be a list of rows.")}

    def __init__(
        self, columns: Mapping[str, forms.Field], *, least: int = 0, **kwargs: Any
    ) -> None:
        self.columns, self.least = dict(columns), least
        kwargs.setdefault("widget", RowsWidget(self.columns))
        super().__init__(**kwargs)

    def offer(self, column: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Let a column of this form be chosen from a list; what may be sent stays the same."""
        chosen = deepcopy(self.columns[column])
        chosen.widget = forms.Select(choices=[("", ""), *choices])
        self.columns = {**self.columns, column: chosen}
        cast("RowsWidget", self.widget).columns = self.columns

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Clean row by row; an error names its row. Raises: ValidationError."""
        if value in (None, ""):
            value = []
        if not isinstance(value, list) or any(not isinstance(row, Mapping) for row in value):
            raise forms.ValidationError(
                self.default_error_messages["not_rows"], code="not_rows"
            )
        rows = [self._clean_row(number, row) for number, row in enumerate(value, 1)]
        if len(rows) < self.least:
            raise forms.ValidationError(
                _("At least %(least)s row is needed."), "too_few", {"least": self.least}
            )
        return rows

    def _clean_row(self, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        cleaned = {}
        for name, field in self.columns.items():
            try:
                cleaned[name] = field.clean(row.get(name))
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("Row %(number)s, %(column)s: %(problem)s"),
                    "row",
                    {
                        "number": number,
                        "column": field.label or name,
                        "problem": " ".join(error.messages),
                    },
                ) from error
        return cleaned


class RowsWidget(forms.Widget):
    """Shows rows as a small table of inputs with spare rows at the end; works without script."""

    template_name = "components/rows.html"
    spare = 2

    def __init__(self, columns: Mapping[str, forms.Field]) -> None:
        self.columns = columns
        super().__init__()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Rows given as a list (a program), or collected from `name-N-column` (a page)."""
        given = data.get(name)
        if isinstance(given, list) and not hasattr(data, "getlist"):
            return given
        rows, number = [], 0
        while any(f"{name}-{number}-{column}" in data for column in self.columns):
            row = {
                column: field.widget.value_from_datadict(
                    data, files, f"{name}-{number}-{column}"
                )
                for column, field in self.columns.items()
            }
            if any(value not in (None, "", False, []) for value in row.values()):
                rows.append(row)
            number += 1
        return rows

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Rows of rendered inputs, with two spare rows."""
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *({} for _spare in range(self.spare))]
        text = any(isinstance(each.widget, forms.Textarea) for each in self.columns.values())
        context["widget"]["has_text"] = text
        context["heads"] = [field.label or column for column, field in self.columns.items()]
        context["rows"] = [
            [
                {
                    "label": field.label or column,
                    "input": _widget(field).render(
                        f"{name}-{number}-{column}",
                        row.get(column, ""),
                        {
                            "id": f"id_{name}-{number}-{column}",
                            "aria-label": f"{field.label or column} {number + 1}",
                            "class": "form-select"
                            if isinstance(field.widget, forms.Select)
                            else "form-control",
                        },
                    ),
                }
                for column, field in self.columns.items()
            ]
            for number, row in enumerate(rows)
        ]
        return context

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: an empty list is an answer."""
        return False


def _widget(field: forms.Field) -> forms.Widget:
    """A choice in a row can be left open: else the spare rows would all be half filled in."""
    if not isinstance(field, forms.ChoiceField):
        return calendar_of(field)
    widget = cast("forms.Widget", field.widget)
    choices = list(cast("Iterable[tuple[Any, Any]]", field.choices))
    if any(value in ("", None) for value, _words in choices):
        return widget
    select = cast("forms.Select", deepcopy(widget))
    select.choices = [("", ""), *choices]
    return select
