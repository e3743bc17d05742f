"""Dated figures: what the minimum wage, the average wage or a share was on a day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from casework.rules.data import as_date, read
from casework.rules.errors import UnknownDistrict, UnknownParameter


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a parameter and the day from which it holds."""

    name: str
    since: dt.date
    value: str
    mark: str
    source: str

    @property
    def number(self) -> Decimal:
        """The value as an exact number."""
        return Decimal(self.value)

    @property
    def version(self) -> str:
        """Name and first day: what is stored with a result."""
        return f"{self.name}@{self.since}"


@dataclass(frozen=True)
class Parameters:
    """All values of all parameters, oldest first."""

    values: Mapping[str, tuple[Value, ...]]

    def on(self, name: str, day: dt.date) -> Value:
        """The value in force on a day. Raises: UnknownParameter."""
        for value in reversed(self.values.get(name, ())):
            if value.since <= day:
                return value
        raise UnknownParameter(name, day)

    def known(self, name: str, day: dt.date) -> Value | None:
        """The value in force on a day, or None if none is recorded."""
        try:
            return self.on(name, day)
        except UnknownParameter:
            return None

    def merged(self, rows: Iterable[Value]) -> "Parameters":
        """These parameters with approved values laid over."""
        values = dict(self.values)
        for row in rows:
            others = (known for known in values.get(row.name, ()) if known.since != row.since)
            values[row.name] = tuple(sorted((*others, row), key=lambda value: value.since))
        return Parameters(MappingProxyType(values))


def build(content: Mapping[str, Any]) -> Parameters:
    """Parameters from the content of parameters.yaml."""
    return Parameters(
        MappingProxyType(
            {
                name: tuple(
                    Value(name, as_date(row["from"]), row["value"], row["mark"], row["source"])
                    for row in entry["values"]
                )
                for name, entry in content.items()
            }
        )
    )


@cache
def seed() -> Parameters:
    """The parameters shipped with this release."""
    return build(read("parameters.yaml"))


@cache
def _tiers() -> Mapping[str, int]:
    content = read("districts.yaml")
    tiers = {name: tier for tier in (1, 2) for name in content[f"tier_{tier}"]}
    return {**tiers, **{short: tiers[name] for short, name in content["short"].items()}}


def minimum_wage(district: str, on: dt.date, parameters: Parameters | None = None) -> Value:
    """The monthly minimum wage of a district on a day. Raises: UnknownDistrict, UnknownParameter."""
    tier = _tiers().get(district.strip().removeprefix(read("districts.yaml")["city"]))
    if tier is None:
        raise UnknownDistrict(district)
    return (parameters or seed()).on(f"min_wage_month_{tier}", on)


def month_pay_days(on: dt.date, parameters: Parameters | None = None) -> Decimal:
    """Pay days a month, 21.75."""
    return (parameters or seed()).on("month_pay_days", on).number
