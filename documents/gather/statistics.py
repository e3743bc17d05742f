"""D33: what happened in a period, counted by the day of the event and never by the day of entry."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from casework.clock import SHANGHAI
from casework.models import Agreement, CallRecord, Case, Payment
from casework.rules.taxonomy import cause_name
from documents.facts.d33 import BarLine, ChartLine, MeasureLine, ReportFacts

MONTHS, CAUSES, MONTHS_A_YEAR = 6, 6, 12
NOTES = (
    "各项指标按业务发生日期统计，不按录入日期统计。",
    "分母不足30的比率只列分子、分母，不计算百分比。",
)
Span = tuple[date, date]


def report(span: str, on: date, *, office: str, reporter: str, outside: bool = False) -> ReportFacts:  # fmt: skip
    """The report of the day, week, month or year that `on` lies in; of the visible cases."""
    now = period(span, on)
    before = period(span, now[0] - timedelta(days=1))
    facts = ReportFacts(
        office=office,
        span=span,
        first=now[0],
        last=now[1],
        scope=office,
        measures=_measures(now, before),
        charts=(_months(now[1]), *_causes(now)),
        notes=NOTES,
        reporter=reporter,
        made_on=on,
    )
    return facts.for_outside() if outside else facts


def period(span: str, on: date) -> Span:
    """First and last day of the day, week, month or year of a day."""
    if span == "week":
        first = on - timedelta(days=on.weekday())
        return first, first + timedelta(days=6)
    if span == "month":
        return on.replace(day=1), _next_month(on) - timedelta(days=1)
    if span == "year":
        return date(on.year, 1, 1), date(on.year, 12, 31)
    return on, on


def _next_month(on: date) -> date:
    year, month = divmod(on.year * MONTHS_A_YEAR + on.month, MONTHS_A_YEAR)
    return date(year, month + 1, 1)


def _within(field: str, days: Span) -> dict[str, Any]:
    return {f"{field}__range": days}


def _instants(field: str, days: Span) -> dict[str, Any]:
    first, after = (
        datetime.combine(on, time(), SHANGHAI) for on in (days[0], days[1] + timedelta(days=1))
    )
    return {f"{field}__gte": first, f"{field}__lt": after}


def _measures(now: Span, before: Span) -> tuple[MeasureLine, ...]:
    counted = (
        ("ST01", "来电量", "次", lambda s: CallRecord.objects.filter(**_instants("started_at", s)).count(), "按来电时间计"),
        ("ST04", "登记数", "件", lambda s: Case.objects.filter(**_instants("opened_at", s)).count(), "登记的工单，按登记时间计"),
        ("ST04", "受理数", "件", lambda s: _accepted(s).count(), "决定受理的调解申请，按受理日期计"),
        ("ST04", "不予受理数", "件", lambda s: Case.objects.filter(**_within("refused_on", s)).count(), "按决定日期计"),
        ("ST05", "涉及人数", "人", lambda s: _sum(_accepted(s), "group_size"), "受理案件涉及人数，集体争议按人数计"),
        ("ST06", "协议金额", "元", lambda s: _sum(_agreed(s), "total_yuan"), "生效协议确定的金额，按生效日期计"),
        ("ST06", "履行到位金额", "元", lambda s: _sum(_paid(s), "amount_yuan"), "实际支付的金额，按到账日期计"),
        ("ST16", "集体争议数", "件", lambda s: _accepted(s).filter(is_collective=True).count(), "涉及十人以上的争议，按受理日期计"),
    )  # fmt: skip
    lines = [
        MeasureLine(
            code=code, name=name, unit=unit, value=Decimal(count(now)),
            before=Decimal(count(before)), definition=what,
            cases=_of_cases(name, now), cases_before=_of_cases(name, before),
        )
        for code, name, unit, count, what in counted
    ]  # fmt: skip
    (part, whole), (part_before, whole_before) = _success(now), _success(before)
    rate = MeasureLine(
        code="ST07", name="调解成功率", unit="%", part=part, whole=whole, part_before=part_before,
        whole_before=whole_before, definition="达成协议÷（达成协议与调解不成之和），撤回的不计入",
    )  # fmt: skip
    return (*lines, rate)


def _accepted(days: Span) -> QuerySet[Case]:
    return Case.objects.filter(**_within("accepted_on", days))


def _agreed(days: Span) -> QuerySet[Agreement]:
    return Agreement.objects.filter(**_within("effective_on", days))


def _paid(days: Span) -> QuerySet[Payment]:
    return Payment.objects.filter(voided_at=None, **_within("paid_on", days))


def _of_cases(name: str, days: Span) -> int | None:
    """Over how many cases a sum of money or of people runs: of few cases it would tell of each."""
    if name == "协议金额":
        return _agreed(days).values("case").distinct().count()
    if name == "履行到位金额":
        return _paid(days).values("instalment__agreement__case").distinct().count()
    return _accepted(days).count() if name == "涉及人数" else None


def _sum(rows: QuerySet[Any], field: str) -> Decimal:
    return Decimal(rows.aggregate(all=Sum(field))["all"] or 0)


def _success(days: Span) -> tuple[int, int]:
    agreed = set(_agreed(days).values_list("case_id", flat=True))
    failed = set(Case.objects.filter(**_within("failed_on", days)).values_list("pk", flat=True))
    return len(agreed), len(agreed | failed)


def _months(last: date) -> ChartLine:
    bars, on = [], last
    for _month in range(MONTHS):
        days = period("month", on)
        label = f"{on.year}年{on.month}月"
        bars.append(BarLine(label=label, value=Decimal(_accepted(days).count())))
        on = days[0] - timedelta(days=1)
    return ChartLine(title="近六个月受理数", bars=tuple(reversed(bars)))


def _causes(days: Span) -> list[ChartLine]:
    rows = _accepted(days).exclude(main_cause="").values("main_cause").annotate(n=Count("pk"))
    bars = tuple(
        BarLine(label=cause_name(row["main_cause"]), value=Decimal(row["n"]))
        for row in rows.order_by("-n", "main_cause")[:CAUSES]
    )
    return [ChartLine(title="本期受理案件案由", bars=bars, parts=True)] if bars else []
