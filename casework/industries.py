"""Industries by section of GB/T 4754-2017, as data."""

from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

FILE = Path(__file__).with_name("data") / "industries.yaml"


@cache
def sections() -> dict[str, dict[str, str]]:
    """Each section's letter with its name in Chinese ("zh") and English ("en")."""
    found: dict[str, dict[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def industry_name(code: str) -> str:
    """A section in the language of the page; the code itself if there is no such section."""
    names = sections().get(code)
    return names["zh" if (get_language() or "").startswith("zh") else "en"] if names else code


def choices() -> list[tuple[str, str]]:
    """What can be chosen: the letter and the name."""
    return [(code, f"{code} {industry_name(code)}") for code in sections()]
