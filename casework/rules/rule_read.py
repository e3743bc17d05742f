"""Reading time limits from the YAML of values/terms."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from casework.rules.data import FIRST, as_date
from casework.rules.errors import BadData
from casework.rules.rule import Extension, Rule, checked

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
RELEASE = "release"  # the version of what has no recorded first day
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
    ]
)


def read_rule(
    code: str, entry: Mapping[str, Any], laws: Mapping[str, Any], starts: Mapping[str, Any]
) -> Rule:
    """A rule from its entry, its law and its start. Raises: BadData."""
    unknown = set(entry) - FIELDS
    if unknown:
        raise BadData(code, sorted(unknown))
    if "alias" in entry:
        return _alias(code, entry["alias"])
    law = laws.get(entry["law"])
    if law is None or entry["start"] not in starts:
        raise BadData(code, entry["law"], entry["start"])
    dated = entry.get("in_force", law.get("in_force"))
    in_force = FIRST if dated is None else as_date(dated)
    return checked(
        Rule(
            code=code,
            version=RELEASE if dated is None else in_force.isoformat(),
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
            since_mark="" if dated is None else law.get("since", ""),
        )
    )


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
