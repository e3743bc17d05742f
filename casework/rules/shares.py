"""Dividing a sum among several people so that not one fen is lost."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


class NothingToDivideBy(ValueError):
    """A sum cannot be divided: nobody has a part in it."""


def in_fen(yuan: Decimal) -> int:
    """A sum in whole fen (yuan, rounded half up)."""
    return int(yuan.quantize(FEN, ROUND_HALF_UP) * 100)


def split(yuan: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Divide a sum in proportion to weights; the parts add up to it exactly.

    Unit: yuan. Largest remainder; equal remainders in the order given.
    Raises: NothingToDivideBy.

    >>> split(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    whole = sum(weights, Decimal())
    if whole <= 0:
        raise NothingToDivideBy
    fen = in_fen(yuan)
    exact = [fen * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: fen - sum(parts)]:
        parts[i] += 1
    return [(Decimal(part) / 100).quantize(FEN) for part in parts]


def plan_shares(
    instalments: Sequence[Decimal], totals: Sequence[Decimal]
) -> list[list[Decimal]]:
    """What each person gets of each instalment: rows are instalments, columns people.

    Each row adds up to its instalment; when the totals add up to the plan, each column adds up
    to its person's total as well: single fen move within a row until both are exact.
    Unit: yuan. Raises: NothingToDivideBy.
    """
    rows = [split(amount, totals) for amount in instalments]
    if sum(instalments, Decimal()) == sum(totals, Decimal()):
        _balance(rows, totals)
    return rows


def _balance(rows: list[list[Decimal]], totals: Sequence[Decimal]) -> None:
    """Move single fen from people who got too much to people who got too little."""
    while True:
        columns = zip(*rows, strict=True)
        over = [sum(got, -total) for got, total in zip(columns, totals, strict=True)]
        if not any(over):
            return
        rich, poor = over.index(max(over)), over.index(min(over))
        row = max((row for row in rows if row[rich] > 0), key=lambda row: row[rich] - row[poor])
        row[rich] -= FEN
        row[poor] += FEN
