"""The day of an act: pay days, the last moment of a day, and what the post keeps in time."""

import datetime as dt

from casework.rules.calendar import DAY, Calendar
from casework.rules.errors import EndBeforeStart
from casework.rules.periods import Counted, back_to_work, rolled


def pay_day(on: dt.date, calendar: Calendar, *, wages: bool) -> Counted:
    """When money must be paid that is due on a day off: wages earlier, other money later.

    Source: 《保障农民工工资支付条例》第十四条、《工资支付暂行规定》第七条; 《民法典》第二百零三条.
    """
    return back_to_work(on, calendar) if wages else rolled(on, calendar)


def end_of_day(due: dt.date, closes: dt.time | None = None) -> dt.datetime:
    """The instant at which a last day is over: 24:00, or the close of business where there is one.

    The answer is wall-clock time of Shanghai without a zone. Source: 《民法典》第二百零三条.
    """
    if closes is not None:
        return dt.datetime.combine(due, closes)
    return dt.datetime.combine(due + DAY, dt.time())


def in_time(due: dt.date, acted_on: dt.date, posted_on: dt.date | None = None) -> bool:
    """Whether an act kept its limit; what was posted before expiry is in time.

    Raises: EndBeforeStart if it arrived before it was posted. Source: 《民事诉讼法》第八十五条.
    """
    if posted_on is not None and acted_on < posted_on:
        raise EndBeforeStart(posted_on, acted_on)
    return (posted_on or acted_on) <= due
