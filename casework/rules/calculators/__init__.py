"""The calculators by name: `calculate(name, inputs)`, and a typed function behind each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from casework.rules.calculators.annual_leave_pay import annual_leave_pay
from casework.rules.calculators.answer import Answer, Basis, definitions, shipped
from casework.rules.calculators.arrears_surcharge import arrears_surcharge
from casework.rules.calculators.competition_ban_pay import competition_ban_pay
from casework.rules.calculators.double_wage_gap import double_wage_gap
from casework.rules.calculators.final_award import final_award
from casework.rules.calculators.injury_lump_sum import injury_lump_sum
from casework.rules.calculators.inputs import read
from casework.rules.calculators.limitation import limitation
from casework.rules.calculators.maternity_leave import maternity_leave
from casework.rules.calculators.minimum_wage_gap import minimum_wage_gap
from casework.rules.calculators.notice_pay import notice_pay
from casework.rules.calculators.overtime import overtime
from casework.rules.calculators.settlement_view import settlement_view
from casework.rules.calculators.severance_n import severance_n
from casework.rules.calculators.small_claims import small_claims
from casework.rules.calculators.wages_since_dismissal import wages_since_dismissal

FUNCTIONS: Mapping[str, Callable[..., Answer]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            severance_n,
            notice_pay,
            double_wage_gap,
            overtime,
            annual_leave_pay,
            minimum_wage_gap,
            arrears_surcharge,
            injury_lump_sum,
            wages_since_dismissal,
            competition_ban_pay,
            maternity_leave,
            limitation,
            final_award,
            small_claims,
            settlement_view,
        )
    }
)


def names() -> tuple[str, ...]:
    """The names of all calculators."""
    return tuple(FUNCTIONS)


def calculate(
    name: str, inputs: Mapping[str, Any], basis: Basis | None = None
) -> dict[str, Any]:
    """The result of a calculator as data: money as text with two decimals, dates ISO, and
    steps, steps_en, article, rule_version, parameters.

    Raises: UnknownCalculator, UnknownInput, MissingInput, BadInput, NotANumber, NegativeSum,
        AbsurdSum, ImpossibleDate, DateOutOfRange, EndBeforeStart, UnknownDistrict,
        UnknownParameter, BadEventChain.
    """
    typed = read(name, inputs)
    return FUNCTIONS[name](basis or shipped(), **typed).as_json(name)


__all__ = ["FUNCTIONS", "Answer", "Basis", "calculate", "definitions", "names"]
