"""The rules desk as its pages show it: what holds, what is proposed, what would move."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import system
from casework.commands.deadline_rows import day_of, is_extended, pauses_of
from casework.commands.rulebook import LAW
from casework.models import Deadline, DeadlineState, EditKind, EditState, RuleEdit, User
from casework.queries import calendar, rulebook, rulebook_tables
from casework.rules import taxonomy
from casework.rules.catalogue import EDITABLE, Catalogue, Rule
from casework.rules.data import read
from casework.rules.deadlines import due
from casework.rules.errors import RuleError
from mediation.desks.clock_rows import chinese
from mediation.desks.words import mark_words, unit_words
from mediation.forms.rules import value_words, variant_words

MOST_SHOWN = 50
LIGHTS = {
    "PROPOSED": "soon",
    "APPROVED": "done",
    "REJECTED": "not-begun",
    "WITHDRAWN": "not-begun",
}


def marks() -> list[dict[str, Any]]:
    """Who changes what, mark by mark: by two people on this desk, or by a release."""
    return [
        {
            "mark": mark,
            "words": mark_words(mark),
            "limits": mark in EDITABLE,
            "figures": mark != LAW,
        }
        for mark in "VSKUP"
    ]


def rules(words: str = "", *, only_editable: bool = False) -> list[dict[str, Any]]:
    """Every time limit as it holds today, found by code or name."""
    book, today, needle = rulebook.catalogue(), clock.today(), words.strip().lower()
    rows = []
    for code in book.codes():
        try:
            rule = book.rule(code, today)[0]
        except RuleError:
            rule = book.rule(code)[0]
        name = rule.name["zh" if chinese() else "en"]
        hit = needle in f"{code} {name} {rule.article}".lower()
        if rule.length is None or not hit or (only_editable and rule.mark not in EDITABLE):
            continue
        rows.append(_rule_row(code, name, rule))
    return rows


def _rule_row(code: str, name: str, rule: Rule) -> dict[str, Any]:
    editable = rule.mark in EDITABLE
    basis = rule.article if chinese() else rule.article_en
    return {
        "code": code,
        "name": name,
        "length": length_words(rule),
        "basis": mark_words("P") if rule.mark == "P" else basis,
        "mark": rule.mark,
        "mark_words": mark_words(rule.mark),
        "since": rule.since,
        "url": reverse("rules-rule", args=[code]) if editable else "",
    }


def length_words(rule: Rule) -> str:
    """The length and its variants: 5 working days (collective 3, emergency 1)."""
    words = unit_words(rule.unit, rule.length or 0)
    others = {name: n for name, n in rule.variants.items() if n != rule.length}
    if not others:
        return words
    listed = _(", ").join(f"{variant_words(name)} {n}" for name, n in others.items())
    return _("%(length)s (%(variants)s)") % {"length": words, "variants": listed}


def causes() -> list[dict[str, Any]]:
    """The first-level causes, each with its second level; a group of its own replaces the parent's."""
    table = taxonomy.causes()
    return [
        {"cause": top, "rows": [row for row in table.values() if row.parent == top.code and row != top]}
        for top in table.values() if top.code == top.parent
    ]  # fmt: skip


def figures() -> list[dict[str, Any]]:
    """Every parameter with its value of today."""
    known, names, today = rulebook.parameters(), read("parameters.yaml"), clock.today()
    rows = []
    for name, values in known.values.items():
        value = known.known(name, today) or values[-1]
        rows.append({
            "code": name, "name": names[name]["name"]["zh" if chinese() else "en"],
            "value": value_words(value.value), "since": value.since, "source": value.source, "mark": value.mark,
            "mark_words": mark_words(value.mark),
            "url": reverse("rules-figure", args=[name]) if value.mark != "V" else "",
        })  # fmt: skip
    return rows


def edits(rows: Iterable[RuleEdit]) -> list[dict[str, Any]]:
    """Edits as a list shows them, with what changes from what to what."""
    return [edit_row(row) for row in rows]


