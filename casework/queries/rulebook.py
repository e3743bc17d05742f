"""The book of rules in effect: the release with the approved edits laid over, as pure values."""

from datetime import date
from functools import lru_cache
from typing import Any

from casework.models import Case, EditKind, EditState, RuleEdit
from casework.queries import calendar, law
from casework.rules import catalogue as rules
from casework.rules import parameters as figures
from casework.rules.calculators.answer import Basis
from casework.rules.catalogue import Catalogue, Rule
from casework.rules.data import as_date
from casework.rules.parameters import Parameters, Value

Row = tuple[str, str, Any]  # code, first day, what changes (frozen as sorted pairs)


def catalogue(until: date | None = None) -> Catalogue:
    """The time limits with every approved edit that takes effect by `until` (all without one)."""
    return _catalogue(_approved(EditKind.RULE, until))


def catalogue_of(case: Case) -> Catalogue:
    """The time limits as they were when the case was opened: it keeps them to its end."""
    if not case.catalogue_version:
        return rules.seed()
    return catalogue(date.fromisoformat(case.catalogue_version))


def rule_of(case: Case, code: str, on: date) -> Rule:
    """One time limit as it holds for a case. Raises: UnknownRule, NotInForce."""
    return catalogue_of(case).rule(code, on)[0]


def version_on(day: date) -> str:
    """The version of the book on a day: the day of the newest edit in effect, empty for the release."""
    newest = (
        RuleEdit.objects.filter(
            kind=EditKind.RULE, state=EditState.APPROVED, effective_from__lte=day
        )
        .order_by("-effective_from")
        .values_list("effective_from", flat=True)
        .first()
    )
    return newest.isoformat() if newest else ""


def parameters() -> Parameters:
    """The figures of the release with the approved values laid over, each from its own day."""
    rows = _approved(EditKind.PARAMETER, None)
    return figures.seed().merged(
        as_value(code, since, dict(pairs)) for code, since, pairs in rows
    )


def basis() -> Basis:
    """What a calculator works with today: the loaded calendar and the figures."""
    return Basis(calendar.current(), parameters())


def as_value(code: str, since: str, changes: dict[str, Any]) -> Value:
    """A parameter's value from what an edit says."""
    return Value(code, as_date(since), changes["value"], changes["mark"], changes["source"])


def _approved(kind: EditKind, until: date | None) -> tuple[Row, ...]:
    return tuple(
        (row.code, row.effective_from.isoformat(), _frozen(row.changes))
        for row in approved(kind)
        if until is None or row.effective_from <= until
    )


def approved(kind: EditKind) -> list[RuleEdit]:
    """The approved edits of a kind, the first to take effect first."""
    return [row for row in law.edits() if row.kind == kind]


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted((key, _frozen(each)) for key, each in value.items()))
    return value


@lru_cache(maxsize=32)
def _catalogue(rows: tuple[Row, ...]) -> Catalogue:
    return rules.seed().merged(
        as_row(code, since, thawed(pairs)) for code, since, pairs in rows
    )


def thawed(pairs: Any) -> dict[str, Any]:
    """The changes of a frozen row as a mapping again."""
    return {key: dict(value) if isinstance(value, tuple) else value for key, value in pairs}


def as_row(code: str, since: str, changes: dict[str, Any]) -> dict[str, Any]:
    """A rule's edit in the form that `Catalogue.merged` reads."""
    return {"code": code, "in_force": since, **changes}
