"""The commands of a real installation: first administrator, doctor, reset, demo."""

import io
from datetime import date

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections, transaction

from casework import clock
from casework.access.context import system
from casework.models import User
from config.server import database, doctor, keys, roles
from config.server.doctor import Level

GOOD = "correct horse battery 9"


def first_admin(monkeypatch, username="chen", password=GOOD):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("first_admin", username, "--name", "陈国安", stdout=io.StringIO())


@pytest.mark.django_db
def test_the_first_administrator_can_log_in_and_is_the_only_one_made_so(monkeypatch):
    first_admin(monkeypatch)
    with transaction.atomic(), system("test"):
        made = User.objects.get(username="chen")
    assert made.roles == ["admin"]
    assert made.check_password(GOOD)
    with pytest.raises(CommandError, match="an administrator already"):
        first_admin(monkeypatch, username="second")


@pytest.mark.django_db
@pytest.mark.parametrize("weak", ["short", "12345678901", "password"])
def test_a_weak_password_makes_nobody(monkeypatch, weak):
    with pytest.raises(CommandError):
        first_admin(monkeypatch, password=weak)
    with transaction.atomic(), system("test"):
        assert not User.objects.filter(username="chen").exists()


@pytest.mark.django_db
def test_the_doctor_finds_nothing_wrong_with_the_roles_of_a_test():
    assert list(doctor.roles()) == []
    assert list(doctor.grants()) == []
    assert list(doctor.migrations()) == []
    assert list(doctor.clocks()) == []


def test_the_doctor_refuses_a_superuser(server, monkeypatch, django_db_blocker):
    entry = database.entry(database.super_url())
    fresh = connections.create_connection("default")
    fresh.settings_dict = {**fresh.settings_dict, **entry}
    monkeypatch.setattr(doctor, "connection", fresh)
    try:
        with django_db_blocker.unblock():
            says = [finding.says for finding in doctor.roles()]
    finally:
        fresh.close()
    assert any("is a superuser" in words for words in says)
    assert any("BYPASSRLS" in words for words in says)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "warned"), [(date(2026, 10, 31), False), (date(2026, 11, 2), True)]
)
def test_the_doctor_warns_sixty_days_before_the_holidays_end(day, warned):
    with clock.held_at(clock.instant(day)):
        assert bool(list(doctor.holidays())) is warned


def test_the_doctor_asks_for_a_backup_of_the_keys_and_finds_open_ones(new_folder):
    assert [finding.level for finding in doctor.key_files()] == [Level.WARNING]
    keys.note_backed_up()
    assert list(doctor.key_files()) == []
    (keys.folder() / "field").chmod(0o644)
    found = list(doctor.key_files())
    assert found[0].level is Level.ERROR
    assert found[0].mend.startswith("chmod 600")
    (keys.folder() / "field").chmod(0o600)


def test_reset_refuses_an_outside_database(data_folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@db/w")
    with pytest.raises(CommandError, match="outside database"):
        call_command("reset", "--yes")


def test_reset_asks_for_a_whole_word(data_folder, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "y")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("reset", stdout=io.StringIO())


def test_reset_forgets_data_and_keys_and_keeps_the_fonts(server, data_folder):
    (data_folder / "fonts").mkdir(exist_ok=True)
    before = keys.load("field")
    call_command("reset", "--yes", stdout=io.StringIO())
    assert not (data_folder / "database").exists()
    assert (data_folder / "fonts").exists()
    assert keys.load("field") != before


def test_the_demo_refuses_a_public_host(data_folder):
    with pytest.raises(CommandError, match="this machine only"):
        call_command("up", "--demo", "--host", "0.0.0.0")  # noqa: S104


@pytest.fixture
def outside(server, monkeypatch):
    """A server that somebody else runs: here the embedded one, under other names."""
    admin = database.super_url()
    for name, role in ((database.URL, "site_app"), (database.OWNER_URL, "site_owner")):
        address = admin.replace("wufang_super", role).replace("/postgres", "/site")
        monkeypatch.setenv(name, address)
    return admin


def test_roles_and_database_are_made_on_an_outside_server_and_set_right_again(outside):
    for _time in range(2):
        said = io.StringIO()
        call_command("setup_database", outside, stdout=said)
        assert "manage.py migrate" in said.getvalue()
    with roles.connect(database.owner_url()) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS thing (n int)")
    with roles.connect(database.app_url()) as app:
        app.execute("INSERT INTO thing VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DROP TABLE thing")


def test_ground_for_a_restore_grants_nothing(outside):
    with roles.connect(outside) as server:
        server.execute("DROP DATABASE IF EXISTS site")
    call_command("setup_database", outside, "--for-restore", stdout=io.StringIO())
    with roles.connect(database.owner_url()) as owner:
        assert owner.execute("SELECT count(*) FROM pg_default_acl").fetchone() == (0,)


def test_an_outside_server_wants_its_administrator(outside):
    with pytest.raises(CommandError, match="ADMIN_URL"):
        call_command("setup_database")


@pytest.mark.django_db
def test_the_doctor_names_one_command_for_each_error(monkeypatch):
    def wound():
        yield doctor.Finding(Level.ERROR, "A thing is broken", "make it whole")

    monkeypatch.setattr(doctor, "LOOKS", (wound, doctor.disk))
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 to mend"):
        call_command("doctor", stdout=said)
    assert "A thing is broken" in said.getvalue()
    assert "to mend it: make it whole" in said.getvalue()
    assert "The disk has room" in said.getvalue()
