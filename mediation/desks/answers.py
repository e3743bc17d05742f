"""How soon the agencies answer, as the cockpit shows it."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from casework.models import Agency, Cell
from mediation.desks.figures import QUARTER, address, rate

AGREED_DAYS, MOST_DAYS, BAR, HIGH = 5, 7, 18, 32


def agencies(today: date) -> list[dict[str, Any]]:
    """How soon the agencies answer: working days from signing to the first answer; in two questions."""
    since = today - timedelta(days=QUARTER)
    days: dict[str, list[int]] = defaultdict(list)
    sent: Counter[str] = Counter()
    rows = Cell.objects.filter(code__in=("sent", "answered"), day__gte=since).order_by()
    for row in rows.values("code", "key").annotate(count=Sum("n")):
        agency, _sep, spent = row["key"].partition("|")
        if row["code"] == "sent":
            sent[agency] += row["count"]
        else:
            days[agency] += [int(spent)] * row["count"]
    names = {each.pk: each.short for each in Agency.objects.all()}
    return [_agency(code, names[code], n, days[code]) for code, n in sent.most_common() if n]


def _agency(code: str, name: str, sent: int, days: list[int]) -> dict[str, Any]:
    counts = Counter(min(each, MOST_DAYS) for each in days)
    most = max([*counts.values(), 1])
    good = sum(each <= AGREED_DAYS for each in days)
    return {
        "name": name, "sent": sent, "url": address("referred", agency=code),
        "mean": f"{sum(days) / len(days):.1f}" if days else "—",
        "rate": rate(good, len(days)), "any": bool(days),
        "replied_url": address("replied", agency=code),
        "bars": [
            {"x": place * BAR, "height": counts[place] * HIGH // most,
             "y": HIGH - counts[place] * HIGH // most, "late": place > AGREED_DAYS,
             "words": f"{place}: {counts[place]}"}
            for place in range(MOST_DAYS + 1)
        ],
    }  # fmt: skip
