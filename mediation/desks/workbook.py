"""A workbook: fixed columns, every text a text and never a formula."""

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import Font

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def one_sheet(title: str, head: list[Any], rows: Sequence[list[Any]]) -> bytes:
    """The bytes of a workbook with one sheet."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    sheet(book, title, head, rows)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sheet(book: Workbook, title: str, head: list[Any], rows: Sequence[list[Any]]) -> None:
    """Add a sheet: the head in bold, numbers as numbers, everything else as text."""
    page = book.create_sheet(title[:31])
    for number, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column)
            if isinstance(value, int | float):
                cell.value = value
            else:
                cell.value = CONTROL.sub("", str(value))
                cell.data_type = TYPE_STRING  # a text that begins with "=" stays a text
            if number == 1:
                cell.font = Font(bold=True)
    for letter in "ABCD":
        page.column_dimensions[letter].width = 24
