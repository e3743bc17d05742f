"""The small tables of one case, read in one statement: for pages that show a whole file.

A file hangs on a dozen tables of a few rows each. Asked one by one they are a dozen journeys to the
database; here they come in one, as JSON, and are the same rows that the models would have read. They
are laid where Django keeps what it prefetched, so `case.claims.all()` asks nothing more. For pages
that only show: an act reads under its lock.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from casework.models import Agency, Case, Instalment, Office, Party
from casework.queries import page_memory

OF_A_CASE = (
    "claims", "deadlines", "extensions", "referrals", "agreements", "sessions", "letters", "evidence",
    "hardships", "consultations", "paper_replies", "services", "proceedings",
    "call_backs", "orders",
)  # fmt: skip


def load(case: Case, **more: QuerySet[Any]) -> Case:
    """Read what hangs on a case, in two statements (people are sealed and come by themselves).

    `more`: rows that this page needs besides; the page's memory answers with them by their name.
    """
    if "claims" in _kept(case):
        return case
    wanted = {name: getattr(case, name).all() for name in OF_A_CASE}
    found = rows_of({
        **wanted,
        "instalments": Instalment.objects.filter(agreement__case=case),
        "offices": Office.objects.filter(referrals__case=case).distinct(),
        "agencies": Agency.objects.filter(referrals__case=case).distinct(),
        **more,
    })  # fmt: skip
    for name in more:
        page_memory.remember(name, found[name])
    for name in OF_A_CASE:
        for row in found[name]:
            row.case = case
        keep(case, name, found[name])
    _join(found, everyone(case))
    return case


def holds(case: Case, name: str) -> bool:
    """Whether these rows of the case were read before."""
    return name in _kept(case)


def rows(case: Case, name: str, *ends: str) -> list[Any]:
    """The rows under a name of a case, with what they point to; nothing is asked if they were read."""
    found = getattr(case, name).all()
    return list(found if holds(case, name) else found.select_related(*ends))


def everyone(case: Case) -> list[Party]:
    """All who are or were in the case, with person, employer and contact."""
    if "parties" not in _kept(case):
        rows = case.parties.select_related("person", "employer", "contact")
        keep(case, "parties", list(rows))
    return list(case.parties.all())


def keep(row: models.Model, name: str, rows: list[Any]) -> None:
    """Lay rows where a prefetch would have laid them."""
    found = getattr(row, name).get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    _kept(row)[name] = found


def rows_of(wanted: dict[str, Any]) -> dict[str, list[Any]]:
    """The rows of several plain querysets (no join, no annotation) in one statement."""
    parts, values = [], []
    for name, rows in wanted.items():
        sql, params = rows.query.sql_with_params()
        parts.append(f"SELECT %s, jsonb_agg(to_jsonb(part))::text FROM ({sql}) part")  # noqa: S608
        values += [name, *params]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        told = dict(cursor.fetchall())
    return {
        name: [
            _row(rows.model, each)
            for each in json.loads(told[name] or "[]", parse_float=Decimal)
        ]
        for name, rows in wanted.items()
    }


def _row(model: type[models.Model], told: dict[str, Any]) -> Any:
    fields = model._meta.concrete_fields
    values = [_value(field, told[str(field.column)]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], values)


def _value(field: Any, told: Any) -> Any:
    if told is None:
        return None
    if isinstance(field, models.JSONField):
        return json.loads(json.dumps(told, default=float))
    if isinstance(field, models.BinaryField):
        told = bytes.fromhex(told.removeprefix("\\x"))
    if (read := getattr(field, "from_db_value", None)) is not None:
        return read(told, None, connection)
    if isinstance(field, models.BinaryField):
        return told
    return field.target_field.to_python(told) if field.is_relation else field.to_python(told)


def _join(found: dict[str, list[Any]], parties: Iterable[Party]) -> None:
    """Lay who belongs to whom, as `select_related` would."""
    _link(found["agreements"], found["instalments"], "agreement")
    for row in found["agreements"]:
        own = [each for each in found["instalments"] if each.agreement_id == row.pk]
        keep(row, "instalments", own)
    for name in ("claims", "evidence", "hardships"):
        _link(parties, found[name], "party")
    _link(found["offices"], found["referrals"], "office")
    _link(found["agencies"], found["referrals"], "agency")
    _link(found["referrals"], found["referrals"], "came_from")
    _link(found["referrals"], found["deadlines"], "referral")
    _link(found["deadlines"], found["extensions"], "deadline")
    _link(found["deadlines"], found["deadlines"], "supersedes")


def _link(ends: Iterable[Any], rows: Iterable[Any], name: str) -> None:
    by_key = {row.pk: row for row in ends}
    for row in rows:
        if (end := by_key.get(getattr(row, f"{name}_id"))) is not None:
            setattr(row, name, end)


def _kept(row: models.Model) -> dict[str, Any]:
    kept: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    return kept
