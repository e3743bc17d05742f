"""What `manage.py doctor` looks at: what is wrong, and the one command that mends it."""

import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from casework import clock
from casework.access import context_roles
from casework.queries import calendar
from config.server import database, keys, places
from config.server.setup import debian, steps
from documents import fonts

LEAST_FREE_GB = 2.0
MOST_SKEW_SECONDS = 2.0
SETUP = "make setup"
KEPT_FOR_EVER = ("casework_case", "casework_event", "casework_party")


class Level(StrEnum):
    """How bad it is."""

    ERROR = "error"
    WARNING = "warning"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` is one command."""

    level: Level
    says: str
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything, one after the other; the database is open."""
    for look in LOOKS:
        found = list(look())
        yield from found or [Finding(Level.OK, (look.__doc__ or "").strip().rstrip("."))]


def paper() -> Iterator[Finding]:
    """Fonts are cut and papers can be printed quickly."""
    for problem in fonts.problems():
        says, _, mend = problem.rpartition(": ")
        yield Finding(Level.ERROR, says or problem, mend or SETUP)
    for remark in fonts.remarks():
        yield Finding(Level.WARNING, remark, "sudo apt-get update && make setup")


def roles() -> Iterator[Finding]:
    """The app's role owns nothing, is no superuser and cannot pass row-level security."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            is_super, bypasses = cursor.fetchone()
            cursor.execute(
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                " WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
                " AND pg_get_userbyid(relowner) = current_user"
            )
            owned = cursor.fetchone()[0]
    except DatabaseError as error:
        yield Finding(Level.ERROR, f"The database does not answer: {error}", "manage.py up")
        return
    role, mend = database.entry(database.app_url())["USER"], "manage.py setup_database"
    if is_super:
        yield Finding(Level.ERROR, f"{role} is a superuser: no policy binds it", mend)
    if bypasses:
        yield Finding(Level.ERROR, f"{role} has BYPASSRLS: no policy binds it", mend)
    if owned:
        yield Finding(
            Level.ERROR, f"{role} owns {owned} tables: no policy binds it there", mend
        )
    for name in context_roles.missing(role):
        says = f"{role} may not take the role {name}: people and processes would see no case"
        yield Finding(Level.ERROR, says, f"{mend}, then manage.py migrate")
    if stray := context_roles.stray_policies(role):
        says = f"{stray} policies bind {role} instead of the role of a kind of context"
        yield Finding(Level.ERROR, says, "manage.py migrate")


def grants() -> Iterator[Finding]:
    """The app may remove no case, no party and no event."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s)"
            " AND has_table_privilege(oid, 'DELETE, TRUNCATE') ORDER BY relname",
            [list(KEPT_FOR_EVER)],
        )
        for (table,) in cursor.fetchall():
            says = f"The app may remove rows of {table}: was it restored into granted ground?"
            yield Finding(Level.ERROR, says, "manage.py setup_database --for-restore ADMIN_URL")


def migrations() -> Iterator[Finding]:
    """All migrations are applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Finding(
            Level.ERROR, f"{len(plan)} migrations are not applied", "manage.py migrate"
        )


def clocks() -> Iterator[Finding]:
    """The clocks of this machine and of the database agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        skew = abs((cursor.fetchone()[0] - clock.now()).total_seconds())
    if skew > MOST_SKEW_SECONDS:
        says = f"The clocks of this machine and of the database differ by {skew:.0f} s"
        yield Finding(Level.ERROR, says, "sudo timedatectl set-ntp true")


def key_files() -> Iterator[Finding]:
    """The keys are closed to others, and lie in a second place."""
    for name in keys.OF_THE_FILE:
        path = keys.folder() / name
        keys.load(name)
        if path.stat().st_mode & 0o077:
            yield Finding(Level.ERROR, f"Others may read {path}", f"chmod 600 '{path}'")
    if not keys.backed_up():
        says = "The keys are not backed up: without them names and numbers are lost for ever"
        yield Finding(Level.WARNING, says, "manage.py backup_keys FILE")


def holidays() -> Iterator[Finding]:
    """The official holiday calendar reaches far enough."""
    if calendar.short_of(clock.today()):
        until = calendar.horizon()
        says = f"The official holidays are known until {until}; later deadlines are provisional"
        yield Finding(Level.WARNING, says, "manage.py load_calendar FILE")


def disk() -> Iterator[Finding]:
    """The disk has room."""
    free = shutil.disk_usage(places.make_data()).free / 1e9
    if free < LEAST_FREE_GB:
        says = f"Only {free:.1f} GB are free on the disk of {places.data()}"
        yield Finding(Level.ERROR, says, f"df -h '{places.data()}'")


def screens() -> Iterator[Finding]:
    """Style sheets, scripts and texts are built."""
    if not steps.BUILT.is_dir():
        yield Finding(Level.ERROR, "Style sheets and scripts are not built", SETUP)
    if not all(path.with_suffix(".mo").exists() for path in steps.catalogues()):
        yield Finding(Level.ERROR, "The Chinese texts are not compiled", SETUP)


def programs() -> Iterator[Finding]:
    """The programs for tests are there: Chromium, gettext."""
    if debian.chromium() is None:
        says = "Chromium is missing: `make test` needs WITHOUT=browser"
        yield Finding(Level.WARNING, says, "sudo apt-get install chromium")
    if shutil.which("msgfmt") is None:
        yield Finding(Level.ERROR, "gettext is missing", "sudo apt-get install gettext")


def outside() -> Iterator[Finding]:
    """An outside database is asked to speak safely."""
    if not database.is_outside():
        return
    host = str(connection.settings_dict["HOST"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(bool_or(ssl), false) FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        )
        encrypted = cursor.fetchone()[0]
    if not encrypted and not host.startswith("/") and not _is_here(host):
        says = f"The connection to the database on {host} is not encrypted"
        yield Finding(Level.ERROR, says, "export DATABASE_URL='...?sslmode=verify-full'")
    if not database.has_owner():
        says = "DATABASE_OWNER_URL is not set: nothing can be migrated from here"
        yield Finding(Level.WARNING, says, "export DATABASE_OWNER_URL=...")


def _is_here(host: str) -> bool:
    try:
        return socket.gethostbyname(host).startswith("127.")
    except OSError:
        return False


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    paper,
    roles,
    grants,
    migrations,
    clocks,
    key_files,
    holidays,
    disk,
    screens,
    programs,
    outside,
)
