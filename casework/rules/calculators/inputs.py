"""Reading the inputs of a calculator by the table in calculators.yaml."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from casework.rules.calculators.answer import definitions
from casework.rules.calculators.settlement_view import Offer
from casework.rules.data import as_date
from casework.rules.errors import (
    AbsurdSum,
    BadInput,
    MissingInput,
    UnknownCalculator,
    UnknownInput,
)
from casework.rules.limitation import CLAIMS
from casework.rules.limitation_clock import Event, event_from
from casework.rules.money import amount

COUNT_AT_MOST = 1_200
HOURS_AT_MOST = Decimal(8_784)
ROWS_AT_MOST = 10_000
OFFER_KEYS = frozenset({"item", "claimed", "floor", "offered"})


def read(name: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Typed keyword arguments; a key that Python reserves (from, sum) gets a final underscore.

    Raises: UnknownCalculator, UnknownInput, MissingInput, and what the kinds raise.
    """
    if name not in definitions():
        raise UnknownCalculator(name)
    if not isinstance(inputs, Mapping):
        raise BadInput(name)
    kinds = definitions()[name]["inputs"]
    wanted = {key.rstrip("?"): (kind, key.endswith("?")) for key, kind in kinds.items()}
    for key in inputs:
        if key not in wanted:
            raise UnknownInput(key)
    typed: dict[str, Any] = {}
    for key, (kind, optional) in wanted.items():
        if inputs.get(key) is not None:
            typed[RESERVED.get(key, key)] = READERS[kind](key, inputs[key])
        elif not optional:
            raise MissingInput(key)
    return typed


def _money(_key: str, value: object) -> Decimal:
    return amount(value)


def _hours(key: str, value: object) -> Decimal:
    number = amount(value)
    if number > HOURS_AT_MOST:
        raise AbsurdSum(key, value)
    return number


def _count(key: str, value: object) -> int:
    number = amount(value)
    if number != number.to_integral_value():
        raise BadInput(key, value)
    if number > COUNT_AT_MOST:
        raise AbsurdSum(key, value)
    return int(number)


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadInput(key, value)
    return value


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadInput(key, value)
    return value.strip()


def _claim(key: str, value: object) -> str:
    if value not in CLAIMS:
        raise BadInput(key, value)
    return str(value)


def _rows(key: str, value: object) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > ROWS_AT_MOST:
        raise BadInput(key)
    return list(value)


def _sums(key: str, value: object) -> list[Decimal]:
    rows = _rows(key, value)
    if not rows:
        raise BadInput(key)
    return [amount(row) for row in rows]


def _events(key: str, value: object) -> list[Event]:
    rows = _rows(key, value)
    if not all(isinstance(row, Mapping) and "date" in row for row in rows):
        raise BadInput(key)
    return [event_from(row, as_date(row["date"])) for row in rows]


def _offers(key: str, value: object) -> list[Offer]:
    rows = _rows(key, value)
    if not rows or not all(isinstance(row, Mapping) and set(row) == OFFER_KEYS for row in rows):
        raise BadInput(key, ", ".join(sorted(OFFER_KEYS)))
    return [
        Offer(
            str(row["item"]), *(amount(row[part]) for part in ("claimed", "floor", "offered"))
        )
        for row in rows
    ]


def _date(_key: str, value: object) -> object:
    return as_date(value)


RESERVED = MappingProxyType({"from": "from_", "sum": "sum_"})
READERS: MappingProxyType[str, Callable[[str, object], Any]] = MappingProxyType(
    {
        "money": _money,
        "hours": _hours,
        "count": _count,
        "date": _date,
        "flag": _flag,
        "text": _text,
        "claim": _claim,
        "events": _events,
        "sums": _sums,
        "offers": _offers,
    }
)
