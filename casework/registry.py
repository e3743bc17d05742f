"""Numbers without gaps: tickets of a day, cases and letters of a year."""

from datetime import date

from django.db import connection

from casework.models import District


def next_number(series: str) -> int:
    """The next number of a series, from 1. The series row is the lock until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_series AS s (name, last) VALUES (%s, 1)"
            " ON CONFLICT (name) DO UPDATE SET last = s.last + 1 RETURNING last",
            [series],
        )
        return int(cursor.fetchone()[0])


def ticket_no(on: date) -> str:
    """A ticket number, CQ12351-YYYYMMDD-NNNN, counted by day."""
    return f"CQ12351-{on:%Y%m%d}-{next_number(f'ticket:{on:%Y%m%d}'):04d}"


def case_number(on: date, district: District | None) -> str:
    """A case number, 渝工调〔YYYY〕N号 with the district's short name, counted by year and district."""
    return _letter("渝工调", on, district)


def letter_number(kind: str, on: date, district: District | None) -> str:
    """A letter number, e.g. 渝工转〔YYYY〕N号, counted by kind, year and district."""
    return _letter(kind, on, district)


def _letter(kind: str, on: date, district: District | None) -> str:
    short = district.short if district else ""
    number = next_number(f"{kind}:{short}:{on.year}")
    return f"{kind}{short}〔{on.year}〕{number}号"
