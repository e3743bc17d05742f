"""The units of periods, and how long one may be."""

from types import MappingProxyType

from casework.rules.errors import BadLength, UnknownUnit

YEARS_AT_MOST = 100
LONGEST = MappingProxyType(
    {
        "minute": YEARS_AT_MOST * 366 * 24 * 60,
        "hour": YEARS_AT_MOST * 366 * 24,
        "calendar_day": YEARS_AT_MOST * 366,
        "working_day": YEARS_AT_MOST * 261,
        "month": YEARS_AT_MOST * 12,
        "year": YEARS_AT_MOST,
    }
)
UNITS = tuple(LONGEST)


def check_length(length: object, unit: str) -> int:
    """A length as a whole number in bounds. Raises: UnknownUnit, BadLength."""
    if unit not in LONGEST:
        raise UnknownUnit(unit)
    if (
        isinstance(length, bool)
        or not isinstance(length, int)
        or not 1 <= length <= LONGEST[unit]
    ):
        raise BadLength(length, unit)
    return length
