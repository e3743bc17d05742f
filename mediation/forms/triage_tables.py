"""The form of a decision table: row by row what must hold and what follows; rows of the law stand fixed."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.rules.tables import NONE, Allowed, Column, Range, Row, Table, said
from casework.rules.tables_read import LAW, as_rows
from mediation.forms.rules import MARKS, WhenAndWhy

SPARE = 2
MOST_ROWS = 60
FLAGS = {"yes": True, "no": False}


class TableForm(WhenAndWhy):
    """Every row of the table with its conditions; `rows()` gives them in the form of the command."""

    def __init__(self, table: Table, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.language = table, language
        self.kept = {row["id"]: row for row in as_rows(table)}
        self.slots: list[tuple[str, Row | None]] = [
            (f"r{number}", row) for number, row in enumerate(table.rows)
        ]
        self.slots += [(f"n{number}", None) for number in range(SPARE)]
        for slot, row in self.slots:
            if row is None or row.mark != LAW:
                self.fields.update(dict(self._fields(slot, row)))
        names = [name for name in self.fields if name not in ("effective_from", "reason")]
        self.order_fields([*names, "effective_from", "reason"])

    def _fields(self, slot: str, row: Row | None) -> Iterator[tuple[str, forms.Field]]:
        for key, column in self.table.columns.items():
            yield from self._condition(
                f"{slot}_{key}", column, row.when.get(key, ()) if row else ()
            )
        outcomes = [(code, words[self.language]) for code, words in self.table.outcomes.items()]
        yield (
            f"{slot}_then",
            forms.ChoiceField(
                label=_("Then"), choices=[("", "—"), *outcomes], required=row is not None,
                initial=row.then if row else "",
            ),
        )  # fmt: skip
        for language, label in (("zh", _("Why (Chinese)")), ("en", _("Why (English)"))):
            initial = row.why[language] if row else ""
            yield (
                f"{slot}_why_{language}",
                forms.CharField(
                    label=label, max_length=200, required=row is not None, initial=initial
                ),
            )
        yield (
            f"{slot}_mark",
            forms.ChoiceField(
                label=_("How sure it is"), choices=MARKS, initial=row.mark if row else "P"
            ),
        )
        if row is not None:
            yield (
                f"{slot}_drop",
                forms.BooleanField(label=_("Leave this row out"), required=False),
            )

    def _condition(
        self, name: str, column: Column, permitted: tuple[Allowed, ...]
    ) -> Iterator[tuple[str, forms.Field]]:
        label = column.name[self.language]
        if column.kind == "number":
            span = next((each for each in permitted if isinstance(each, Range)), None)
            whole = next(each for each in column.domain if isinstance(each, Range))
            for end, words, value in (("from", _("from"), "low"), ("to", _("to"), "high")):
                yield (
                    f"{name}_{end}",
                    forms.IntegerField(
                        label=f"{label} {words}", required=False, min_value=whole.low,
                        max_value=whole.high, initial=getattr(span, value, None),
                    ),
                )  # fmt: skip
            if None in column.domain:
                none = str(_("%(column)s: also when there is none") % {"column": label})
                yield (
                    f"{name}_none",
                    forms.BooleanField(
                        label=none, required=False, initial=not permitted or None in permitted
                    ),
                )
            return
        choices = [(_key(each), said(column, (each,), self.language)) for each in column.domain]
        yield (
            name,
            forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
                initial=[_key(each) for each in permitted],
            ),
        )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """The rows as asked; those of the law as they are."""
        found = []
        for slot, row in self.slots:
            if row is not None and row.mark == LAW:
                found.append(self.kept[row.id])
            elif self.cleaned_data.get(f"{slot}_then") and not self.cleaned_data.get(
                f"{slot}_drop"
            ):
                found.append(self._row(slot, row))
        return found

    def _row(self, slot: str, row: Row | None) -> dict[str, Any]:
        typed = self.cleaned_data
        when: dict[str, Any] = {}
        for key, column in self.table.columns.items():
            wanted = self._wanted(f"{slot}_{key}", column)
            if wanted:
                when[key] = wanted
        return {
            "id": row.id if row else self._fresh_id(slot),
            "if": when,
            "then": typed[f"{slot}_then"],
            "why": {language: typed[f"{slot}_why_{language}"] for language in ("zh", "en")},
            "mark": typed[f"{slot}_mark"],
            "article": row.article if row else "",
        }

    def _wanted(self, name: str, column: Column) -> list[Any]:
        """What a column permits; empty when it may have any value."""
        typed = self.cleaned_data
        if column.kind != "number":
            return [FLAGS.get(each, each) for each in typed[name]]
        whole = next(each for each in column.domain if isinstance(each, Range))
        low, high = typed[f"{name}_from"], typed[f"{name}_to"]
        open_ended = None in column.domain
        also_none = typed.get(f"{name}_none", False)
        if low is None and high is None and also_none == open_ended:
            return []
        low, high = whole.low if low is None else low, whole.high if high is None else high
        span = {"from": low, "to": high}
        return [span, NONE] if also_none else [span]

    def _fresh_id(self, slot: str) -> str:
        """An id that no row of the table has had: the letter of the table and the next number."""
        taken = [
            int(digits)
            for id_ in self.kept
            if (digits := id_.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")).isdigit()
        ]
        letter = next(iter(self.kept)).rstrip("0123456789")
        return f"{letter}{max(taken, default=0) + 1 + int(slot[1:])}"

    def clean(self) -> dict[str, Any]:
        """A number range has its ends in order; a new row says why in both languages."""
        data: dict[str, Any] = super().clean() or {}
        for name, low in list(data.items()):
            high = data.get(f"{name.removesuffix('_from')}_to")
            if name.endswith("_from") and low is not None and high is not None and low > high:
                self.add_error(name, _("The range ends before it begins."))
        for slot, row in self.slots:
            if row is None and data.get(f"{slot}_then"):
                for language in ("zh", "en"):
                    if not data.get(f"{slot}_why_{language}"):
                        self.add_error(
                            f"{slot}_why_{language}", _("Say why, in both languages.")
                        )
        return data

    def panels(self) -> list[dict[str, Any]]:
        """The rows as the page shows them, each with its fields; a row of the law has none."""
        return [
            {
                "row": row,
                "fields": [self[name] for name in self.fields if name.startswith(f"{slot}_")],
                "open": self.is_bound and self._touched(slot),
            }
            for slot, row in self.slots
        ]

    def _touched(self, slot: str) -> bool:
        """Whether a row was changed or is wrong: it stays open."""
        names = [name for name in self.fields if name.startswith(f"{slot}_")]
        return any(name in self.errors or name in self.changed_data for name in names)


def _key(value: Allowed) -> str:
    """A value of the domain as a form sends it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
