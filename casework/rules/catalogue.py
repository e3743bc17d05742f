"""The time limits as one immutable value: the seed of values/terms, with approved edits laid over."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from casework.rules.data import FIRST, as_date, read, read_folder
from casework.rules.errors import BadData, NotEditable, NotInForce, UnknownRule
from casework.rules.periods import UNITS

EXTENDED = "x"
NATURES = MappingProxyType(
    {
        "law": "statutory",
        "administrative_regulation": "statutory",
        "local_regulation": "statutory",
        "judicial_interpretation": "statutory",
        "joint_regulation": "regulation",
        "ministry_rule": "regulation",
        "guidance": "regulation",
        "policy": "agreed",
    }
)
MARKS = "VSKUP"
EDITABLE = "KUP"
FIELDS = frozenset(
    [
        "name",
        "start",
        "length",
        "unit",
        "law",
        "article",
        "mark",
        "effect",
        "extension",
        "variants",
        "adjustable",
        "direction",
        "roll",
        "opens",
        "alias",
        "extended",
        "in_force",
        "until",
        "district",
        "version",
    ]
)


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

    def in_force_on(self, on: dt.date) -> bool:
        """Whether this version governs a period that starts on that day."""
        return self.in_force <= on and (self.until is None or on < self.until)


@dataclass(frozen=True)
class Catalogue:
    """All versions of all rules, by code, oldest first."""

    rules: Mapping[str, tuple[Rule, ...]]

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._base(code)[0] in self.rules

    def codes(self) -> tuple[str, ...]:
        """Every code, in the order of the files."""
        return tuple(self.rules)

    def rule(self, code: str, on: dt.date | None = None) -> tuple[Rule, bool]:
        """The version in force on a day (the newest without one), and whether the code asks for
        the full extension (I-03x, A-02c).

        Raises: UnknownRule, NotInForce.
        """
        base, extended = self._base(code)
        versions = self.rules.get(base)
        if not versions:
            raise UnknownRule(code)
        if versions[-1].alias_of:
            return self.rule(versions[-1].alias_of, on)[0], True
        for rule in reversed(versions):
            if on is None or rule.in_force_on(on):
                return rule, extended
        raise NotInForce(code, on)

    def merged(self, rows: Iterable[Mapping[str, Any]]) -> "Catalogue":
        """This catalogue with approved edits laid over: each row names `code`, `in_force` and what
        changes; the version before it ends that day. Rules marked V refuse.

        Raises: UnknownRule, NotEditable, BadData.
        """
        rules = dict(self.rules)
        for row in rows:
            code = row["code"]
            if code not in rules:
                raise UnknownRule(code)
            rules[code] = _with_version(rules[code], row)
        return Catalogue(MappingProxyType(rules))

    def _base(self, code: str) -> tuple[str, bool]:
        if code not in self.rules and code.endswith(EXTENDED):
            return code[: -len(EXTENDED)], True
        return code, False


def _with_version(versions: tuple[Rule, ...], row: Mapping[str, Any]) -> tuple[Rule, ...]:
    last = versions[-1]
    if last.mark not in EDITABLE:
        raise NotEditable(last.code)
    since = as_date(row["in_force"])
    if since <= last.in_force:
        raise BadData(last.code, since, "must lie after the version before it")
    known = {field: getattr(last, field) for field in Rule.__slots__}
    changes = {key: value for key, value in row.items() if key not in ("code", "in_force")}
    if not changes or set(changes) - {"length", "variants", "effect", "mark", "district"}:
        raise BadData(last.code, sorted(changes))
    new = Rule(**{**known, **changes, "version": since.isoformat(), "in_force": since})
    _checked(new)
    closed = Rule(**{**known, "until": since})
    return (*versions[:-1], closed, new)


def build(
    terms: Mapping[str, Any], laws: Mapping[str, Any], starts: Mapping[str, Any]
) -> Catalogue:
    """A catalogue from the content of values/terms, laws.yaml and starts.yaml. Raises: BadData."""
    rules = {code: (_rule(code, entry, laws, starts),) for code, entry in terms.items()}
    for code, (rule,) in rules.items():
        if rule.alias_of and rule.alias_of not in rules:
            raise BadData(code, rule.alias_of)
    return Catalogue(MappingProxyType(rules))


def _rule(
    code: str, entry: Mapping[str, Any], laws: Mapping[str, Any], starts: Mapping[str, Any]
) -> Rule:
    unknown = set(entry) - FIELDS
    if unknown:
        raise BadData(code, sorted(unknown))
    if "alias" in entry:
        return _alias(code, entry["alias"])
    law = laws.get(entry["law"])
    if law is None or entry["start"] not in starts:
        raise BadData(code, entry["law"], entry["start"])
    in_force = as_date(entry.get("in_force", law["in_force"]))
    rule = Rule(
        code=code,
        version=entry.get("version", in_force.isoformat()),
        name=entry["name"],
        start=starts[entry["start"]],
        start_event=entry["start"],
        length=entry.get("length"),
        unit=entry.get("unit", ""),
        law=entry["law"],
        article=_cited(law["zh"], entry, "第{}条"),
        article_en=_cited(law["en"], entry, "art. {}"),
        mark=entry["mark"],
        nature=NATURES[law["kind"]],
        effect=entry["effect"],
        in_force=in_force,
        until=as_date(entry["until"]) if "until" in entry else None,
        extension=_extension(entry.get("extension")),
        variants=MappingProxyType(entry.get("variants", {})),
        adjustable=entry.get("adjustable", False),
        before=entry.get("direction") == "before",
        rolls=entry.get("roll") != "none",
        opens=entry.get("opens", False),
        district=entry.get("district", ""),
    )
    _checked(rule)
    return rule


def _alias(code: str, of: str) -> Rule:
    nothing: Mapping[str, str] = MappingProxyType({})
    return Rule(
        code,
        "",
        nothing,
        nothing,
        "",
        None,
        "",
        "",
        "",
        "",
        "V",
        "statutory",
        nothing,
        FIRST,
        alias_of=of,
    )


def _cited(law: str, entry: Mapping[str, Any], form: str) -> str:
    article = str(entry.get("article", "")) if entry["law"] != "POLICY" else ""
    if not article:
        return law
    return f"{law} {form.format(article)}" if article.isdigit() else f"{law} {article}"


def _extension(entry: Mapping[str, Any] | None) -> Extension | None:
    if entry is None:
        return None
    return Extension(entry.get("length"), entry["by"], entry["evidence"])


def _checked(rule: Rule) -> None:
    if rule.mark not in MARKS or not {"zh", "en"} <= set(rule.name) & set(rule.effect):
        raise BadData(rule.code)
    if rule.length is None:
        return
    lengths = (rule.length, *rule.variants.values())
    if rule.unit not in UNITS or any(not isinstance(n, int) or n < 1 for n in lengths):
        raise BadData(rule.code, rule.unit, lengths)


@cache
def seed() -> Catalogue:
    """The catalogue shipped with this release."""
    terms: dict[str, Any] = {}
    for entries in read_folder("terms").values():
        terms.update(entries)
    return build(terms, read("laws.yaml"), read("starts.yaml"))