def edit_row(row: RuleEdit) -> dict[str, Any]:
    """One edit: state, difference, who and when."""
    waits = row.state == EditState.APPROVED and row.effective_from > clock.today()
    words = _("approved, waits for its day") if waits else row.get_state_display()
    return {
        "row": row,
        "name": name_of(row),
        "light": {"state": "soon" if waits else LIGHTS[row.state], "words": words},
        "diff": [] if row.kind == EditKind.TABLE else difference(row.was, row.changes),
        "url": reverse("rules-edit", args=[row.pk]),
    }


def figure_name(name: str) -> str:
    """What a parameter is called."""
    return str(read("parameters.yaml")[name]["name"]["zh" if chinese() else "en"])


def name_of(row: RuleEdit) -> str:
    """What the changed rule or figure is called."""
    if row.kind == EditKind.RULE:
        return str(rulebook.catalogue().rule(row.code)[0].name["zh" if chinese() else "en"])
    if row.kind == EditKind.TABLE:
        return str(rulebook_tables.tables().on(row.code).name["zh" if chinese() else "en"])
    return figure_name(row.code)


def difference(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, str]]:
    """Field by field, what it was and what it becomes."""
    found = []
    for key, fresh in now.items():
        if isinstance(fresh, Mapping):
            old = was.get(key, {})
            found += [
                {"field": variant_words(name), "was": str(old.get(name, "")), "now": str(n)}
                for name, n in fresh.items()
                if old.get(name) != n
            ]
        elif was.get(key) != fresh:
            found.append(
                {
                    "field": _FIELDS(key),
                    "was": _shown(key, was.get(key, "")),
                    "now": _shown(key, fresh),
                }
            )
    return found


def _shown(key: str, value: Any) -> str:
    return mark_words(value) if key == "mark" and value else value_words(str(value))


def _FIELDS(key: str) -> str:  # noqa: N802
    return {
        "length": _("Length"), "value": _("Value"), "mark": _("How sure it is"), "source": _("Source"),
    }.get(key, key)  # fmt: skip


def preview(row: RuleEdit) -> dict[str, Any]:
    """The running deadlines under a rule: they stay; what they would be if it held for them.

    The rules administrator sees numbers and days, never a file.
    """
    if row.kind != EditKind.RULE:
        return {}
    with transaction.atomic(), system("preview of a rule edit"):
        running = Deadline.objects.filter(
            rule=row.code, state__in=[DeadlineState.OPEN, DeadlineState.PAUSED]
        ).select_related("case")
        count = running.count()
        rows = [_would(each, row) for each in running[:MOST_SHOWN]]
    return {"count": count, "rows": rows, "more": max(0, count - MOST_SHOWN)}


def _would(each: Deadline, row: RuleEdit) -> dict[str, Any]:
    rule = rulebook.rule_of(each.case, row.code, each.start)
    length = row.changes.get("length", rule.length)
    variants = row.changes.get("variants", dict(rule.variants))
    names = {n: name for name, n in rule.variants.items()}
    whole = variants[names[each.length]] if each.length in names else length
    other = replace(rule, length=length, variants=MappingProxyType(variants), until=None)
    book = Catalogue(MappingProxyType({row.code: (other,)}))
    after: date | None = None
    try:
        after = day_of(due(
            row.code, each.start, calendar=calendar.current(), catalogue=book,
            length=None if is_extended(each) else whole, extended=is_extended(each),
            pauses=pauses_of(each),
        ).due)  # fmt: skip
    except RuleError:
        after = None  # extended by consent, or by the hour: nothing to compare
    return {"number": str(each.case), "start": each.start, "due": each.due, "after": after}


def history(code: str) -> list[dict[str, Any]]:
    """All edits of one rule or figure, newest first."""
    rows = RuleEdit.objects.filter(code=code).select_related("proposed_by", "decided_by")
    return edits(rows)


def may_decide(row: RuleEdit, user: User) -> bool:
    """Whether this person can be the second one."""
    return (
        user.has_perm("casework.approve_rule")
        and row.state == EditState.PROPOSED
        and row.proposed_by_id != user.pk
    )


def may_withdraw(row: RuleEdit, user: User) -> bool:
    """Whether the edit can still be taken back by this person."""
    waits = row.state == EditState.APPROVED and row.effective_from > clock.today()
    return user.has_perm("casework.propose_rule") and (waits or row.state == EditState.PROPOSED)
