"""Keys: made once, closed to others, kept apart from what the owner alone may know."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from config.server import database, keys, places


def test_a_key_is_made_once_even_by_many_at_the_same_time(new_folder):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _n: keys.load("field"), range(32)))
    assert len(made) == 1
    assert len(made.pop()) == 32


def test_keys_are_closed_to_others(new_folder):
    keys.load("index")
    assert (keys.folder() / "index").stat().st_mode & 0o777 == 0o600
    assert keys.folder().stat().st_mode & 0o077 == 0
    keys.secret("owner")
    assert (places.data() / "owner").stat().st_mode & 0o077 == 0


def test_a_backup_is_noted_until_a_key_changes(new_folder, tmp_path):
    assert not keys.backed_up()
    call_command("backup_keys", str(tmp_path / "copy"))
    assert keys.backed_up()
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    (keys.folder() / "field").unlink()
    assert not keys.backed_up()


def test_kept_keys_come_back_on_a_new_machine(new_folder, tmp_path, monkeypatch):
    call_command("backup_keys", str(tmp_path / "safe"))
    kept = keys.load("tracking")
    monkeypatch.setenv("WUFANG_DATA", str(new_folder / "machine"))
    assert keys.load("tracking") != kept
    call_command("backup_keys", str(tmp_path / "safe"), "--restore")
    assert keys.load("tracking") == kept
    assert keys.backed_up()


def test_keys_in_use_are_never_replaced(new_folder, tmp_path):
    other = tmp_path / "other"
    other.write_text(json.dumps(dict.fromkeys(keys.OF_THE_FILE, "00" * 32)))
    keys.load("field")
    places.for_database("cluster")
    with pytest.raises(keys.WouldLose):
        call_command("backup_keys", str(other), "--restore")


def test_a_copy_beside_the_original_is_refused(new_folder):
    with pytest.raises(CommandError, match="elsewhere"):
        call_command("backup_keys", str(new_folder / "copy"))


def test_a_socket_folder_keeps_its_case_and_its_spaces_in_an_address(new_folder):
    entry = database.entry(database.embedded_url("wufang_app", "secret"))
    assert entry["HOST"] == str(places.sockets())
    assert (entry["USER"], entry["NAME"], entry["PORT"]) == ("wufang_app", "wufang", "5432")


def test_an_outside_address_keeps_its_options():
    entry = database.entry("postgresql://a:p%40ss@[::1]:5433/w?sslmode=verify-full")
    assert entry["HOST"] == "::1"
    assert entry["PASSWORD"] == "p@ss"
    assert entry["OPTIONS"] == {"sslmode": "verify-full"}


def test_an_owner_without_an_app_is_refused(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db/w")
    with pytest.raises(database.HalfNamed):
        database.app_url()
