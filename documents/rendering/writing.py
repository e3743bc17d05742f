"""Remedies for pydyf 0.13, which writes the PDF: each object turned into bytes once and quickly.

The bytes mean the same; `test_speed` compares them stream by stream with what pydyf writes by itself.
"""

import re
import zlib
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

ZLIB_LEVEL = 2  # pydyf asks for 9: an eighth of the time for a fiftieth of the size
OPERATORS = {"M": "m", "L": "l", "C": "c"}
NUMBER = r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?"
SIMPLE = re.compile(rf"(?:[MLC]{NUMBER}(?: {NUMBER})*|Z)+")
STEP = re.compile(r"([MLC])([^MLCZ]+)")


def install() -> None:
    """Put the remedies in place (once per process)."""
    import pydyf

    pydyf.zlib = SimpleNamespace(
        compress=zlib.compress,
        compressobj=lambda level=ZLIB_LEVEL: zlib.compressobj(min(level, ZLIB_LEVEL)),
    )
    pydyf._to_bytes = _by_type(pydyf._to_bytes)


def _by_type(plain: Any) -> Any:
    """The common kinds are told by their type, without a walk through isinstance."""

    def to_bytes(item: Any) -> Any:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str or kind is int:
            return str(item).encode("ascii")
        return plain(item)

    return to_bytes


def settle(pdf: Any) -> None:
    """Turn every finished object into its bytes, once: pydyf makes them anew for the identifier."""
    import pydyf

    class Settled(pydyf.Object):  # type: ignore[misc]
        """An object that is bytes already."""

        data = b""
        compressible = False

    for place, thing in enumerate(pdf.objects):
        if thing.free == "f":
            continue
        settled = Settled()
        settled.number, settled.generation = thing.number, thing.generation
        settled.data, settled.compressible = thing.data, thing.compressible
        pdf.objects[place] = settled


@lru_cache(maxsize=16)
def operators(path: str) -> bytes:
    """The PDF operators of a simple SVG path: absolute M, L, C and Z, numbers without idle zeros."""
    steps = STEP.sub(lambda step: f"{step[2]} {OPERATORS[step[1]]}\n", path)
    return steps.replace("Z", "h\n").rstrip().encode("ascii")


def is_simple(path: str) -> bool:
    """Whether `operators` may draw a path."""
    return SIMPLE.fullmatch(path) is not None
