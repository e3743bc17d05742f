"""Databases for a purpose: a test's, a rehearsal's.

One template is migrated whenever the migrations change, and nothing ever connects to it. A
database for a purpose is a clone of it, made in a moment, thrown away afterwards; nothing is
ever flushed.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from config.server import database, places, roles

TEMPLATE = "wufang_template_"
VACUUM_PATIENCE = 20.0  # seconds
TEMPLATES_KEPT = 12  # of older migrations: colleagues may be on other branches
SHAPES = (
    "*/migrations/*.py",
    "casework/access/**/*",
    "casework/data/**/*",
    "config/server/roles.py",
)
PACKAGES = ("django", "django-viewflow", "procrastinate")
NAMES = "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = current_user"


class NotMigrated(Exception):
    """The template could not be migrated; the text is what `manage.py migrate` said."""


def template() -> str:
    """The name of the migrated template, built first when the migrations have changed.

    Raises: NotMigrated.
    """
    name = TEMPLATE + shape()
    with roles.connect(database.owner_url()) as server:
        if not roles.exists(server, name):
            server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
            if not roles.exists(server, name):
                _build(server, name)
                _drop_old_templates(server)
    return name


def clone(name: str, source: str = "") -> str:
    """A fresh database of this name: migrated, or like `source`, to which nothing may be connected.

    Answers the app role's address of it.
    """
    source = source or template()
    with roles.connect(database.owner_url()) as server:
        _drop(server, name)
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(words.format(sql.Identifier(name), sql.Identifier(source)))
    return database.with_name(database.app_url(), name)


def drop(name: str) -> None:
    """Drop a scratch database, whoever is still connected to it."""
    with roles.connect(database.owner_url()) as server:
        _drop(server, name)


def drop_abandoned(prefix: str) -> None:
    """Drop the databases `prefix` + process number whose process was killed before it could."""
    words = f"{NAMES} AND starts_with(datname, %s)"
    with roles.connect(database.owner_url()) as server:
        for (name,) in server.execute(words, [prefix]).fetchall():
            number = re.match(r"\d+", str(name).removeprefix(prefix))
            if number and not Path(f"/proc/{number.group()}").exists():
                _drop(server, str(name))


def shelve(name: str, source: str) -> None:
    """Make a filled database, under a new name, a source of clones: nothing connects to it again."""
    with roles.connect(database.owner_url()) as server:
        _shelve(server, name, source)


@contextmanager
def scratch(name: str, *, keep: bool = False, source: str = "") -> Iterator[str]:
    """Work in a clone inside the block: connections and child processes see only it."""
    url = clone(name, source)
    try:
        with pointed_at(name):
            yield url
    finally:
        if not keep:
            drop(name)


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Point Django's connections and the environment of child processes at another database."""
    from django.db import connections

    addresses = {database.URL: database.app_url(), database.OWNER_URL: database.owner_url()}
    before = {key: os.environ.get(key) for key in addresses}
    names = {alias: connections.databases[alias]["NAME"] for alias in connections}
    connections.close_all()
    os.environ.update({key: database.with_name(url, name) for key, url in addresses.items()})
    for alias in connections:
        connections.databases[alias]["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for alias in connections:
            connections.databases[alias]["NAME"] = names[alias]
        for key, value in before.items():
            if value is None:
                os.environ.pop(key)
            else:
                os.environ[key] = value


def shape() -> str:
    """A hash of everything that decides what a migrated database looks like."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package}={version(package)}\0".encode())
    for pattern in SHAPES:
        for path in sorted(places.CHECKOUT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(
                    str(path.relative_to(places.CHECKOUT)).encode() + path.read_bytes()
                )
    return digest.hexdigest()[:12]


def _build(server: roles.Server, name: str) -> None:
    """Migrate beside, then rename: the first to finish wins, nobody clones half a template.

    The lock of `template` holds within one database only; colleagues on the same server may still
    meet here, and a rename that waited for another finds the name taken in either way.
    """
    fresh = f"{name}_{os.getpid()}"
    owner, app = database.owner_url(), database.app_url()
    _drop(server, fresh)
    roles.make_database(server, fresh, database.entry(owner)["USER"])
    try:
        _migrate(database.with_name(owner, fresh), database.with_name(app, fresh))
        _shelve(server, fresh, name)
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        _drop(server, fresh)
    except BaseException:
        _drop(server, fresh)
        raise


def _shelve(server: roles.Server, name: str, source: str) -> None:
    """Close a database to connections and rename it."""
    for words in (
        "ALTER DATABASE {} ALLOW_CONNECTIONS false",
        "ALTER DATABASE {} RENAME TO {}",
    ):
        server.execute(sql.SQL(words).format(sql.Identifier(name), sql.Identifier(source)))


def _migrate(owner_url: str, app_url: str) -> None:
    """Migrate in a process of its own, with its own connections. Raises: NotMigrated."""
    roles.grant_defaults(owner_url, database.entry(app_url)["USER"])
    done = subprocess.run(
        [
            sys.executable,
            str(places.CHECKOUT / "manage.py"),
            "migrate",
            "--verbosity=0",
            "--skip-checks",
        ],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, database.URL: app_url, database.OWNER_URL: owner_url},
    )
    if done.returncode != 0:
        raise NotMigrated(done.stdout + done.stderr)


def _drop_old_templates(server: roles.Server) -> None:
    """Keep a few templates of older migrations; a younger database has a higher oid."""
    words = f"{NAMES} AND datname ~ %s ORDER BY oid DESC OFFSET %s"
    pattern = f"^{TEMPLATE}[0-9a-f]{{12}}$"
    for (name,) in server.execute(words, [pattern, TEMPLATES_KEPT]).fetchall():
        _drop(server, str(name))


def _drop(server: roles.Server, name: str) -> None:
    """Drop a database, whoever is connected.

    An autovacuum worker is the superuser's: the owner may not end it, and waits until it is gone.
    """
    words = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    until = time.monotonic() + VACUUM_PATIENCE
    while True:
        try:
            server.execute(words)
            return
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
