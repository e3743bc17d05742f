"""Dividing money: no fen is lost, rows and columns add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.shares import NothingToDivideBy, plan_shares, split

sums = st.integers(1, 10**9).map(lambda fen: Decimal(fen) / 100)
weights = st.lists(
    st.integers(0, 10**7).map(lambda fen: Decimal(fen) / 100), min_size=1, max_size=40
)


@given(sums, weights)
def test_a_division_loses_no_fen(yuan: Decimal, parts: list[Decimal]):
    if not any(parts):
        with pytest.raises(NothingToDivideBy):
            split(yuan, parts)
        return
    got = split(yuan, parts)
    assert sum(got) == yuan
    whole = sum(parts)
    assert all(
        abs(part - yuan * weight / whole) < Decimal("0.01")
        for part, weight in zip(got, parts, strict=True)
    )


@given(st.lists(sums, min_size=1, max_size=6), weights)
def test_a_plan_adds_up_in_rows_and_columns(instalments: list[Decimal], parts: list[Decimal]):
    if not any(parts):
        return
    totals = split(sum(instalments, Decimal()), parts)
    rows = plan_shares(instalments, totals)
    assert [sum(row) for row in rows] == instalments
    assert all(part >= 0 for row in rows for part in row)
    assert [sum(column) for column in zip(*rows, strict=True)] == totals
