"""Rows whose writes wait within an act of the engine (casework.together)."""

from copy import deepcopy
from typing import Any, ClassVar

from django.db import connection, models

from casework.together import FRESH, Act, Place, current


def waiting_row(kind: type[models.Model], pk: int) -> Any:
    """The row object of a kind that waits to be written, None if none does."""
    queues = act.waiting.values() if (act := current()) is not None else ()
    rows = (each for queue in queues for each in queue.items if isinstance(each, kind))
    return next((each for each in rows if each.pk == pk), None)


def is_fresh(row: models.Model) -> bool:
    """Whether a row object is as the database has it: it waits, or was read in this act, unchanged."""
    act = current()
    return act is not None and (act.holds(row) or act.rows.get(_stamp(row)) is row)


def known_row(kind: type[models.Model], pk: int) -> Any:
    """The row object of a kind that is as the database has it, None if there is none in this act."""
    act = current()
    if act is None:
        return None
    seen = (each for key, each in act.rows.items() if key[1][0] == FRESH)
    fresh = (each for each in seen if isinstance(each, kind) and each.pk == pk)
    return waiting_row(kind, pk) or next(fresh, None)


def _stamp(row: models.Model) -> Place:
    return (row._meta.db_table,), (FRESH, id(row))


class Kept(models.Model):
    """A row whose writes wait within an act: several saves are one, several new rows one INSERT.

    `needs` names the tables (quoted) whose rows the policy of this one looks at when it is written.
    """

    needs: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save at once, or with the other rows of the act."""
        act = current()
        if act is None:
            super().save(*args, **kwargs)
            return
        if not act.holds(self):
            self._wait(act)
        names, asked = kwargs.get("update_fields"), self.__dict__.get("_asked", set())
        self.__dict__["_asked"] = None if names is None or asked is None else asked | set(names)

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **more: Any) -> Any:
        """Remember what was read: only what changed is written, and fresh rows are not read twice."""
        row = super().from_db(db, field_names, values, **more)
        if (act := current()) is not None:
            _remember(row)
            act.rows[_stamp(row)] = row
        return row

    def _wait(self, act: Act) -> None:
        table, kind = self._meta.db_table, type(self)
        tables = (f'"{table}"',)
        self.__dict__.pop("_asked", None)
        if self._state.adding:
            self._state.adding, self._state.db = False, connection.alias
            act.made.add(self.pk)
            act.later(f"{table}+", tables, self, lambda rows: _insert(kind, rows), self.needs)
        else:
            act.later(f"{table}~", tables, self, lambda rows: _update(kind, rows), self.needs)


def _remember(row: models.Model) -> None:
    row.__dict__["_was"] = {
        name: deepcopy(value) if isinstance(value, dict | list) else value
        for name, value in row.__dict__.items()
        if not name.startswith("_")
    }


def _insert(kind: type[models.Model], rows: list[Any]) -> None:
    kind._default_manager.bulk_create(rows)
    _written(rows)


def _update(kind: type[models.Model], rows: list[Any]) -> None:
    """Write what changed of each row: one statement for one row or for many."""
    fields = [each for each in kind._meta.concrete_fields if not each.primary_key]
    changed = [each.name for each in fields if any(_differs(row, each) for row in rows)]
    if not changed:
        return
    if len(rows) == 1:
        super(Kept, rows[0]).save(update_fields=changed)
    else:
        kind._default_manager.bulk_update(rows, changed)
    _written(rows)


def _written(rows: list[Any]) -> None:
    for row in rows:
        _remember(row)
        if (act := current()) is not None:
            act.rows[_stamp(row)] = row


def _differs(row: Any, field: Any) -> bool:
    """Whether a field of a row was asked to be written and is not as it was read."""
    asked, was, name = row.__dict__.get("_asked"), row.__dict__.get("_was"), field.attname
    if name not in row.__dict__ or (asked is not None and not asked & {field.name, name}):
        return False
    return was is None or name not in was or bool(was[name] != row.__dict__[name])
