"""For whom the database answers: row-level security's context, per transaction.

The settings are local to the transaction (`set_config(name, value, true)`), so a pooled connection
never carries one person's rows to the next. Nothing set means no rows. With them the transaction
takes the database role of the kind of context (casework.access.context_roles).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection, connections

from casework import clock
from casework.access.context_roles import KINDS, role_of
from casework.access.roles import scopes_of

if TYPE_CHECKING:
    from casework.models import User

NAMES = (
    "kind", "cases", "user", "party", "office", "districts", "low", "high", "scopes", "today",
    "reason", "agency",
)  # fmt: skip
CITY = 10_000  # a city's district codes share all but the last four digits
EVERYWHERE = ("0", "999999")


class NoTransaction(Exception):
    """A context lives inside a transaction: open one first."""


@contextmanager
def as_person(
    user: "User", *, for_now: bool = False, last: bool = False, lock_ms: int = 0
) -> Iterator[None]:
    """See what this person may see; write nothing. Raises: NoTransaction.

    `for_now`: the caller enters another context next, before any other statement, or rolls back.
    `last`: as with `acting`. `lock_ms`: how long the transaction waits for a lock, if it is told here.
    """
    today = clock.today().isoformat()
    values = {"kind": "person", "today": today, **_of_person(user)}
    with _context(values, for_now=for_now, last=last, lock_ms=lock_ms):
        yield


@contextmanager
def acting(
    case_id: int, by: "User | None", *, also: int | None = None, last: bool = False
) -> Iterator[None]:
    """Work on one case (`also`: a second one, for a merge or split). Raises: NoTransaction.

    `last`: the caller's own `atomic` ends with this context. If that is the whole transaction, its
    settings end with it too and are not set back first.
    """
    cases = str(case_id) if also is None else f"{case_id},{also}"
    user = str(by.pk) if by is not None else ""
    with _context({"kind": "engine", "cases": cases, "user": user}, last=last):
        yield


@contextmanager
def system(reason: str) -> Iterator[None]:
    """See and change every case: for the pump, sweeps, doctor and seeding. Raises: NoTransaction."""
    with _context({"kind": "system", "reason": reason}):
        yield


@contextmanager
def tracking(case_id: int, party_id: int) -> Iterator[None]:
    """See what the holder of a tracking code may see of the case. Raises: NoTransaction."""
    with _context({"kind": "tracking", "cases": str(case_id), "party": str(party_id)}):
        yield


@contextmanager
def as_peer(agency: str) -> Iterator[None]:
    """See what the system of an agency may see: its own referrals. Raises: NoTransaction."""
    with _context({"kind": "peer", "agency": agency, "today": clock.today().isoformat()}):
        yield


@contextmanager
def nobody(*, last: bool = False, lock_ms: int = 0) -> Iterator[None]:
    """See no row. Raises: NoTransaction."""
    with _context({"kind": "nobody"}, last=last, lock_ms=lock_ms):
        yield


def current() -> str:
    """The kind of the present context: person, engine, system, tracking, peer, nobody or empty."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('wufang.kind', true), '')")
        return str(cursor.fetchone()[0])


def _of_person(user: "User") -> dict[str, str]:
    if not user.is_active:
        return {}
    low, high = city_of(user.district_id)
    return {
        "user": str(user.pk),
        "office": str(user.office_id or ""),
        "scopes": ",".join(sorted(scopes_for(user))),
        "districts": ",".join(str(code) for code in districts_of(user)),
        "low": low,
        "high": high,
    }


def scopes_for(user: "User") -> frozenset[str]:
    """The scopes of rows of a person; a district desk without a district works for the city."""
    scopes = scopes_of(user.roles)
    if "district" in scopes and not has_district(user):
        return scopes - {"district"} | {"all"}
    return scopes


def has_district(user: "User") -> bool:
    """Whether the person works for one district, not for a whole city."""
    return user.district_id is not None and user.district_id % CITY != 0


def city_of(district: int | None) -> tuple[str, str]:
    """The range of district codes of the city that a district lies in."""
    if district is None:
        return EVERYWHERE
    low = district // CITY * CITY
    return str(low), str(low + CITY - 1)


def districts_of(user: "User") -> list[int]:
    """The person's district and those it succeeded, read once with the person; none for a city."""
    if not has_district(user):
        return []
    kept: tuple[int | None, list[int]] | None = getattr(user, "districts_read", None)
    if kept is not None and kept[0] == user.district_id:
        return kept[1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM casework_district WHERE code = %s OR successor_id = %s ORDER BY code",
            [user.district_id, user.district_id],
        )
        found = [row[0] for row in cursor.fetchall()]
    remember_districts(user, found)
    return found


def remember_districts(user: "User", codes: list[int]) -> None:
    """Keep what was read with the person."""
    user.districts_read = user.district_id, codes  # type: ignore[attr-defined]


@contextmanager
def _context(
    values: Mapping[str, str], *, for_now: bool = False, last: bool = False, lock_ms: int = 0
) -> Iterator[None]:
    if not connection.in_atomic_block:
        raise NoTransaction
    kept = _stack()
    before = kept[-1] if kept else dict.fromkeys(NAMES, "")
    kept.append({name: values.get(name, "") for name in NAMES})
    try:
        _write(kept[-1], lock_ms)
        yield
    finally:
        kept.pop()
        # After a failed statement the transaction is dead and its settings die with it.
        over = for_now or (last and len(connection.atomic_blocks) == 1)
        if connection.in_atomic_block and not connection.needs_rollback and not over:
            _restore(before)


def _stack() -> list[dict[str, str]]:
    """The contexts of this thread's connection; django's `connection` itself is one object for all threads."""
    own = connections[connection.alias]
    stack: list[dict[str, str]] = own.__dict__.setdefault("wufang_contexts", [])
    return stack


def _restore(before: Mapping[str, str]) -> None:
    try:
        _write(before)
    except DatabaseError:
        connection.set_rollback(True)


def _write(values: Mapping[str, str], lock_ms: int = 0) -> None:
    calls = ", ".join(f"set_config('wufang.{name}', %s, true)" for name in NAMES)
    kind = values["kind"]
    role = role_of(settings.DATABASE_APP_ROLE, kind) if kind in KINDS else "none"
    told = [*(values[name] for name in NAMES), role]
    wait = ""
    if lock_ms:
        wait, told = ", set_config('lock_timeout', %s, true)", [*told, f"{lock_ms}ms"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}, set_config('role', %s, true){wait}", told)
