"""Tables of grass-roots platforms ("141", 12345, 12348): read from CSV, workbook or JSON, and written."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from casework.commands.base import CommandRefused
from casework.sheets import opened

MOST_BYTES, MOST_ROWS = 5_000_000, 500
# A column by its name in the file: in Chinese as platforms write it, or by its code.
MATTER_COLUMNS = {
    "工单编号": "number", "工单号": "number", "转办日期": "sent_on", "事项": "matter",
    "区县": "district", "姓名": "name", "联系电话": "phone", "用人单位": "employer",
    "统一社会信用代码": "credit_code", "诉求": "item", "金额": "amount_yuan",
    "诉求内容": "facts", "案由": "cause", "办理要求": "asked",
}  # fmt: skip
ANSWER_COLUMNS = {
    "转办文号": "letter", "答复": "what", "答复日期": "came_on", "答复人": "said_by",
    "工单编号": "own_number", "工单号": "own_number", "承办人": "handler",
    "预计办结": "expected_on", "缺少材料": "missing", "理由代码": "reason_code",
    "理由": "reason", "结果": "result", "说明": "words",
}  # fmt: skip
ANSWER_WORDS = {
    "签收": "SIGNED", "受理": "ACCEPTED", "退回补充": "RETURNED", "不予受理": "DECLINED",
    "进展": "PROGRESS", "办结": "RESULT",
}  # fmt: skip


class NotATable(CommandRefused):
    """This file cannot be read: give a CSV, an XLSX workbook or a JSON list, 5 MB and 500 rows at most."""


class ColumnMissing(CommandRefused):
    """The first row must name the columns; the column with the number is missing."""


def read(data: bytes, columns: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of a file, their columns by code; empty rows left out. Raises: NotATable, ColumnMissing."""
    if len(data) > MOST_BYTES:
        raise NotATable(field="file")
    try:
        rows = _rows(data)
    except Exception as error:  # whatever a broken workbook makes its reader say
        raise NotATable(field="file") from error
    known = {**columns, **{code: code for code in columns.values()}}
    found = [
        {known[name.strip()]: text for name, text in row.items() if name.strip() in known}
        for row in rows
    ]
    found = [row for row in found if any(row.values())]
    if not found or len(found) > MOST_ROWS:
        raise NotATable(field="file")
    key = next(iter(columns.values()))
    if key not in found[0]:
        raise ColumnMissing(field="file")
    return found


def _rows(data: bytes) -> list[dict[str, str]]:
    if data[:2] == b"PK":
        return _workbook(data)
    text = _text(data)
    if text.lstrip()[:1] == "[":
        return [
            {str(name): _cell(each) for name, each in row.items()} for row in json.loads(text)
        ]
    lines = csv.reader(io.StringIO(text, newline=""))
    return _named([[cell.strip() for cell in line] for line in lines])


def _workbook(data: bytes) -> list[dict[str, str]]:
    book = opened(data)
    try:
        sheet = book.worksheets[0]
        table = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=40, values_only=True)
        return _named([[_cell(each) for each in line] for line in table])
    finally:
        book.close()


def _text(data: bytes) -> str:
    """UTF-8 as it should be, else GB 18030 as older platforms export."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def _named(lines: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    if not lines:
        return []
    head, *rest = lines
    return [dict(zip(head, line, strict=False)) for line in rest]


def write(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV that a spreadsheet opens rightly: UTF-8 with its mark, no cell that begins a formula."""
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(head)
    table.writerows([_plain(each) for each in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> str:
    text = _cell(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
