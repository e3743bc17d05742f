"""D33 统计报表（日、周、月、年）: measures with their definitions, against the period before."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from casework.statistics.hiding import hidden
from documents.facts.base import may, need

FEWEST_FOR_A_RATE, FEWEST_SHOWN, HIDDEN = 30, 5, "*"
SPANS = {"day": "日报", "week": "周报", "month": "月报", "year": "年报"}


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """One measure: its value now and before. A rate carries what it was counted from, a sum over how many cases it runs."""

    code: str = need("指标代码")
    name: str = need("指标")
    unit: str = may("单位", "件")
    value: Decimal | None = may("本期", None)
    before: Decimal | None = may("上期", None)
    part: int | None = may("分子", None)
    whole: int | None = may("分母", None)
    part_before: int | None = may("上期分子", None)
    whole_before: int | None = may("上期分母", None)
    definition: str = need("指标口径")
    cases: int | None = may("本期件数", None)
    cases_before: int | None = may("上期件数", None)
    hidden: bool = may("本期隐去", False)
    hidden_before: bool = may("上期隐去", False)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A measure in the words of the table."""

    code: str
    name: str
    unit: str
    value: str
    before: str
    change: str


def in_words(value: Decimal | None, part: int | None, whole: int | None) -> str:
    """A value; a rate in per cent, from fewer than 30 its counts only; a dash for nothing."""
    if whole:
        if whole < FEWEST_FOR_A_RATE:
            return f"{part or 0}/{whole}"
        return f"{Decimal(100 * (part or 0)) / whole:.1f}%"
    return "—" if value is None else f"{value:,f}"


@dataclass(frozen=True, kw_only=True)
class BarLine:
    """One bar of a chart."""

    label: str = need("分类")
    value: Decimal = need("数值")
    hidden: bool = may("隐去", False)

    @property
    def shown(self) -> str:
        """The number over the bar."""
        return HIDDEN if self.hidden else f"{self.value:,f}"


@dataclass(frozen=True, kw_only=True)
class ChartLine:
    """A chart: what it counts, and its bars. `parts`: they may add up to a measure that the report shows."""

    title: str = need("图表标题")
    unit: str = may("单位", "件")
    bars: tuple[BarLine, ...] = need("图表数据")
    parts: bool = may("各项之和见指标", False)


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """Facts of D33. Counts of people under 5 are hidden when the report leaves the house."""

    office: str = need("填报单位")
    span: str = need("报表类型")
    first: date = need("起始日期")
    last: date = need("截止日期")
    scope: str = need("统计范围")
    measures: tuple[MeasureLine, ...] = need("指标")
    charts: tuple[ChartLine, ...] = may("图表", ())
    notes: tuple[str, ...] = may("说明", ())
    outside: bool = may("对外报送", False)
    reporter: str = need("填报人")
    checker: str = may("审核人")
    made_on: date = need("填报日期")

    @property
    def title(self) -> str:
        """By its span."""
        return f"劳动争议调解统计{SPANS.get(self.span, '报表')}"

    @property
    def rows(self) -> tuple[Row, ...]:
        """The table: values, those of the period before, and the change between them."""
        return tuple(self._row(line) for line in self.measures)

    def _row(self, line: MeasureLine) -> Row:
        now, then, change = line.value, line.before, "—"
        if now is not None and then is not None:
            change = f"{now - then:+,f}"
        return Row(
            code=line.code,
            name=line.name,
            unit=line.unit,
            value=HIDDEN if line.hidden else in_words(line.value, line.part, line.whole),
            before=HIDDEN
            if line.hidden_before
            else in_words(line.before, line.part_before, line.whole_before),
            change=change,
        )

    def for_outside(self) -> "ReportFacts":
        """The report that leaves the house: small counts are gone, from the attached data too."""
        charts = (_chart_outside(chart) for chart in self.charts)
        return replace(
            self,
            outside=True,
            measures=tuple(map(_line_outside, self.measures)),
            charts=tuple(chart for chart in charts if chart.bars),
        )

    def contradictions(self) -> list[str]:
        """The period runs forward; a part is not more than its whole; the span is a known one."""
        found = []
        if self.first and self.last and self.last < self.first:
            found.append("截止日期早于起始日期")
        found += [
            f"{row.name}的分子大于分母"
            for row in self.measures
            if row.whole is not None and (row.part or 0) > row.whole
        ]
        if self.span and self.span not in SPANS:
            found.append(f"报表类型应为{'、'.join(SPANS)}之一")
        return found


def _few(*counts: Decimal | int | None) -> bool:
    return any(count is not None and 0 < count < FEWEST_SHOWN for count in counts)


def _line_outside(line: MeasureLine) -> MeasureLine:
    """A rate is hidden when its part, its whole or what is left of it is a small count, a sum when it is of few cases."""
    now = _few(
        line.value, line.part, line.whole, (line.whole or 0) - (line.part or 0), line.cases
    )
    then = _few(
        line.before, line.part_before, line.whole_before,
        (line.whole_before or 0) - (line.part_before or 0), line.cases_before,
    )  # fmt: skip
    if now:
        line = replace(line, value=None, part=None, whole=None, cases=None, hidden=True)
    if then:
        line = replace(
            line,
            before=None,
            part_before=None,
            whole_before=None,
            cases_before=None,
            hidden_before=True,
        )
    return line


def _chart_outside(chart: ChartLine) -> ChartLine:
    """Small bars are hidden; where their total is known, others with them, so that none can be worked out.

    The hidden ones stand last, by name: their order would tell. Where nothing can be shown no name stands either.
    """
    if not chart.parts:
        return replace(chart, bars=tuple(map(_bar_outside, chart.bars)))
    away = hidden({str(n): int(bar.value) for n, bar in enumerate(chart.bars)})
    if away and len(away) == len(chart.bars):
        return replace(chart, bars=())
    shown = [bar for n, bar in enumerate(chart.bars) if str(n) not in away]
    gone = [bar for n, bar in enumerate(chart.bars) if str(n) in away]
    gone = [replace(bar, value=Decimal(0), hidden=True) for bar in gone]
    return replace(chart, bars=(*shown, *sorted(gone, key=lambda bar: bar.label)))


def _bar_outside(bar: BarLine) -> BarLine:
    return replace(bar, value=Decimal(0), hidden=True) if _few(bar.value) else bar
