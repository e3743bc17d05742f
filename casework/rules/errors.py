"""Typed errors of the rules: the docstring is the message, `zh` is the same in Chinese."""

from typing import ClassVar

SHOWN_AT_MOST = 80


def _shown(value: object) -> str:
    """What the error is about, on one line and not longer than a line."""
    try:
        words = " ".join(str(value).split())
    except ValueError:  # a whole number of thousands of digits
        words = type(value).__name__
    return words if len(words) <= SHOWN_AT_MOST else f"{words[:SHOWN_AT_MOST]}..."


class RuleError(ValueError):
    """The rule cannot be applied."""

    zh: ClassVar[str] = "无法适用该规则。"

    def __str__(self) -> str:
        sentence = (type(self).__doc__ or "").strip()
        detail = ", ".join(_shown(arg) for arg in self.args)
        return f"{sentence.rstrip('.')}: {detail}." if detail else sentence

    @property
    def message_zh(self) -> str:
        """The message in Chinese, with what it is about."""
        detail = "，".join(_shown(arg) for arg in self.args)
        return f"{self.zh.rstrip('。')}：{detail}。" if detail else self.zh


class ImpossibleDate(RuleError):
    """This is not a date of the calendar."""

    zh = "日期不存在或格式不对。"


class DateOutOfRange(RuleError):
    """The date lies outside 1949-10-01 to 2100-12-31."""

    zh = "日期超出 1949-10-01 至 2100-12-31 的范围。"


class EndBeforeStart(RuleError):
    """The end lies before the start."""

    zh = "结束日期早于开始日期。"


class BadLength(RuleError):
    """The length of the period is not a whole number between 1 and a hundred years."""

    zh = "期间长度须为一至一百年之间的整数。"


class UnknownUnit(RuleError):
    """The unit is none of calendar_day, working_day, month, year, hour, minute."""

    zh = "期间单位不认识。"


class StartNeedsTime(RuleError):
    """A period in hours or minutes needs the time of day at which it starts."""

    zh = "按小时或分钟计算的期间须写明起算时刻。"


class UnknownRule(RuleError):
    """No time limit has this code."""

    zh = "没有这个编号的期限。"


class NotInForce(RuleError):
    """No version of this rule is recorded for that day."""

    zh = "该日没有录入的规则版本。"


class NoPeriod(RuleError):
    """This rule names a duty or a figure, not a period of time."""

    zh = "该规则只规定义务或数额，不是期间。"


class LengthNotAllowed(RuleError):
    """The rule fixes another length or unit."""

    zh = "与规则规定的期间长度或单位不符。"


class NoExtension(RuleError):
    """This time limit cannot be extended."""

    zh = "该期限不能延长。"


class ExtensionNeedsLength(RuleError):
    """The parties fix this extension: state the whole length, longer than the basic one."""

    zh = "该延长由当事人约定，须写明延长后的总长度（长于原期限）。"


class PeriodRequired(RuleError):
    """A generic period needs a length and a unit."""

    zh = "通用期间须写明长度和单位。"


class NotEditable(RuleError):
    """A rule checked against the text of the law changes only with a release."""

    zh = "已核对法律原文的规则只能随版本发布修改。"


class BadData(RuleError):
    """The rule data is incomplete or contradicts itself."""

    zh = "规则数据不完整或自相矛盾。"


class NotANumber(RuleError):
    """A finite number is needed."""

    zh = "须填写有限的数字。"


class NegativeSum(RuleError):
    """The value must not be negative."""

    zh = "数值不能为负。"


class AbsurdSum(RuleError):
    """The value is too large to be meant."""

    zh = "数值大得不合常理。"


class UnknownCalculator(RuleError):
    """No calculator has this name."""

    zh = "没有这个计算器。"


class UnknownInput(RuleError):
    """The calculator does not know this input."""

    zh = "计算器没有这个输入项。"


class MissingInput(RuleError):
    """The calculator needs this input."""

    zh = "计算器缺少输入项。"


class BadInput(RuleError):
    """The value does not fit this input."""

    zh = "输入值不符合要求。"


class UnknownDistrict(RuleError):
    """No wage figure is recorded for this district."""

    zh = "没有该区县的标准。"


class UnknownParameter(RuleError):
    """No value of this parameter is recorded for that day."""

    zh = "该日没有录入这项参数。"


class BadEventChain(RuleError):
    """The events do not form a chain: each suspension has one start, then one end."""

    zh = "事件顺序不成立：中止须先开始后结束。"


class NoMatchingRow(RuleError):
    """The decision table has no row for these facts."""

    zh = "决策表中没有与这些事实对应的行。"


class UnknownFact(RuleError):
    """The decision table does not know this value."""

    zh = "决策表不认识这个取值。"


class MissingFact(RuleError):
    """The decision table needs this fact."""

    zh = "决策表缺少这个事实。"


class TableHasGaps(RuleError):
    """No row of the decision table covers these facts."""

    zh = "决策表有空缺，没有行覆盖这些情形。"


class TableContradictsItself(RuleError):
    """Two rows of the decision table cover the same facts with different outcomes."""

    zh = "决策表自相矛盾，两行覆盖同样的情形而结果不同。"


class RowWithoutEffect(RuleError):
    """This row of the decision table never decides: rows before it cover all of it."""

    zh = "决策表中这一行永远用不到，前面的行已全部覆盖。"
