"""How many explained deadlines a second one core counts: every code, by CPU time.

`python bench/rules.py [SECONDS]` prints one line a code, slowest first, then the mean over all
codes; it exits 1 when a code stays under 10,000 a second.
"""

import sys
import time
from datetime import date, datetime, timedelta
from datetime import time as hour

from casework.rules.calendar import official
from casework.rules.catalogue import seed
from casework.rules.deadlines import OF_THE_CLOCK, due
from casework.rules.errors import RuleError

GOAL = 10_000
DAYS = [date(2024, 1, 1) + timedelta(days=7 * n % 1000) for n in range(200)]


def starts(unit):
    """Two hundred days over three years; instants for clocks in hours and minutes."""
    if unit in OF_THE_CLOCK:
        return [datetime.combine(day, hour(14, 5)) for day in DAYS]
    return DAYS


def measure(code, unit, seconds, **more):
    """Explained deadlines a CPU second of one code, warm."""
    calendar, days = official(), starts(unit)
    for day in days:
        due(code, day, calendar=calendar, **more)
    done, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for day in days:
            due(code, day, calendar=calendar, **more)
        done += len(days)
    return done / (time.process_time() - began)


def cases():
    """Every code that is a period, and its full extension where that has a length."""
    for code in seed().codes():
        rule, extended = seed().rule(code)
        if rule.length is None or rule.in_force > DAYS[0] or rule.until is not None:
            continue
        yield code, rule.unit
        if rule.extension and rule.extension.length and not extended:
            yield code + "x", rule.unit


def main(seconds=0.1):
    """Measure all codes; 1 when one is slower than the goal."""
    found = {}
    for code, unit in cases():
        try:
            found[code] = measure(code, unit, seconds)
        except RuleError as error:
            sys.exit(f"{code}: {error}")
    for code, rate in sorted(found.items(), key=lambda each: each[1])[:12]:
        print(f"{code:8} {rate:10,.0f} a second")
    mean = len(found) / sum(1 / rate for rate in found.values())
    slow = [code for code, rate in found.items() if rate < GOAL]
    print(f"{len(found)} codes, {mean:,.0f} a second on average, {len(slow)} under {GOAL:,}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.1))
