"""The embedded database comes up again whatever the last run left behind."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import psycopg
import pytest

from config.server import accounts, database, leftovers, places, postgres, roles


@pytest.fixture
def numbers(server: Path) -> list[int]:
    """A table of the owner's with one committed row."""
    roles.prepare_embedded()
    with roles.connect(database.owner_url()) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS number (n int)")
        owner.execute("INSERT INTO number VALUES (12351)")
    return [12351]


def committed() -> int:
    with roles.connect(database.app_url()) as app:
        return int(app.execute("SELECT max(n) FROM number").fetchone()[0])


def kill_everything(cluster: Path) -> None:
    for pid in leftovers.processes():
        if leftovers.works_in(pid, cluster):
            os.kill(pid, signal.SIGKILL)
    while any(leftovers.works_in(pid, cluster) for pid in leftovers.processes()):
        time.sleep(0.01)


def test_it_runs_on_a_path_with_a_space_and_listens_on_no_port(server):
    assert " " in str(server)
    with roles.connect(database.super_url()) as asked:
        assert asked.execute("SHOW listen_addresses").fetchone() == ("",)
        assert asked.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert asked.execute("SHOW log_error_verbosity").fetchone() == ("terse",)
        found = asked.execute("SELECT datlocprovider, datlocale FROM pg_database").fetchall()
        assert {tuple(row) for row in found} == {("b", "C.UTF-8")}


def test_as_root_it_belongs_to_an_account_that_was_there_already(server):
    account = accounts.database()
    expected = account.pw_uid if account else os.geteuid()
    assert server.stat().st_uid == expected
    assert Path(f"/proc/{leftovers.postmaster(server)}").stat().st_uid == expected


def test_the_app_owns_nothing_and_passes_no_policy(numbers):
    with roles.connect(database.app_url()) as app:
        row = app.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DROP TABLE number")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (n int)")


def test_nobody_comes_in_without_a_password(server):
    with pytest.raises(psycopg.OperationalError, match="password"):
        roles.connect(database.embedded_url(postgres.OWNER, "wrong"))


def test_a_second_start_finds_it_running(server):
    before = leftovers.postmaster(server)
    postgres.start()
    assert leftovers.postmaster(server) == before


def test_everything_killed_loses_nothing(server, numbers):
    kill_everything(server)
    assert not postgres.is_running()
    postgres.start()
    assert committed() == numbers[0]


def test_a_pid_file_with_a_strangers_number_is_stale(server, numbers):
    kill_everything(server)
    account = accounts.identity(accounts.database())
    stranger = subprocess.Popen(["sleep", "60"], **account)
    try:
        for file in (server / "postmaster.pid", places.sockets() / ".s.PGSQL.5432.lock"):
            rest = file.read_text().partition("\n")[2]
            file.write_text(f"{stranger.pid}\n{rest}")
        postgres.start()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
    assert committed() == numbers[0]


def test_a_busy_backend_whose_server_was_killed_does_not_stop_the_next_start(server, numbers):
    def busy() -> None:
        with (
            pytest.raises(psycopg.OperationalError),
            roles.connect(database.owner_url()) as one,
        ):
            one.execute("SELECT pg_sleep(60)")

    thread = threading.Thread(target=busy)
    thread.start()
    time.sleep(0.3)
    os.kill(leftovers.postmaster(server), signal.SIGKILL)
    while postgres.is_running():  # a killed process takes a moment to go
        time.sleep(0.01)
    postgres.start()
    thread.join()
    assert committed() == numbers[0]


def test_the_last_user_stops_it_and_no_one_before(data_folder):
    postgres.stop()
    with postgres.running():
        with postgres.running():
            assert postgres.is_running()
        # flock counts open files, so a second user in the same process is a user as well
        assert postgres.is_running()
    assert not postgres.is_running()


def test_half_an_initdb_is_thrown_away(tmp_path_factory, data_folder, monkeypatch):
    monkeypatch.setenv("WUFANG_DATA", str(data_folder.parent / "second"))
    half = places.for_database("cluster.new")
    (half / "PG_VERSION").write_text("18\n")
    try:
        postgres.start()
        assert postgres.is_running()
    finally:
        postgres.stop()


def test_a_data_folder_below_a_closed_one_is_refused_in_words(data_folder, monkeypatch):
    closed = data_folder.parent / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("WUFANG_DATA", str(closed / "data"))
    if accounts.is_root():
        with pytest.raises(postgres.CannotStart, match="WUFANG_DATA="):
            postgres.start()
    else:
        postgres.start()
        postgres.stop()


def test_a_long_data_folder_gets_a_short_socket(data_folder, monkeypatch):
    monkeypatch.setenv("WUFANG_DATA", str(data_folder.parent / ("long" * 30)))
    try:
        postgres.start()
        with roles.connect(database.super_url()) as server:
            assert server.execute("SELECT 1").fetchone() == (1,)
    finally:
        postgres.stop()
        places.sockets().rmdir()


def test_no_unprivileged_account_is_a_clear_refusal(monkeypatch):
    monkeypatch.setattr(accounts, "is_root", lambda: True)
    with pytest.raises(accounts.NoAccount, match="nobody-here"):
        accounts.pick(("nobody-here",))
