"""What an outside report may show: no small cell, and none that can be worked out from the others."""

from collections.abc import Mapping

LEAST = 5  # cells under this are hidden in outside reports [P]


def hidden(counts: Mapping[str, int]) -> frozenset[str]:
    """The cells of a table with a known total that are not shown.

    Cells of one to four are hidden. If their sum alone would tell them (one cell, or a sum under five,
    or as many as there are ones or fours), the next smallest cell is hidden with them, and all that
    equal it, until each hidden cell could be one of several numbers. A nought is shown: it tells of
    nobody.
    """
    cells = sorted((n, name) for name, n in counts.items() if n > 0)
    taken = [each for each in cells if each[0] < LEAST]
    rest = [each for each in cells if each[0] >= LEAST]
    while taken and rest and not _hides([n for n, _name in taken], rest[0][0]):
        taken.append(rest.pop(0))
    if taken and not _safe([n for n, _name in taken]):
        return frozenset(counts)  # nothing of this table can be shown
    return frozenset(name for _n, name in taken)


def _hides(numbers: list[int], next_shown: int) -> bool:
    """Whether the sum tells no cell, nor the order in which cells are taken: an equal one left in
    view would say which of the hidden ones is the large one.
    """
    largest = max(numbers)
    return _safe(numbers) and (largest < LEAST or next_shown > largest)


def _safe(numbers: list[int]) -> bool:
    """At least two cells, five people, and no cell that the sum settles.

    Whoever reads knows the rule: a hidden cell has one or more, and at least two of them were hidden
    because they are small or stand beside one that is.
    """
    whole, most = sum(numbers), max(numbers)
    if len(numbers) < 2 or whole < LEAST:  # noqa: PLR2004 (one cell is its own sum)
        return False
    return whole > len(numbers) and (most >= LEAST or whole < (LEAST - 1) * len(numbers))


def shown(counts: Mapping[str, int]) -> dict[str, str]:
    """The table as an outside reader sees it, largest first; a hidden number is an asterisk."""
    away = hidden(counts)
    rows = sorted(counts.items(), key=lambda row: (row[0] in away, -row[1], row[0]))
    return {name: "*" if name in away else str(n) for name, n in rows}


def total(counts: Mapping[str, int]) -> str:
    """The total of the table; not told either where nothing of it is."""
    away = hidden(counts)
    return "*" if away and away == frozenset(counts) else str(sum(counts.values()))
