"""How long the way to arbitration stays open, as D13 tells it."""

from datetime import date

from casework.models import Case, Party, Side
from casework.queries import calendar, rulebook
from casework.queries.limitation import standings
from casework.rules.deadlines import due
from casework.rules.limitation import Assessment
from documents.facts.common import ClockLine


def limitation_line(case: Case, on: date, party: Party | None = None) -> ClockLine | None:
    """The failed claim whose time ends first, and the others; None without an application.

    None for an employer: limitation is that side's defence, and a mediator does not hand it one.
    A worker with claims of their own hears of those alone.

    A claim whose time had run out before the application stays out of time: nothing revives it.
    Where the file does not say enough, one year from the application, which interrupts.
    Source: 《劳动争议调解仲裁法》第二十七条.
    """
    if case.received_on is None or (party and party.side == Side.EMPLOYER):
        return None
    rows = standings(case, on)
    own = [each for each in rows if party and each.claim.party_id == party.pk]
    told = [
        (each.found.expires_on, each.claim.item, each.found)
        for each in own or rows
        if each.found is not None and each.found.expires_on is not None
    ]
    if not told:
        return _from_the_application(case, case.received_on)
    told.sort(key=lambda row: (row[0], row[1]))
    others = list(dict.fromkeys((_what(item, found), last) for last, item, found in told))
    first_on, item, found = told[0]
    return ClockLine(
        what=_what(item, found),
        due=first_on,
        how="；".join([_how(found), *(f"{what}，至{_day(last)}" for what, last in others[1:])]),
        article="《中华人民共和国劳动争议调解仲裁法》第二十七条",
    )


def _what(item: str, found: Assessment) -> str:
    expired = found.status == "EXPIRED"
    return f"据现有材料，{item}一项{'已经届满' if expired else '尚未届满'}"


def _how(found: Assessment) -> str:
    if found.status == "EXPIRED":
        return "对方以此抗辩的，可能不再受保护，请尽快咨询律师或者申请法律援助"
    return f"还有{found.days_left}日；申请调解、投诉等中断事由已经计入"


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _from_the_application(case: Case, since: date) -> ClockLine:
    book = rulebook.catalogue_of(case)
    year = due("B-01", since, calendar=calendar.current(), catalogue=book)
    return ClockLine(
        what="自申请调解之日中断后重新计算",
        due=year.due,
        start=since,
        how=f"自{_day(since)}的次日起一年；此前已届满的除外",
        article=year.article,
    )
