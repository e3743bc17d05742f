"""Which accounts of the machine run the database and the web; none is ever created.

PostgreSQL refuses to run as root, and a web server should not. Started by an ordinary user,
everything runs as that user. Started by root, the database and the web take two different
accounts that exist already, so that a fault of the web does not reach the database's files.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

DATABASE = ("postgres", "nobody", "daemon")
WEB = ("www-data", "nobody", "daemon")


class NoAccount(Exception):
    """There is no unprivileged account on this machine for the database to run as."""


class Identity(TypedDict, total=False):
    """The keyword arguments that make `subprocess` take another identity."""

    user: int
    group: int
    extra_groups: list[int]


def is_root() -> bool:
    """Whether this process runs as root."""
    return os.geteuid() == 0


def pick(names: Sequence[str]) -> pwd.struct_passwd | None:
    """The first account of the list that exists; nothing unless we are root."""
    if not is_root():
        return None
    for name in names:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoAccount(f"{NoAccount.__doc__} Looked for: {', '.join(names)}.")


def database() -> pwd.struct_passwd | None:
    """The account of the database; nothing when it is our own. Raises: NoAccount."""
    return pick(DATABASE)


def web() -> pwd.struct_passwd | None:
    """The account of web and workers; nothing when it is our own. Raises: NoAccount."""
    return pick(WEB)


def identity(account: pwd.struct_passwd | None) -> Identity:
    """Arguments for `subprocess` that run a program as this account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give(path: Path, account: pwd.struct_passwd | None, mode: int) -> Path:
    """Set a path's mode, and hand it to the account when we are root."""
    path.chmod(mode)
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
    return path


def give_tree(path: Path, account: pwd.struct_passwd | None) -> None:
    """Hand a folder and all that is in it to the account when we are root."""
    if account is None:
        return
    for folder, _, files in os.walk(path):
        for name in (".", *files):
            os.chown(Path(folder) / name, account.pw_uid, account.pw_gid, follow_symlinks=False)


def reaches(account: pwd.struct_passwd | None, command: Sequence[str], folder: Path) -> bool:
    """Whether the account can run a command in a folder: the only sure way is to try."""
    if account is None:
        return True
    tried = subprocess.run(
        [shutil.which("env") or "/usr/bin/env", "-C", str(folder), *command],
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        cwd="/",
        **identity(account),
    )
    return tried.returncode == 0
