"""Feeding the cells: the cases whose ledger grew are counted anew, and only the difference is added.

Counting a case twice adds nothing the second time; a lost or killed run leaves its cases touched.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from casework.access.context import system
from casework.ids import new_id
from casework.models import Case, CaseFact, Cell
from casework.statistics.cells import NOTHING, Added, Place, Value, added_by

BATCH = 500
ONE_AT_A_TIME = 7_310_001  # the advisory lock of whoever feeds
TAKE = """
DELETE FROM casework_touched WHERE id IN
    (SELECT id FROM casework_touched ORDER BY id LIMIT %s) RETURNING case_id
"""
ADD = """
INSERT INTO casework_cell AS c (id, code, district_id, day, key, n, yuan)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::date[], %s::text[], %s::bigint[], %s::numeric[])
ON CONFLICT (code, day, district_id, key) DO UPDATE SET n = c.n + excluded.n, yuan = c.yuan + excluded.yuan
"""


def take() -> int:
    """Count one batch of touched cases; how many. Nothing if somebody else is feeding."""
    with transaction.atomic(), system("statistics"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(TAKE, [BATCH])
        ids = sorted({row[0] for row in cursor.fetchall()})
        if ids:
            _count(ids)
        return len(ids)


def take_all() -> int:
    """Count every touched case; how many."""
    whole = 0
    while done := take():
        whole += done
    return whole


def rebuild() -> int:
    """Forget everything and count every case anew; how many. Pages show the old numbers until the end."""
    with transaction.atomic(), system("statistics"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute(
            "DELETE FROM casework_touched; DELETE FROM casework_casefact; DELETE FROM casework_cell"
        )
        ids = list(Case.objects.order_by("id").values_list("id", flat=True))
        for begin in range(0, len(ids), BATCH):
            _count(ids[begin : begin + BATCH])
    return len(ids)


def check() -> list[str]:
    """Where the cells differ from a recount of every case; empty if nowhere."""
    take_all()
    with transaction.atomic(), system("statistics"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        whole: dict[Place, Value] = defaultdict(lambda: NOTHING)
        ids = list(Case.objects.order_by("id").values_list("id", flat=True))
        for begin in range(0, len(ids), BATCH):
            for made in added_by(ids[begin : begin + BATCH]).values():
                for place, (n, yuan) in made.items():
                    before = whole[place]
                    whole[place] = (before[0] + n, before[1] + yuan)
        kept = {
            (row.code, row.district_id, row.day, row.key): (row.n, row.yuan)
            for row in Cell.objects.exclude(n=0, yuan=0)
        }
    return [
        f"{place[0]} {place[2]} {place[1]} {place[3]}: kept {kept.get(place, NOTHING)},"
        f" counted {whole.get(place, NOTHING)}"
        for place in sorted({*kept, *whole})
        if kept.get(place, NOTHING) != whole.get(place, NOTHING)
    ]


def _count(ids: list[int]) -> None:
    """Replace what the cases added by what they add now."""
    rows = CaseFact.objects.in_bulk(ids)
    before = {pk: _read(row.cells) for pk, row in rows.items()}
    now = added_by(ids)
    changed: dict[Place, Value] = defaultdict(lambda: NOTHING)
    for pk in ids:
        for sign, added in ((-1, before.get(pk, {})), (1, now.get(pk, {}))):
            for place, (n, yuan) in added.items():
                kept = changed[place]
                changed[place] = (kept[0] + sign * n, kept[1] + sign * yuan)
    _add({place: value for place, value in changed.items() if value != NOTHING})
    facts = [CaseFact(case_id=pk, cells=_written(now.get(pk, {}))) for pk in ids]
    CaseFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["case_id"], update_fields=["cells"]
    )


def _add(changed: dict[Place, Value]) -> None:
    if not changed:
        return
    rows = [
        (new_id(), code, district, day, key, n, yuan)
        for (code, district, day, key), (n, yuan) in sorted(changed.items())
    ]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])


def _written(added: Added) -> list[list[Any]]:
    return [
        [code, district, day.isoformat(), key, n, str(yuan)]
        for (code, district, day, key), (n, yuan) in sorted(added.items())
    ]


def _read(cells: list[list[Any]]) -> Added:
    return {
        (code, district, date.fromisoformat(day), key): (n, Decimal(yuan))
        for code, district, day, key, n, yuan in cells
    }
