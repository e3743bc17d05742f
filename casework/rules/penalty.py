"""The penalty that the parties agreed for late payment (民法典 585), and when a court might cut it."""

from decimal import Decimal

from casework.rules.money import capitals, figures, rounded

FIXED, DAILY = "FIXED", "DAILY"
PARTS = Decimal(10_000)


def owed(kind: str, value: Decimal, *, late_yuan: Decimal, days: int) -> Decimal:
    """What is owed besides a late sum after some days, in yuan; nothing before the first day."""
    if days <= 0 or late_yuan <= 0:
        return Decimal("0.00")
    if kind == FIXED:
        return rounded(value)
    if kind == DAILY:
        return rounded(late_yuan * value * days / PARTS)
    return Decimal("0.00")


def is_high(kind: str, value: Decimal, *, total_yuan: Decimal, share: Decimal) -> bool:
    """Whether a court may find it too high: a fixed sum, or a year of days, above a share of the total.

    Source: 《民法典》第五百八十五条第二款; 最高人民法院关于适用《民法典》合同编通则若干问题的解释第六十五条.
    """
    return owed(kind, value, late_yuan=total_yuan, days=365) > total_yuan * share


def words(kind: str, value: Decimal) -> str:
    """The clause as the agreement prints it; empty without a penalty."""
    if kind == FIXED:
        return (
            f"任何一期款项逾期未足额支付的，付款人另行支付违约金{figures(value)}元"
            f"（大写：人民币{capitals(value)}）。"
        )
    if kind == DAILY:
        parts = f"{value.normalize():f}"
        return f"任何一期款项逾期未足额支付的，付款人自逾期之日起，按逾期金额每日万分之{parts}支付违约金，至付清之日止。"
    return ""
