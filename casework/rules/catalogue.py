"""The time limits as one immutable value: the seed of values/terms, with approved edits laid over."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from casework.rules.data import as_date, read, read_folder
from casework.rules.errors import BadData, NotEditable, NotInForce, UnknownRule
from casework.rules.rule import EDITABLE, Extension, Rule, checked
from casework.rules.rule_read import read_rule

EXTENDED = "x"


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
    if changes.get("mark", last.mark) not in EDITABLE:
        raise NotEditable(last.code)
    if "variants" in changes:
        changes["variants"] = MappingProxyType(dict(changes["variants"]))
    fresh = {
        "version": since.isoformat(),
        "in_force": since,
        "since_mark": last.since_mark or last.mark,
    }
    new = checked(Rule(**{**known, **changes, **fresh}))
    closed = Rule(**{**known, "until": since})
    return (*versions[:-1], closed, new)


def build(
    terms: Mapping[str, Any], laws: Mapping[str, Any], starts: Mapping[str, Any]
) -> Catalogue:
    """A catalogue from the content of values/terms, laws.yaml and starts.yaml. Raises: BadData."""
    rules = {code: (read_rule(code, entry, laws, starts),) for code, entry in terms.items()}
    for code, (rule,) in rules.items():
        if rule.alias_of and rule.alias_of not in rules:
            raise BadData(code, rule.alias_of)
    return Catalogue(MappingProxyType(rules))


@cache
def seed() -> Catalogue:
    """The catalogue shipped with this release."""
    terms: dict[str, Any] = {}
    for entries in read_folder("terms").values():
        terms.update(entries)
    return build(terms, read("laws.yaml"), read("starts.yaml"))


__all__ = ["EDITABLE", "Catalogue", "Extension", "Rule", "build", "seed"]
