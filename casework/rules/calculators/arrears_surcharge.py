"""Surcharge when an order to pay was ignored (加付赔偿金)."""

from decimal import Decimal

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.money import figures, plain

LEAST, MOST = Decimal("0.5"), Decimal(1)


def arrears_surcharge(
    basis: Basis, arrears: Decimal, order_issued: bool, paid_by_order_date: bool
) -> Answer:
    """50 to 100 per cent of the arrears, only after an inspectorate's order was ignored."""
    del basis
    due = order_issued and not paid_by_order_date
    low, high = (arrears * LEAST, arrears * MOST) if due else (Decimal(0), Decimal(0))
    if due:
        step = (
            f"责令支付后逾期未付：加付 {figures(arrears)} 的 50% 至 100%，即 {figures(low)} 至 {figures(high)} 元。",
            f"The order was ignored: 50 to 100 % of {figures(arrears)}, {figures(low)} to {figures(high)}.",
        )
    else:
        step = (
            "没有劳动保障行政部门责令支付后逾期不付的事实，不加付。",
            "No order to pay was ignored: no surcharge.",
        )
    return Answer({"min": plain(low), "max": plain(high)}, (step,))
