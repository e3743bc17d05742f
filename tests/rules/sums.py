"""What the tests of sums share: two usual cases, and the call."""

from casework.rules.calculators import calculate

SEVERANCE = {"hire": "2019-03-15", "last_day": "2026-04-10", "avg_month_wage": "8000.00"}
GAP = {"hire": "2024-05-06", "last_day": "2026-03-31", "month_wage": "5500.00"}


def worked(name, **inputs):
    return calculate(name, inputs)


def steps(name, **inputs):
    return " ".join(worked(name, **inputs)["steps"])
