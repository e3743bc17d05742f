"""What a paper says of its facts: each fact in the words that stand on the page."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from casework.clock import SHANGHAI
from casework.rules.money import figures

MARK = "※"


def words_of(value: object) -> list[str]:
    """How a fact looks in print; a sum in either of its two ways, a text line by line."""
    if isinstance(value, datetime):
        local = value.astimezone(SHANGHAI)
        return [f"{local.hour}时{local.minute:02d}分"]
    if isinstance(value, date):
        return [f"{value.year}年{value.month}月{value.day}日"]
    if isinstance(value, Decimal):
        return [figures(value), f"{value:,f}"]
    lines = re.split(r"\n", value) if isinstance(value, str) else []
    return [line.strip("。；") for line in lines if line.strip()]


def leaves(
    facts: Any, label: str = "", *, only_must: bool = False
) -> Iterator[tuple[str, Any]]:
    """Every single fact with its Chinese name; on demand only what a paper cannot do without."""
    if isinstance(facts, tuple):
        for inner in facts:
            yield from leaves(inner, label, only_must=only_must)
    elif dataclasses.is_dataclass(facts):
        for slot in dataclasses.fields(facts):
            if slot.metadata.get("must") or not only_must:
                name = slot.metadata.get("label", slot.name)
                yield from leaves(getattr(facts, slot.name), name, only_must=only_must)
    elif not isinstance(facts, bool | int):
        yield label, facts


def marked(facts: Any) -> Any:
    """The same facts with a mark behind each mandatory text: who types them by heart is found out."""
    if isinstance(facts, tuple):
        return tuple(marked(inner) for inner in facts)
    if not dataclasses.is_dataclass(facts) or isinstance(facts, type):
        return facts
    changes = {}
    for slot in dataclasses.fields(facts):
        value = getattr(facts, slot.name)
        if isinstance(value, str) and slot.metadata.get("must") and value:
            changes[slot.name] = value + MARK
        elif isinstance(value, tuple) or dataclasses.is_dataclass(value):
            changes[slot.name] = marked(value)
    return dataclasses.replace(facts, **changes)
