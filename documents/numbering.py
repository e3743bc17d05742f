"""Numbers of papers: gapless per kind, district and year, whatever runs at the same time."""

from django.conf import settings
from django.db import connection

from casework.models import Case

HOUSE = "渝工"


def next_in(series: str) -> int:
    """The next number of a series, from 1.

    One statement takes the row's lock and keeps it until the caller's transaction ends: a second
    caller waits, and a rolled-back one gives its number back, so that no gap can arise.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_numberseries AS s (name, last) VALUES (%s, 1)"
            " ON CONFLICT (name) DO UPDATE SET last = s.last + 1 RETURNING last",
            [series],
        )
        return int(cursor.fetchone()[0])


def allot(mark: str, *, case: Case, year: int) -> str:
    """The next number of a kind of paper in the case's district: 渝工涪调协〔2026〕12号.

    No zero padding, year in 〔〕 (GB/T 9704-2012). Empty for a kind without a series.
    """
    if not mark:
        return ""
    short = case.district.short if case.district else ""
    house = getattr(settings, "WUFANG_PAPER_HOUSE", HOUSE)
    place = case.district_id or 0
    return f"{house}{short}{mark}〔{year}〕{next_in(f'{mark}/{place}/{year}')}号"
