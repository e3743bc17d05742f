"""A second, tiny way to count, written from the articles and sharing no code with casework.rules.

Days off are copied from the notices of the State Council (国办发明电〔2023〕7号, 〔2024〕12号, 〔2025〕7号),
the articles are 民法典 201 to 203. It goes day by day and is slow on purpose.
"""

from datetime import date, timedelta

ONE = timedelta(days=1)
OFF = """
2024-01-01 2024-02-10..2024-02-17 2024-04-04..2024-04-06 2024-05-01..2024-05-05 2024-06-10
2024-09-15..2024-09-17 2024-10-01..2024-10-07
2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 2025-05-01..2025-05-05
2025-05-31..2025-06-02 2025-10-01..2025-10-08
2026-01-01..2026-01-03 2026-02-15..2026-02-23 2026-04-04..2026-04-06 2026-05-01..2026-05-05
2026-06-19..2026-06-21 2026-09-25..2026-09-27 2026-10-01..2026-10-07
"""
WORKED = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""


def _days(text):
    found = set()
    for part in text.split():
        first, _, last = part.partition("..")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            found.add(day)
            day += ONE
    return found


HOLIDAYS, MADE_UP = _days(OFF), _days(WORKED)


def rests(day):
    """Days off: the notices first, then Saturday and Sunday."""
    if day in MADE_UP:
        return False
    return day in HOLIDAYS or day.strftime("%a") in ("Sat", "Sun")


def to_work(day, step=ONE):
    """民法典 203: the day after the days off (or before them, going backwards)."""
    while rests(day):
        day += step
    return day


def month_end(year, month):
    """The last day of a month: the day before the first of the next."""
    return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - ONE


def ends(start, length, unit):
    """Raw and due day of a period, forwards."""
    day = start
    if unit == "calendar_day":
        for _ in range(length):
            day += ONE
        return day, to_work(day)
    if unit == "working_day":
        while length:
            day += ONE
            length -= not rests(day)
        return day, day
    last = month_end(start.year, start.month)
    for _ in range(length if unit == "month" else 12 * length):
        last = month_end((last + ONE).year, (last + ONE).month)
    day = last if start.day > last.day else last.replace(day=start.day)
    return day, to_work(day)


def begins(event, length, unit):
    """Raw and due day of a period before an event."""
    day = event
    if unit == "calendar_day":
        for _ in range(length):
            day -= ONE
        return day, to_work(day, -ONE)
    while length:
        day -= ONE
        length -= not rests(day)
    return day, day
