"""Limitation as a calculator: the engine of casework.rules.limitation with the keys of the table."""

import datetime as dt
from collections.abc import Sequence

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.limitation import Event, assess


def limitation(
    basis: Basis,
    claim: str,
    as_of: dt.date,
    events: Sequence[Event],
    knew_on: dt.date | None = None,
    terminated_on: dt.date | None = None,
) -> Answer:
    """State, expiry and days left or past. Raises: BadInput, BadEventChain."""
    found = assess(
        claim=claim,
        knew_on=knew_on,
        terminated_on=terminated_on,
        events=events,
        as_of=as_of,
        calendar=basis.calendar,
    )
    return Answer(found.values(), tuple(zip(found.steps_zh, found.steps_en, strict=True)))
