"""Which part of a double-pay window is still inside limitation (劳动争议调解仲裁法 27, first paragraph)."""

import datetime as dt

from casework.rules.calendar import Calendar
from casework.rules.errors import BadInput
from casework.rules.limitation_clock import MONTHS
from casework.rules.periods import add_months, corresponding_day


def double_pay_claimable(
    window: tuple[dt.date, dt.date], claimed_on: dt.date, mode: str, calendar: Calendar
) -> tuple[dt.date, dt.date] | None:
    """The part of a double-pay window still inside limitation on the day of the claim.

    per_month_back: each day has its own year, so only the last year counts; from_end: all or
    nothing, one year from the end; from_month_two: all or nothing, one year from the start.
    Raises: BadInput for another mode.
    """
    first, last = window
    if mode == "per_month_back":
        since = max(first, corresponding_day(claimed_on, -MONTHS))
        return (since, last) if since <= last else None
    if mode not in ("from_end", "from_month_two"):
        raise BadInput("double_wage_limitation", mode)
    base = last if mode == "from_end" else first
    return window if claimed_on <= add_months(base, MONTHS, calendar).due else None
