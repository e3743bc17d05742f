"""Lists of workers as files, and a group in mediation."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.process import stage_c

HEADS = ("姓名", "电话", "身份证号", "金额（元）", "开户行")


def xlsx(*rows: Sequence[Any], heads: Sequence[str] = HEADS, title: str = "") -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in ([[title]] if title else []) + [list(heads), *map(list, rows)]:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def upload(data: bytes, name: str = "名单.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data)}


def group(count: int = 12) -> stage_c.Story:
    """A group accepted on 2026-03-13, its mediator not yet named."""
    return stage_c.accepted(group=[Decimal("1000.00")] * count)


def many(count: int) -> list[tuple[str, int, str, str]]:
    """Rows of a list: invented names, 1380000NNNN."""
    return [
        (f"组员{n:03d}", 13800000000 + n, "", f"{1000 + n}.50") for n in range(1, count + 1)
    ]
