"""Which fields are shown to whom: masks, made on the server, by the cells of the access matrix."""

from collections.abc import Sequence
from functools import cache

from casework.access.roles import matrix

READ, MASKED, LABEL, EXISTS, HASH, NOTHING = "R", "m", "l", "e", "h", "-"
_ORDER = (READ, MASKED, LABEL, HASH, EXISTS, NOTHING)


@cache
def cells() -> dict[str, dict[str, str]]:
    """Field group -> column -> cell."""
    columns = matrix()["columns"]
    return {
        group: dict(zip(columns, row["cells"].split(), strict=True))
        for group, row in matrix()["fields"].items()
    }


def cell(roles: Sequence[str], group: str) -> str:
    """The widest cell that a person's roles have for a field group; nothing without a role."""
    table, row = matrix()["roles"], cells()[group]
    held = [row[table[role]["column"]] for role in roles]
    return min(held, key=_ORDER.index, default=NOTHING)


def may_read(roles: Sequence[str], group: str) -> bool:
    """Whether the full value may be shown."""
    return cell(roles, group) == READ


def shown(value: str, kind: str, roles: Sequence[str], group: str) -> str:
    """A value as a role may see it: full, masked, or empty. `kind` names the mask."""
    found = cell(roles, group)
    if found == READ:
        return value
    return mask(value, kind) if found == MASKED else ""


def mask(value: str, kind: str) -> str:
    """Mask a value: phone 138****1234, identity 330***********34, name 张*, bank card last 4."""
    if not value:
        return ""
    return _MASKS[kind](value)


def _phone(value: str) -> str:
    return f"{value[:3]}****{value[-4:]}" if len(value) > 7 else "****"  # noqa: PLR2004


def _identity(value: str) -> str:
    """Front 3 and back 2: more would leave too few candidates beside an age."""
    return value[:3] + "*" * max(len(value) - 5, 0) + value[-2:] if len(value) > 5 else "*****"  # noqa: PLR2004


def _name(value: str) -> str:
    return value[0] + "*" * (len(value) - 1)


def _bank(value: str) -> str:
    return f"**** {value[-4:]}" if len(value) > 4 else "****"  # noqa: PLR2004


def _address(value: str) -> str:
    """To the district: up to the first 区, 县 or 市 after a province's or city's name."""
    for mark in ("区", "县", "市"):
        head, found, _rest = value.partition(mark)
        if found:
            return f"{head}{found}***"
    return "***"


_MASKS = {
    "phone": _phone,
    "identity": _identity,
    "name": _name,
    "bank": _bank,
    "address": _address,
}
