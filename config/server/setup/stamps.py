"""Stamps: a step is done when the content it was done for is still the same."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from config.server import places


def mark_of(paths: Iterable[Path], *words: str) -> str:
    """A hash of these files' names and contents (folders: all in them), and of some words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(_files(paths)):
        digest.update(f"\0{path.relative_to(places.CHECKOUT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_fresh(stamp: Path, mark: str) -> bool:
    """Whether the stamp was set for this very content."""
    try:
        return stamp.read_text() == mark
    except FileNotFoundError:
        return False


def put(stamp: Path, mark: str) -> None:
    """Note that the step is done for this content."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)


def in_data(name: str) -> Path:
    """A stamp of what lies in the data folder."""
    return places.own("stamps") / name


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc")
        elif path.exists():
            yield path
