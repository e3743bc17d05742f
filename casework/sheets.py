"""Tables that come as files: xlsx or csv, read into text cells with their places. No meaning, only reading."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from casework.commands.base import CommandRefused

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000  # a zip that grows beyond this is no list
MOST_ROWS = 2_000
MOST_COLUMNS = 40
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8-sig", "gb18030")


class NotATable(CommandRefused):
    """This file cannot be read as a table. Save it as .xlsx or .csv and try again."""


class OldExcel(CommandRefused):
    """This is an old Excel file (.xls). Save it as .xlsx and try again."""


class TableTooBig(CommandRefused):
    """The list is too big: at most 5 MB and 2,000 rows. Split it."""


class EmptyTable(CommandRefused):
    """The file holds no rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its number as the office program shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]

    def place(self, column: int) -> str:
        """The cell as people name it: B7."""
        return f"{get_column_letter(column + 1)}{self.number}"


def read_table(data: bytes) -> list[Line]:
    """The rows that hold anything, from the first sheet or the text.

    Raises: NotATable, OldExcel, TableTooBig, EmptyTable.
    """
    if len(data) > MOST_BYTES:
        raise TableTooBig(field="file")
    if data[:4] == OLD_EXCEL:
        raise OldExcel(field="file")
    rows = _of_workbook(data) if data[:2] == b"PK" else _of_text(data)
    found: list[Line] = []
    for number, cells in enumerate(rows, 1):
        if any(cells):
            found.append(Line(number, tuple(cells[:MOST_COLUMNS])))
        if len(found) > MOST_ROWS:
            raise TableTooBig(field="file")
    if not found:
        raise EmptyTable(field="file")
    return found


def opened(data: bytes) -> Workbook:
    """A workbook to read from, unless it would unpack to more than a list ever needs.

    Raises: TableTooBig, and whatever openpyxl stumbles over in a broken file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
            raise TableTooBig(field="file")
    return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)


def _of_workbook(data: bytes) -> Iterator[list[str]]:
    try:
        book = opened(data)
        sheet = book.worksheets[0]
        rows = [
            [_text(value) for value in row]
            for row in sheet.iter_rows(
                max_row=MOST_ROWS + 50, max_col=MOST_COLUMNS, values_only=True
            )
        ]
        book.close()
    except CommandRefused:
        raise
    except Exception as error:  # a decoder raises whatever it stumbles over
        raise NotATable(field="file") from error
    yield from rows


def _of_text(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first = text.splitlines()[0] if text.splitlines() else ""
    mark = max(",;\t，", key=first.count)
    if mark == "，":  # csv takes one ASCII character
        text, mark = text.replace("，", ","), ","
    try:
        yield from (
            [_text(cell) for cell in row]
            for row in csv.reader(io.StringIO(text), delimiter=mark)
        )
    except csv.Error as error:
        raise NotATable(field="file") from error


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise NotATable(field="file")
    for name in ENCODINGS:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise NotATable(field="file")


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a point (a telephone is often stored as a number)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return " ".join(str(value).replace("\u3000", " ").split())[:200]


def as_stored(rows: Sequence[Line]) -> list[list[Any]]:
    """For keeping as JSON."""
    return [[row.number, *row.cells] for row in rows]


def from_stored(rows: Sequence[Sequence[Any]]) -> list[Line]:
    """What `as_stored` made."""
    return [Line(int(row[0]), tuple(str(cell) for cell in row[1:])) for row in rows]
