"""Who is who in the database.

The owner role owns every table, migrates, and may create databases. The app role owns nothing,
is no superuser and cannot pass row-level security: web, worker and tests are this role. Inside a
transaction it takes the role of a kind of context (casework.access.context_roles).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from casework.access.context_roles import KINDS, align, role_of
from config.server import database, keys, postgres

Server = psycopg.Connection[tuple[object, ...]]
LOCK_TIMEOUT = "2s"
PLAIN = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
CONTEXT = "NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
DEFAULTS = (
    "GRANT USAGE ON SCHEMA public TO {}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {}",
)


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role of the server, its password, and whether it may create databases."""

    name: str
    password: str
    creates_databases: bool


def connect(url: str) -> Server:
    """A connection outside any transaction, as CREATE DATABASE wants it."""
    entry = database.entry(url)
    return psycopg.connect(
        host=entry["HOST"],
        port=entry["PORT"] or None,
        user=entry["USER"] or None,
        password=entry["PASSWORD"] or None,
        dbname=entry["NAME"],
        autocommit=True,
        **entry["OPTIONS"],
    )


def prepare_embedded() -> None:
    """Make both roles and the house's database on the embedded server, once."""
    owner = Role(name=postgres.OWNER, password=keys.secret("owner"), creates_databases=True)
    app = Role(name=postgres.APP, password=keys.text("database-app"), creates_databases=False)
    with connect(database.super_url()) as server:
        make_roles(server, owner=owner, app=app)
        make_database(server, postgres.DATABASE, owner.name)
    grant_defaults(database.owner_url(), app.name)


def make_roles(server: Server, *, owner: Role, app: Role) -> None:
    """Make the owner and the app role, or set their attributes and passwords right again."""
    for role in (owner, app):
        known = server.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name]
        ).fetchone()
        create = "CREATEDB" if role.creates_databases else "NOCREATEDB"
        words = sql.SQL("{} ROLE {} {} {} PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"),
            sql.Identifier(role.name),
            sql.SQL(PLAIN),
            sql.SQL(create),
            sql.Literal(role.password),
        )
        server.execute(words)
    _make_context_roles(server, app.name)
    names = {"app": sql.Identifier(app.name), "owner": sql.Identifier(owner.name)}
    # The owner may end the app's sessions, so that a scratch database can be dropped.
    server.execute(sql.SQL("GRANT {app} TO {owner}").format(**names))
    limit = "ALTER ROLE {app} SET idle_in_transaction_session_timeout = '60s'"
    server.execute(sql.SQL(limit).format(**names))


def _make_context_roles(server: Server, app: str) -> None:
    """Roles that the app takes inside a transaction; it has their rights only while it does."""
    taker = sql.Identifier(app)
    server.execute(sql.SQL("ALTER ROLE {} NOINHERIT").format(taker))
    for kind in KINDS:
        name = role_of(app, kind)
        known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        role, verb = sql.Identifier(name), sql.SQL("ALTER" if known else "CREATE")
        server.execute(sql.SQL("{} ROLE {} {}").format(verb, role, sql.SQL(CONTEXT)))
        server.execute(sql.SQL("GRANT {} TO {}").format(role, taker))


def make_database(server: Server, name: str, owner: str) -> None:
    """Make a database of the owner's, unless it exists."""
    if not exists(server, name):
        words = sql.SQL("CREATE DATABASE {} OWNER {}")
        server.execute(words.format(sql.Identifier(name), sql.Identifier(owner)))


def exists(server: Server, name: str) -> bool:
    """Whether the server has a database of this name."""
    row = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row is not None


def grant_defaults(owner_url: str, app: str) -> None:
    """What the owner makes from now on in this database, the app may read and write."""
    with connect(owner_url) as server:
        for words in DEFAULTS:
            server.execute(sql.SQL(words).format(sql.Identifier(app)))


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django's default connection be the owner's inside the block, for migrations.

    A foreign migration that forgets to name its connection then still takes this one.
    Nothing waits longer than two seconds for a lock: people at work come first.
    """
    from django.db import connections

    default = connections.databases["default"]
    before = dict(default)
    connections.close_all()
    owner = database.entry(database.owner_url())
    options = owner["OPTIONS"] | {"options": f"-c lock_timeout={LOCK_TIMEOUT}"}
    default.update(owner, NAME=before["NAME"], OPTIONS=options)
    try:
        yield
    finally:
        connections.close_all()
        default.clear()
        default.update(before)


def settle_rights() -> None:
    """After migrations: the app only reads which ran; each context role gets its policies.

    Call inside `as_owner`.
    """
    from django.db import connection

    app = database.entry(database.app_url())["USER"]
    name = connection.ops.quote_name(app)
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}")
    align(app)
