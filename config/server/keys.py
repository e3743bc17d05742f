"""Keys made at set-up: mode 0600, outside database and checkout."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from config.server import accounts, places

# The keys without which stored data cannot be read or found again.
OF_THE_FILE = ("django", "field", "index", "tracking")
BACKED_UP = "backed-up"


class WouldLose(Exception):
    """Other keys are in use with a database here; restore into a new data folder."""


def load(name: str) -> bytes:
    """The 32 bytes of a key that web and workers need, made on first use."""
    path = folder() / name
    return bytes.fromhex(_read(path) or _make(path, for_web=True))


def text(name: str) -> str:
    """A key as text (Django's SECRET_KEY, the app role's password)."""
    return load(name).hex()


def secret(name: str) -> str:
    """A password that only set-up may read (the owner role's), made on first use."""
    path = places.own("owner") / name
    return _read(path) or _make(path, for_web=False)


def folder() -> Path:
    """Where the keys lie."""
    return places.for_web("keys")


def backed_up() -> bool:
    """Whether somebody said that these very keys lie in a second place."""
    return _read(folder() / BACKED_UP) == fingerprint()


def note_backed_up() -> None:
    """Remember that the keys of today were copied."""
    path = folder() / BACKED_UP
    path.unlink(missing_ok=True)
    _write(path, fingerprint(), for_web=True)


def restore(kept: Mapping[str, str]) -> None:
    """Put kept keys in their place. Raises: WouldLose, when other keys are in use already."""
    for name in OF_THE_FILE:
        there = _read(folder() / name)
        if there and there != kept[name] and (places.data() / "database" / "cluster").exists():
            raise WouldLose(WouldLose.__doc__)
    for name in OF_THE_FILE:
        (folder() / name).unlink(missing_ok=True)
        _write(folder() / name, kept[name], for_web=True)
    note_backed_up()


def fingerprint() -> str:
    """A name for the present set of keys that tells nothing about them."""
    return hashlib.sha256(b"".join(load(name) for name in OF_THE_FILE)).hexdigest()[:16]


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""


def _make(path: Path, *, for_web: bool) -> str:
    fresh = secrets.token_hex(32)
    try:
        _write(path, fresh, for_web=for_web)
    except FileExistsError:  # another process made it in this very moment
        return _read(path)
    return fresh


def _write(path: Path, content: str, *, for_web: bool) -> None:
    """Write beside, then link: nobody ever reads half a key, and the first one stays."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if for_web:
        accounts.give(beside, accounts.web(), 0o600)
    try:
        os.link(beside, path)
    finally:
        beside.unlink()
