"""For whom the database answers: row-level security's context, per transaction.

The settings are local to the transaction (`set_config(name, value, true)`), so a pooled connection
never carries one person's rows to the next. Nothing set means no rows. With them the transaction
takes the database role of the kind of context (casework.access.context_roles).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection

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
def as_person(user: "User") -> Iterator[None]:
    """See what this person may see; write nothing. Raises: NoTransaction."""
    with _context(kind="person", today=clock.today().isoformat(), **_of_person(user)):
        yield


@contextmanager
def acting(case_id: int, by: "User | None", *, also: int | None = None) -> Iterator[None]:
    """Work on one case (`also`: a second one, for a merge or split). Raises: NoTransaction."""
    cases = str(case_id) if also is None else f"{case_id},{also}"
    user = str(by.pk) if by is not None else ""
    with _context(kind="engine", cases=cases, user=user):
        yield


@contextmanager
def system(reason: str) -> Iterator[None]:
    """See and change every case: for the pump, sweeps, doctor and seeding. Raises: NoTransaction."""
    with _context(kind="system", reason=reason):
        yield


@contextmanager
def tracking(case_id: int, party_id: int) -> Iterator[None]:
    """See what the holder of a tracking code may see of the case. Raises: NoTransaction."""
    with _context(kind="tracking", cases=str(case_id), party=str(party_id)):
        yield


@contextmanager
def as_peer(agency: str) -> Iterator[None]:
    """See what the system of an agency may see: its own referrals. Raises: NoTransaction."""
    with _context(kind="peer", agency=agency, today=clock.today().isoformat()):
        yield


@contextmanager
def nobody() -> Iterator[None]:
    """See no row. Raises: NoTransaction."""
    with _context(kind="nobody"):
        yield


def current() -> str:
    """The kind of the present context: person, engine, system, tracking, peer, nobody or empty."""
    return _read()["kind"]


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
    """The person's district and those it succeeded; a city's own code stands for all of them."""
    if not has_district(user):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM casework_district WHERE code = %s OR successor_id = %s ORDER BY code",
            [user.district_id, user.district_id],
        )
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def _context(**values: str) -> Iterator[None]:
    if not connection.in_atomic_block:
        raise NoTransaction
    before = _read()
    _write({name: values.get(name, "") for name in NAMES})
    try:
        yield
    finally:
        # After a failed statement the transaction is dead and its settings die with it.
        if connection.in_atomic_block and not connection.needs_rollback:
            _restore(before)


def _restore(before: Mapping[str, str]) -> None:
    try:
        _write(before)
    except DatabaseError:
        connection.set_rollback(True)


def _read() -> dict[str, str]:
    names = ", ".join(f"coalesce(current_setting('wufang.{name}', true), '')" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names}")
        return dict(zip(NAMES, cursor.fetchone(), strict=True))


def _write(values: Mapping[str, str]) -> None:
    calls = ", ".join(f"set_config('wufang.{name}', %s, true)" for name in NAMES)
    kind = values["kind"]
    role = role_of(settings.DATABASE_APP_ROLE, kind) if kind in KINDS else "none"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {calls}, set_config('role', %s, true)",
            [*(values[name] for name in NAMES), role],
        )
