"""In what order tests run: each worker begins with its share of the long ones, the rest in random order."""

from collections import defaultdict
from collections.abc import Sequence

import pytest

UNTOLD = 5.0  # seconds of a test that is called slow without a number


def seconds(item: pytest.Item) -> float:
    """About how long a test takes, as its mark `slow` says; 0 without the mark."""
    mark = item.get_closest_marker("slow")
    return float(mark.args[0] if mark.args else UNTOLD) if mark else 0.0


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """The items in as many stretches as there are workers, which each take one and then steal.

    Slow tests of one file stay together: they share a house that only one of them builds.
    """
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if seconds(item):
            files[item.nodeid.partition("::")[0]].append(item)
    hands: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for slow in sorted(files.values(), key=_together, reverse=True):
        min(hands, key=_together).extend(slow)
    quick = [item for item in items if not seconds(item)]
    answer: list[pytest.Item] = []
    for left, hand in zip(range(workers, 0, -1), hands, strict=True):
        size = (len(items) - len(answer)) // left  # as pytest-xdist will cut it
        more = max(0, size - len(hand))
        answer += [*sorted(hand, key=seconds, reverse=True), *quick[:more]]
        quick = quick[more:]
    return answer + quick


def _together(items: Sequence[pytest.Item]) -> float:
    return sum(map(seconds, items))
