"""The embedded PostgreSQL: made, started, recovered and stopped; one cluster a data folder.

It listens on a Unix socket in a folder of ours and nowhere else, so no port can be taken, and
asks everybody for a password. A start waits as long as a crash recovery needs.
"""

import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.server import accounts, binaries, keys, leftovers, locks, places

PORT = 5432  # part of the socket's name only
SUPERUSER = "wufang_super"
OWNER = "wufang_owner"
APP = "wufang_app"
DATABASE = "wufang"
START_SECONDS = 3600
USERS = "database-users"
STARTING = "database-start"


class CannotStart(Exception):
    """The embedded database did not come up; the text says why and what mends it."""


def cluster() -> Path:
    """The folder of the cluster."""
    return places.for_database() / "cluster"


def log() -> Path:
    """The database's log."""
    return places.for_database() / "postgres.log"


def is_running() -> bool:
    """Whether the cluster's main process lives."""
    return bool(leftovers.postmaster(places.data() / "database" / "cluster"))


@contextmanager
def running() -> Iterator[None]:
    """Have the server up inside the block; the last user on the machine stops it.

    Raises: CannotStart.
    """
    with locks.among_others(USERS) as users:
        start()
        try:
            yield
        finally:
            with locks.alone(STARTING):
                if locks.last_one(users):
                    stop()


def start() -> None:
    """Bring the server up, whatever state the last run left it in. Raises: CannotStart."""
    with locks.alone(STARTING):
        if is_running():
            return
        _check_reach()
        if not (cluster() / "PG_VERSION").exists():
            _initialise()
        _write_settings()
        leftovers.clear_database(cluster(), places.sockets())
        command = ["start", "-s", "-w", "-t", str(START_SECONDS), "-l", str(log())]
        if _pg_ctl(*command).returncode != 0:
            raise CannotStart(f"PostgreSQL did not start. The end of its log:\n{_tail(log())}")


def stop() -> None:
    """Stop the server in order: clients are cut off, everything committed is on the disk."""
    if is_running():
        _pg_ctl("stop", "-s", "-w", "-t", str(START_SECONDS), "-m", "fast")


def _initialise() -> None:
    """Make the cluster beside its place, then move it there: half a cluster is never taken."""
    fresh = places.for_database() / "cluster.new"
    _run("rm", "-rf", "--", str(fresh))
    password = places.for_database() / "superuser"
    password.write_text(keys.secret("super"))
    accounts.give(password, accounts.database(), 0o600)
    made = _run(
        *(binaries.program("initdb"), "-D", str(fresh), "-U", SUPERUSER, "-E", "UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        *("--auth=scram-sha-256", f"--pwfile={password}"),
    )
    password.unlink()
    if made.returncode != 0:
        raise CannotStart(f"initdb failed:\n{made.stdout}{made.stderr}")
    fresh.rename(cluster())


def _write_settings() -> None:
    """Our settings, written anew at each start: the clone or its data may have moved."""
    sockets = places.sockets()
    sockets.mkdir(exist_ok=True)
    if sockets.owner() not in _trusted():
        raise CannotStart(
            f"{sockets} belongs to somebody else. Remove it: sudo rm -r {sockets}"
        )
    accounts.give(sockets, accounts.database(), 0o755 if accounts.is_root() else 0o700)
    folder = '"' + str(sockets).replace("'", "''").replace('"', '""') + '"'
    lines = [
        "listen_addresses = ''",
        f"unix_socket_directories = '{folder}'",
        f"port = {PORT}",
        "max_connections = 200",
        "timezone = 'UTC'",
        "log_line_prefix = '%m [%p] %q%u@%d '",
        "log_statement = 'none'",
        "log_min_error_statement = panic",  # a failing statement may hold a name or a number
        "log_parameter_max_length = 0",
        "log_error_verbosity = terse",  # else the failing row is told, words of a call and all
    ]
    own = cluster() / "wufang.conf"
    own.write_text("\n".join(lines) + "\n")
    accounts.give(own, accounts.database(), 0o600)
    main = cluster() / "postgresql.conf"
    include = "include 'wufang.conf'\n"
    if include not in main.read_text():
        with main.open("a") as file:
            file.write(include)


def _trusted() -> set[str]:
    account = accounts.database()
    names = {pwd.getpwuid(places.data().stat().st_uid).pw_name}
    return names | {account.pw_name} if account else names


def _check_reach() -> None:
    places.for_database()
    if not accounts.reaches(accounts.database(), ["true"], places.for_database()):
        raise CannotStart(
            f"The data folder {places.data()} lies below a folder that the database's account "
            "cannot pass. Choose another: WUFANG_DATA=/var/lib/wufang/here make run"
        )


def _pg_ctl(*arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(binaries.program("pg_ctl"), "-D", str(cluster()), *arguments)


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program as the database's account.

    Output goes to a file: a server started below would keep a pipe open for ever.
    """
    note = places.for_database() / "last-command.log"
    with note.open("w") as file:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd="/",
            **accounts.identity(accounts.database()),
        )
    return subprocess.CompletedProcess(command, done.returncode, note.read_text(), "")


def _tail(path: Path, lines: int = 12) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return "(no log was written)"
