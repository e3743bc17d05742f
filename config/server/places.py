"""Where things lie on this machine: data outside the checkout, sockets on a short path."""

import hashlib
import os
from pathlib import Path

from config.server import accounts

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LONGEST_SOCKET_FOLDER = 80  # bytes; the kernel takes 107 for folder, name and end


def mark() -> str:
    """A short name of this checkout, so that two clones never share their data."""
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]


def data() -> Path:
    """The folder that holds database, keys, files and fonts of this checkout."""
    if named := os.environ.get("WUFANG_DATA"):
        return Path(named).absolute()
    if accounts.is_root():
        return Path("/var/lib/wufang") / mark()
    return Path.home() / ".local" / "share" / "wufang" / mark()


def make_data() -> Path:
    """The data folder, made when missing: root's can be passed through by the two accounts."""
    folder = data()
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755 if accounts.is_root() else 0o700)
    return folder


def own(name: str, mode: int = 0o700) -> Path:
    """A folder below the data folder that belongs to whoever runs set-up."""
    folder = make_data() / name
    if not folder.exists():
        folder.mkdir(exist_ok=True)
        folder.chmod(mode)
    return folder


def for_web(name: str) -> Path:
    """A folder below the data folder that belongs to the account of web and workers."""
    folder = make_data() / name
    if not folder.exists():
        folder.mkdir(exist_ok=True)
        accounts.give(folder, accounts.web(), 0o700)
    return folder


def for_database(name: str = "") -> Path:
    """The database's folder (or one below it), in the hands of its account."""
    folder = make_data() / "database"
    for path in (folder, folder / name):
        if not path.exists():
            path.mkdir(exist_ok=True)
            accounts.give(path, accounts.database(), 0o700)
    return folder / name


def logs() -> Path:
    """The folder of the logs of web, worker and pump."""
    return data() / "log"


def sockets() -> Path:
    """The folder of the database's socket: below the data folder, else on a short path."""
    folder = data() / "run"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    short = hashlib.sha256(os.fsencode(data())).hexdigest()[:12]
    base = "/run" if os.access("/run", os.W_OK) else "/tmp"  # noqa: S108 (owner is checked)
    return Path(base) / f"wufang-{short}"
