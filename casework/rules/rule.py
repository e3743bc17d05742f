"""One time limit of the law, as a value."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.rules.errors import BadData
from casework.rules.units import UNITS

MARKS = "VSKUP"
EDITABLE = "KUP"
BACKWARDS = ("calendar_day", "working_day")


@dataclass(frozen=True, slots=True)
class Extension:
    """How a limit is lengthened. `length` None means: as long as the parties agree."""

    length: int | None
    by: Mapping[str, str]
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one time limit. `length` None means a duty or figure without a period."""

    code: str
    version: str
    name: Mapping[str, str]
    start: Mapping[str, str]
    start_event: str
    length: int | None
    unit: str
    law: str
    article: str
    article_en: str
    mark: str
    nature: str
    effect: Mapping[str, str]
    in_force: dt.date
    until: dt.date | None = None
    extension: Extension | None = None
    variants: Mapping[str, int] = field(default_factory=dict)
    adjustable: bool = False
    before: bool = False
    rolls: bool = True
    opens: bool = False
    district: str = ""
    alias_of: str = ""
    since_mark: str = ""

    @property
    def since(self) -> dt.date | None:
        """The first day of the text, None where none is recorded (settings, local texts)."""
        return self.in_force if self.since_mark else None

    def in_force_on(self, on: dt.date) -> bool:
        """Whether this version governs a period that starts on that day."""
        return self.in_force <= on and (self.until is None or on < self.until)


def checked(rule: Rule) -> Rule:
    """The rule itself when it is whole. Raises: BadData."""
    if rule.mark not in MARKS or not {"zh", "en"} <= set(rule.name) & set(rule.effect):
        raise BadData(rule.code)
    if rule.length is None:
        return rule
    lengths = (rule.length, *rule.variants.values())
    if rule.before and rule.unit not in BACKWARDS:
        raise BadData(rule.code, rule.unit)
    if rule.unit not in UNITS or any(not isinstance(n, int) or n < 1 for n in lengths):
        raise BadData(rule.code, rule.unit, lengths)
    return rule
