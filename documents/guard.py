"""The first glyph net: text that cannot or must not be printed is refused, at its place.

Refused: characters no font of ours draws; the private use area (old name characters); direction
controls; control characters; lone surrogates; variation selectors (silently dropped in print);
Kangxi radicals (they look like another character's double); texts too long or without a break.
"""

import re
import unicodedata
from typing import Any

from documents import fonts
from documents.facts.base import texts

LONGEST, LONGEST_RUN = 20_000, 200
RUN = re.compile(rf"[!-~]{{{LONGEST_RUN + 1},}}")
RADICALS = (0x2E80, 0x2FDF)
SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x180B, 0x180F))
ALLOWED_CONTROLS = "\n\r\t"


class Unprintable(ValueError):
    """A text cannot be printed; the message names the place and the characters."""


def complaints(text: str) -> list[str]:
    """What is wrong with a text, in Chinese words; empty when it can be printed."""
    found = []
    if len(text) > LONGEST:
        found.append(f"超过{LONGEST}字")
    if RUN.search(text):
        found.append(f"连续{LONGEST_RUN}个以上字符没有间断")
    if bad := sorted({char for char in text if _forbidden(char)}):
        found.append("含不允许的字符 " + _codes(bad))
    elif lost := fonts.uncovered(text):
        found.append("字库中没有 " + _codes(lost))
    return found


def require_printable(facts: Any) -> None:
    """Raises: Unprintable naming each place among the facts that cannot be printed."""
    wrong = [
        f"“{place}”{'；'.join(said)}"
        for place, text in texts(facts)
        if (said := complaints(text))
    ]
    if wrong:
        raise Unprintable("；".join(wrong))


def _forbidden(char: str) -> bool:
    point = ord(char)
    if point < 0x2E80:
        return (
            unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}
            and char not in ALLOWED_CONTROLS
        )
    inside = any(low <= point <= high for low, high in SELECTORS)
    radical = RADICALS[0] <= point <= RADICALS[1]
    return inside or radical or unicodedata.category(char) in {"Cf", "Co", "Cs", "Cn"}


def _codes(chars: list[str]) -> str:
    shown = (
        f"{c}（U+{ord(c):04X}）" if c.isprintable() else f"U+{ord(c):04X}" for c in chars[:8]
    )
    return "、".join(shown)
