"""The cockpit as a workbook: the same figures, fixed columns, every text a text and never a formula."""

import io
import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import Font

from mediation.desks.figures import FIGURES

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def xlsx_of(found: dict[str, Any], today: date) -> bytes:
    """The bytes of the workbook; `found` is what the cockpit's page prints."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    head = [_("Figure"), f"{today:%Y-%m-%d}"]
    _sheet(book, _("Today"), head, [[str(tile["title"]), tile["n"]] for tile in found["tiles"]])
    _sheet(
        book, _("Districts"), [_("District"), _("Running"), _("Overdue"), _("In time")],
        [[row["name"], row["n"], row["late"], row["rate"]] for row in found["districts"]],
    )  # fmt: skip
    _sheet(
        book, _("Answers"), [_("Agency"), _("Referred"), _("Mean (working days)"), _("In time")],
        [[row["name"], row["sent"], row["mean"], row["rate"]] for row in found["agencies"]],
    )  # fmt: skip
    _sheet(
        book, _("Causes"), [_("Cause"), _("Cases")],
        [[row["name"], row["n"]] for row in found["causes"]["rows"]],
    )  # fmt: skip
    _sheet(
        book, _("12 months"), [_("Measure"), *(bar["words"][:7] for bar in found["trend"][0]["bars"])],
        [[row["title"], *(float(bar["words"][8:]) for bar in row["bars"])] for row in found["trend"]],
    )  # fmt: skip
    _sheet(
        book, _("Definitions"), [_("Figure"), _("What it counts")],
        [[str(each.title), str(each.formula)] for each in FIGURES.values()],
    )  # fmt: skip
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(book: Workbook, title: str, head: list[Any], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    for number, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, int | float):
                cell.value = value
            else:
                cell.value = CONTROL.sub("", str(value))
                cell.data_type = TYPE_STRING  # a text that begins with "=" stays a text
            if number == 1:
                cell.font = Font(bold=True)
    for letter in "ABCD":
        sheet.column_dimensions[letter].width = 24
