"""Ten thousand random deadlines come out the same when counted in a second way.

WUFANG_CASES draws so many times more. The seed is fixed, so that a failure can be repeated.
"""

import random
import re
from datetime import date, timedelta

from casework.rules.calendar import official
from casework.rules.catalogue import seed
from casework.rules.deadlines import OF_THE_CLOCK, due
from tests.rules import second
from tests.rules.cases import TIMES

CASES = 10_000 * TIMES
DRAW = random.Random(20260302)  # noqa: S311 - cases for a test
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
UNITS = {"calendar_day": 400, "working_day": 120, "month": 30, "year": 4}
DUE = re.compile(r"\d{4}-\d{2}-\d{2}")


def some_day():
    return FIRST + timedelta(days=DRAW.randrange((LAST - FIRST).days + 1))


def periods():
    """Half of them rules of the catalogue, half periods of any length and unit."""
    rules = [
        seed().rule(code)[0]
        for code in seed().codes()
        if seed().rule(code)[0].length and seed().rule(code)[0].unit not in OF_THE_CLOCK
    ]
    for number in range(CASES):
        if number % 2:
            unit = DRAW.choice(list(UNITS))
            yield None, DRAW.randint(1, UNITS[unit]), unit
        else:
            rule = DRAW.choice(rules)
            yield rule, rule.length, rule.unit


def test_the_same_date_in_a_second_way():
    calendar, wrong = official(), []
    for rule, length, unit in periods():
        start = some_day()
        if rule is None:
            found = due("GEN-x", start, calendar=calendar, length=length, unit=unit)
        else:
            found = due(rule.code, start, calendar=calendar)
        count = second.begins if rule and rule.before else second.ends
        raw, last = count(start, length, unit)
        if rule and not rule.rolls:
            last = raw
        if (found.raw, found.due) != (raw, last):
            wrong.append((found.code, start, length, unit, found.due, last))
        days = {date.fromisoformat(day) for step in found.steps_zh for day in DUE.findall(step)}
        if last not in days:
            wrong.append((found.code, start, "not told", found.steps_zh))
        if found.provisional != provisional(found, rule):
            wrong.append((found.code, start, "provisional", found.provisional))
    assert wrong == []


def provisional(found, rule):
    """A day counted or looked at lies in a year without a notice."""
    if rule is not None and not rule.rolls:
        return False
    first, last = sorted((found.raw, found.due))
    if found.unit == "working_day":
        one = timedelta(days=1)
        first, last = sorted((found.due, found.start))
        first, last = (first, last - one) if rule and rule.before else (first + one, last)
    return not all(2024 <= day.year <= 2026 for day in (first, last))
