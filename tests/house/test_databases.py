"""Tests see what the app sees: its role, its policies, a database of their own."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from config.server import database, places, roles, scratch


@pytest.mark.django_db
def test_tests_run_as_the_app_role():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_app_may_not_touch_what_only_migrations_change():
    with connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("DELETE FROM django_migrations")
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("ALTER TABLE casework_case DISABLE ROW LEVEL SECURITY")


def test_a_test_without_the_mark_touches_no_database(settled_source):
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


def _make_mark() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('mark', 'x', now())")


def _marks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session WHERE session_key = 'mark'")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_database_of_ones_own_is_seen_by_threads_and_processes_and_thrown_away(
    own_database, time
):
    assert _marks() == 0
    _make_mark()
    seen = []

    def look() -> None:
        seen.append(_marks())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]
    program = "from django.db import connection; print(connection.settings_dict['NAME'])"
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=places.CHECKOUT,
    )
    assert said.stdout.strip() == database.entry(own_database)["NAME"]


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_has_its_own_database_too():
    assert connection.settings_dict["NAME"].endswith("_own")
    _make_mark()


@pytest.mark.django_db
def test_what_it_wrote_is_seen_by_nobody_else():
    assert _marks() == 0


@pytest.mark.django_db
def test_nobody_can_connect_to_the_template():
    with roles.connect(database.owner_url()) as owner:
        name = scratch.template()
        row = owner.execute("SELECT datallowconn FROM pg_database WHERE datname = %s", [name])
        assert row.fetchone() == (False,)


@pytest.mark.django_db
def test_databases_of_killed_processes_are_dropped():
    scratch.clone("wufang_test_999999999_x")
    scratch.clone(f"wufang_test_{os.getpid()}_x")
    scratch.drop_abandoned("wufang_test_")
    with roles.connect(database.owner_url()) as owner:
        assert not roles.exists(owner, "wufang_test_999999999_x")
        assert roles.exists(owner, f"wufang_test_{os.getpid()}_x")
    scratch.drop(f"wufang_test_{os.getpid()}_x")


def test_processes_that_start_at_once_build_one_template(monkeypatch):
    """Both found none; the second waits for the first and uses what it made."""
    name = f"{os.getpid():012x}"[-12:]
    built: list[str] = []

    def migrate(owner_url: str, app_url: str) -> None:
        built.append(owner_url)
        time.sleep(0.3)

    monkeypatch.setattr(scratch, "shape", lambda: name)
    monkeypatch.setattr(scratch, "_migrate", migrate)
    together = threading.Barrier(4)

    def ask() -> str:
        together.wait()
        return scratch.template()

    try:
        with ThreadPoolExecutor(4) as pool:
            names = [each.result() for each in [pool.submit(ask) for _ in range(4)]]
        assert set(names) == {scratch.TEMPLATE + name}
        assert len(built) == 1
    finally:
        scratch.drop(scratch.TEMPLATE + name)


def test_of_two_that_finish_a_template_on_different_databases_one_wins(monkeypatch):
    """Their locks do not meet: the rename decides, and the one that came second throws its own away."""
    name = scratch.TEMPLATE + f"f{os.getpid():011x}"[-12:]
    together = threading.Barrier(2)
    numbers = threading.local()
    monkeypatch.setattr(scratch, "_migrate", lambda owner_url, app_url: together.wait())
    monkeypatch.setattr(scratch.os, "getpid", lambda: numbers.mine)

    def build(number: int) -> None:
        numbers.mine = number
        with roles.connect(database.owner_url()) as server:
            scratch._build(server, name)

    try:
        with ThreadPoolExecutor(2) as pool:
            for each in [pool.submit(build, number) for number in (1, 2)]:
                each.result()
        with roles.connect(database.owner_url()) as server:
            left = server.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
            ).fetchall()
        assert left == [(name,)]
    finally:
        scratch.drop(name)
