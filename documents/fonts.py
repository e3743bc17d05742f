"""The fonts papers are set in: where they lie, what they cover, what is wrong with them.

Every family is our own cut of a packaged font (see `fontbuild`), one file per family and all with
the same vertical metrics, so that a page holds exactly 22 lines and no stray system font gets in.
This module needs no Django: the rendering workers use it too.
"""

import ctypes.util
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

LATIN, FANG, KAI = "WF Latin", "WF Fang", "WF Kai"
SONG, TITLE, HEI = "WF Song", "WF Biaosong", "WF Hei"
HAN_A, HAN_B = "WF Han A", "WF Han B"
FAMILIES: Final = (LATIN, FANG, KAI, SONG, TITLE, HEI, HAN_A, HAN_B)
MANIFEST: Final = "manifest.json"
HARFBUZZ_FLOOR: Final = (4, 1)
BUILD: Final = 4  # raise when the cutting changes, so that old caches are made anew


def folder() -> Path:
    """The font cache: WUFANG_FONTS in the environment, else beside the paper files."""
    if named := os.environ.get("WUFANG_FONTS"):
        return Path(named)
    from django.conf import settings

    return Path(settings.WUFANG_FILES).parent / "fonts"


def manifest(where: Path | None = None) -> dict[str, object]:
    """What `build_fonts` wrote about its result; empty when nothing was built."""
    path = (where or folder()) / MANIFEST
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


@lru_cache(maxsize=4)
def _coverage(where: Path) -> frozenset[int]:
    words = (where / "coverage.txt").read_text("ascii").split()
    pairs = (word.split("-") for word in words)
    return frozenset(n for low, high in pairs for n in range(int(low, 16), int(high, 16) + 1))


def coverage() -> frozenset[int]:
    """All code points that some font of ours can draw. Raises: FileNotFoundError before the build."""
    return _coverage(folder())


def uncovered(text: str) -> list[str]:
    """The characters of a text that no font of ours can draw, in code order."""
    cover = coverage()
    return sorted({c for c in text if ord(c) not in cover and not c.isspace()})


def problems() -> list[str]:
    """What keeps papers from being printed on this machine, in words; empty when all is well."""
    found = []
    if ctypes.util.find_library("harfbuzz-subset") is None:
        found.append(
            "libharfbuzz-subset0 is missing (papers would take fifty times as long): "
            "apt-get install libharfbuzz-subset0"
        )
    if ctypes.util.find_library("pango-1.0") is None:
        found.append("Pango is missing: apt-get install libpango-1.0-0 libpangoft2-1.0-0")
    return found + _cache_problems(folder())


def _cache_problems(where: Path) -> list[str]:
    made = manifest(where)
    if made.get("build") != BUILD:
        return [f"The fonts of papers are not cut yet ({where}): manage.py build_fonts"]
    files = made.get("files", {})
    names = list(files) if isinstance(files, dict) else []
    lost = [name for name in names if not (where / "faces" / name).exists()]
    return [
        f"Font {name} is missing from {where}: manage.py build_fonts --force" for name in lost
    ]


def remarks() -> list[str]:
    """What is not wrong but should be known (a substitute for the official 仿宋)."""
    notes = manifest().get("remarks", [])
    return [str(note) for note in notes] if isinstance(notes, list) else []
