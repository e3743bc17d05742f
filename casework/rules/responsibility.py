"""The four responsibility lists (四级责任清单): which union must do which step; policy, values/responsibility.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from casework.rules.data import read

NEW_FORM = "industry"  # whose list is looked at first in a case of new employment forms


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """One line of a list: its number there, what must be done, the limits it answers for."""

    list_code: str
    number: int
    what: Mapping[str, str]
    rules: tuple[str, ...]

    def covers(self, rule: str) -> bool:
        """Whether this duty answers for a time limit."""
        return rule.startswith(self.rules)


@dataclass(frozen=True, slots=True)
class DutyList:
    """The list of one kind of union; what it does not name is the list's `above`."""

    code: str
    name: Mapping[str, str]
    above: str
    duties: tuple[Duty, ...]


@cache
def lists() -> Mapping[str, DutyList]:
    """The four lists by code, the lowest first."""
    made = {}
    for row in read("responsibility.yaml")["lists"]:
        code = row["code"]
        duties = tuple(
            Duty(code, number, MappingProxyType(each["what"]), tuple(each["rules"]))
            for number, each in enumerate(row["duties"], 1)
        )
        made[code] = DutyList(code, MappingProxyType(row["name"]), row["next"], duties)
    return MappingProxyType(made)


def answerable(rule: str, level: str, *, new_form: bool = False) -> Duty | None:
    """Whose duty a time limit is in a case of a level: the level's own list, else the one above it.

    In a case of new employment forms the industry's list is looked at first. A level without a list
    (a street) is the district's. None: nobody's of the union, as with an agency's own limits.
    """
    start = NEW_FORM if new_form else level
    code = start if start in lists() else "district"
    while code:
        for duty in lists()[code].duties:
            if duty.covers(rule):
                return duty
        code = lists()[code].above
    return None
