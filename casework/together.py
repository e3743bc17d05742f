"""One act as one unit of work: read once what stays, write together what nobody reads in between.

Only the engine opens one (`opened`), under the case's lock. Inside it

- a row lock that is held is not taken again, and what was read (`read`) is not read again until
  something writes to its tables or the database answers for somebody else;
- rows (`casework.kept`) and calls (`later`) wait, and are written before any statement that names their
  tables, before the context changes, and at the end: no reader can tell the difference;
- a nested `atomic` makes no savepoint. A refusal ends the whole act; who catches one inside an act
  and goes on gets Django's TransactionManagementError, never half a result, unless what may fail
  stands `apart`.

Outside an act everything is read and written at once.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.db import connection, models, transaction

T = TypeVar("T")
Place = tuple[tuple[str, ...], tuple[Hashable, ...]]
FRESH = "fresh"
_PLACE = "wufang_act"
_WRITES = ("INSERT", "UPDATE", "DELETE")
_NUMBERS = (
    "casework_series",
    "documents_numberseries",
)  # no policy of theirs looks at another row


class _Queue:
    """What waits under one name: items, the tables that they change, and how they are written."""

    def __init__(
        self, tables: Sequence[str], write: Callable[[list[Any]], object], needs: Sequence[str]
    ) -> None:
        self.tables, self.write, self.items = tuple(tables), write, list[Any]()
        self.needs = tuple(needs)
        self.is_row = all(table.startswith('"') for table in tables)


class Act:
    """The memory of one act on this connection."""

    def __init__(self) -> None:
        self.rows: dict[Place, Any] = {}
        self.waiting: dict[str, _Queue] = {}
        self.writing = False
        self.made: set[int] = set()
        self.told: set[Hashable] = set()

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Write what a statement could read before it runs; forget what it changes."""
        if self.writing:
            return execute(sql, params, many, context)
        if self.waiting:
            self._flush_for(sql)
        if sql.startswith(_WRITES):
            self.forget(sql)
        elif "set_config('wufang." in sql:
            self.rows.clear()
        return execute(sql, params, many, context)

    def _flush_for(self, sql: str) -> None:
        """Rows go together in their order: the policy of one may look at another, so may a write."""
        if "set_config('wufang." in sql:
            self.flush()
            return
        due = {
            name
            for name, queue in self.waiting.items()
            if any(table in sql for table in queue.tables)
        }
        if self._may_look(sql):
            due |= {name for name, queue in self.waiting.items() if queue.is_row}
        self.write(self._with_needs(due))

    def _with_needs(self, due: set[str]) -> list[str]:
        """The queues to write, in their order, with those whose rows their policies look at."""
        needs = {table for name in due for table in self.waiting[name].needs}
        behind = {
            name for name, queue in self.waiting.items() if needs.intersection(queue.tables)
        }
        return [name for name in self.waiting if name in due | behind]

    @staticmethod
    def _may_look(sql: str) -> bool:
        """Whether a statement writes to a table whose policy may look at other rows."""
        return sql.startswith(_WRITES) and not any(table in sql for table in _NUMBERS)

    def write(self, names: list[str]) -> None:
        """Write what waits under these names; what looks at other rows after those."""
        names = sorted(names, key=lambda name: bool(self.waiting[name].needs))
        outer, self.writing = self.writing, True
        try:
            for queue in [self.waiting.pop(name) for name in names]:
                queue.write(queue.items)
        finally:
            self.writing = outer

    def forget(self, sql: str, item: Any = None) -> None:
        """Drop what was read from the tables that a statement names; of `item` its other objects."""
        for key, row in list(self.rows.items()):
            if not any(table in sql for table in key[0]):
                continue
            if item is None or key[1][0] != FRESH or row.pk == item.pk:
                del self.rows[key]

    def later(
        self,
        name: str,
        tables: Sequence[str],
        item: Any,
        write: Callable[[list[Any]], object],
        needs: Sequence[str] = (),
    ) -> None:
        """Let an item wait, behind everything that waits already for the same tables."""
        names = list(self.waiting)
        after = names[names.index(name) + 1 :] if name in names else ()
        behind = any(set(tables) & set(self.waiting[other].tables) for other in after)
        if behind or self._waits_as_another(item):
            self.flush()
        self.waiting.setdefault(name, _Queue(tables, write, needs)).items.append(item)
        self.forget(" ".join(tables), item if isinstance(item, models.Model) else None)

    def _waits_as_another(self, item: Any) -> bool:
        """Whether the same row waits as another object: what that one changed goes first."""
        if not isinstance(item, models.Model) or item.pk is None:
            return False
        rows = (row for queue in self.waiting.values() for row in queue.items)
        return any(type(row) is type(item) and row.pk == item.pk for row in rows)

    def holds(self, row: models.Model) -> bool:
        """Whether this very row object waits to be written."""
        return any(row is each for queue in self.waiting.values() for each in queue.items)

    def flush(self) -> None:
        """Write everything that waits, in the order in which it came."""
        self.write(list(self.waiting))


