"""The taxonomy of disputes: two levels, with court causes and statistical groups, as data."""

from dataclasses import dataclass
from functools import cache

from casework.rules.data import read


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry: `A02` or `A02.01`, its Chinese name, court cause number, statistical group."""

    code: str
    name: str
    court: str = ""
    group: str = ""

    @property
    def parent(self) -> str:
        """The first level: A02 of A02.01."""
        return self.code.partition(".")[0]


@cache
def causes() -> dict[str, Cause]:
    """All entries by code, in the order of the table."""
    table = read("taxonomy.yaml")["causes"]
    return {code: Cause(code=code, **row) for code, row in table.items()}


def version() -> str:
    """The day from which this version of the table counts, as ISO text."""
    return str(read("taxonomy.yaml")["version"])


def cause_name(code: str) -> str:
    """The Chinese name of a cause; the code itself where the table has none."""
    found = causes().get(code)
    return found.name if found else code


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Second-level causes grouped under the first, for a form."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for cause in causes().values():
        if cause.code != cause.parent:
            groups.setdefault(cause.parent, []).append(
                (cause.code, f"{cause.code} {cause.name}")
            )
    return [(cause_name(parent), rows) for parent, rows in groups.items()]
