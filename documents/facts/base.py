"""How facts of papers are declared, checked, frozen to JSON and read back."""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

Facts = TypeVar("Facts")
BLANK = ("", None, ())


class FactMissing(Exception):
    """A paper lacks facts it must state; the message names them in Chinese."""


class Contradiction(Exception):
    """Facts of a paper contradict each other; the message says which."""


def need(label: str) -> Any:
    """A fact without which the paper is not printed; `label` is its Chinese name."""
    return field(metadata={"label": label, "must": True})


def may(label: str, default: Any = "") -> Any:
    """A fact that may be absent."""
    return field(default=default, metadata={"label": label})


def missing(facts: Any) -> list[str]:
    """Chinese names of the mandatory facts that are empty, those of inner lines included."""
    found = []
    for slot in dataclasses.fields(facts):
        value, label = getattr(facts, slot.name), slot.metadata.get("label", slot.name)
        if slot.metadata.get("must") and value in BLANK:
            found.append(label)
        for inner in value if isinstance(value, tuple) else (value,):
            if dataclasses.is_dataclass(inner):
                found += [f"{label}·{name}" for name in missing(inner)]
    return list(dict.fromkeys(found))


def require(facts: Any) -> None:
    """Raises: FactMissing naming every absent mandatory fact; Contradiction."""
    if gone := missing(facts):
        raise FactMissing("缺少必备事项：" + "、".join(gone))
    if wrong := facts.contradictions() if hasattr(facts, "contradictions") else []:
        raise Contradiction("；".join(wrong))


def texts(facts: Any, label: str = "") -> Iterator[tuple[str, str]]:
    """Every text among the facts, with the Chinese name of its place."""
    if isinstance(facts, str):
        yield label, facts
    elif isinstance(facts, tuple):
        for inner in facts:
            yield from texts(inner, label)
    elif dataclasses.is_dataclass(facts):
        for slot in dataclasses.fields(facts):
            name = slot.metadata.get("label", slot.name)
            yield from texts(getattr(facts, slot.name), f"{label}·{name}" if label else name)


def freeze(facts: Any) -> dict[str, Any]:
    """Facts as plain JSON values: dates in ISO, sums as text."""
    return {slot.name: _plain(getattr(facts, slot.name)) for slot in dataclasses.fields(facts)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return freeze(value)
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def canonical(data: Any) -> str:
    """One text for equal data: sorted keys, no blanks, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(code: str, facts: Any) -> str:
    """SHA-256 of a paper's code and facts, in hex: printed on the paper."""
    return hashlib.sha256(
        canonical({"code": code, "facts": freeze(facts)}).encode()
    ).hexdigest()


def digest_sm3(code: str, facts: Any) -> str:
    """SM3 (GB/T 32905) of the same text, in hex: printed beside it."""
    text = canonical({"code": code, "facts": freeze(facts)})
    return hashlib.new("sm3", text.encode()).hexdigest()


def thaw(kind: type[Facts], data: dict[str, Any]) -> Facts:
    """Facts of a kind from what `freeze` made; a fact added since takes its default."""
    hints = typing.get_type_hints(kind)
    known = {name: _read(hints[name], value) for name, value in data.items() if name in hints}
    return kind(**known)


READERS: dict[Any, Any] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
}


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(arm for arm in typing.get_args(hint) if arm is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_read(typing.get_args(hint)[0], inner) for inner in value)
    if dataclasses.is_dataclass(hint):
        return thaw(typing.cast("type[Any]", hint), value)
    return READERS.get(hint, lambda same: same)(value)


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What issuing adds to the facts: number, day, edition, verification code, hash of the facts."""

    code: str
    number: str
    issued_on: date
    issued_at: datetime
    check: str
    facts_sha256: str
    facts_sm3: str = ""
    edition: int = 1
    sealed: bool = False
    seal_name: str = ""
    address: str = ""  # of the verification page, for the QR code
    stamp: str = ""  # 副本 on a copy; 预览 on what is not issued