def current() -> Act | None:
    """The act that runs on this connection, if one does."""
    found: Act | None = getattr(connection, _PLACE, None)
    return found


@contextmanager
def opened() -> Iterator[None]:
    """Run the block as one act; an act within an act is one of its own."""
    outer, act = current(), Act()
    if outer is not None:
        outer.flush()
        outer.rows.clear()
    savepoints = connection.features.uses_savepoints
    setattr(connection, _PLACE, act)
    connection.features.uses_savepoints = False
    try:
        with connection.execute_wrapper(act.watch):
            yield
            act.flush()
    finally:
        connection.features.uses_savepoints = savepoints
        setattr(connection, _PLACE, outer)


@contextmanager
def apart() -> Iterator[None]:
    """A real savepoint within an act, for what may fail without ending the act."""
    act = current()
    if act is None:
        with transaction.atomic():
            yield
        return
    act.flush()
    connection.features.uses_savepoints = True
    try:
        with transaction.atomic():
            yield
            act.flush()
    except BaseException:
        act.waiting.clear()
        act.rows.clear()
        raise
    finally:
        connection.features.uses_savepoints = False


def read(tables: Sequence[str], key: tuple[Hashable, ...], look: Callable[[], T]) -> T:
    """What `look` finds, remembered for the rest of the act while nothing writes to its tables.

    Take what comes as read-only: others get the same objects.
    """
    act = current()
    if act is None:
        return look()
    place: Place = (tuple(tables), key)
    if place not in act.rows:
        act.rows[place] = look()
    return cast("T", act.rows[place])


def known(tables: Sequence[str], key: tuple[Hashable, ...]) -> Any:
    """What `read` would answer without looking; None if it would have to look."""
    act = current()
    return act.rows.get((tuple(tables), key)) if act is not None else None


def remember(tables: Sequence[str], key: tuple[Hashable, ...], found: object) -> None:
    """Let `read` answer this from now on, within the act."""
    if (act := current()) is not None:
        act.rows[(tuple(tables), key)] = found


def write_waiting(name: str) -> None:
    """Write now what waits under a name."""
    if (act := current()) is not None and name in act.waiting:
        act.write([name])


def made_here(pk: int) -> bool:
    """Whether a row with this id was made in this act."""
    act = current()
    return act is not None and pk in act.made


def first_about(what: str, pk: int | None) -> bool:
    """Whether a row was made in this act, and this is the first time that this is asked about it."""
    act = current()
    if act is None or pk not in act.made or (what, pk) in act.told:
        return False
    act.told.add((what, pk))
    return True


def later(
    name: str,
    tables: Sequence[str],
    item: Any,
    write: Callable[[list[Any]], object],
    needs: Sequence[str] = (),
) -> None:
    """Write an item with others of its name at the end of the act; at once outside an act."""
    act = current()
    if act is None:
        write([item])
    else:
        act.later(name, tables, item, write, needs)
