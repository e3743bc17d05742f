"""Whether an award is final for the employer (终局裁决)."""

from collections.abc import Sequence
from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.money import figures, plain

MONTHS = 12


def final_award(basis: Basis, items: Sequence[Decimal], min_wage_month: Decimal) -> Answer:
    """Final if no item is above twelve monthly minimum wages; judged item by item."""
    del basis
    threshold = min_wage_month * MONTHS
    above = [item for item in items if item > threshold]
    listed = [figures(item) for item in above]
    said = (
        f"{'、'.join(listed)} 元超过上限，裁决非终局。"
        if above
        else "各项均未超过上限，裁决终局。",
        f"Above it: {', '.join(listed)}; not final."
        if above
        else "No item is above it: final.",
    )
    steps = (
        (
            f"上限：月最低工资 {figures(min_wage_month)} × 12 = {figures(threshold)} 元，逐项比较。",
            f"Ceiling: {figures(min_wage_month)} x 12 = {figures(threshold)}, item by item.",
        ),
        said,
    )
    values = {
        "threshold": plain(threshold),
        "final": not above,
        "above": [plain(item) for item in above],
    }
    return Answer(values, steps)
