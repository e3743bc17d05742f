"""Small cells of an outside report: hidden, and not to be found by subtracting."""

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from casework.statistics.hiding import LEAST, hidden, shown, total


def could_be(cells, whole):
    """All that an attacker who knows rule, total and shown cells must think possible, cell by cell.

    Whatever tables of one to twelve in the hidden places add up and would have been printed like this.
    """
    away = [name for name, words in cells.items() if words == "*"]
    left = whole - sum(int(words) for words in cells.values() if words != "*")
    possible = {name: set() for name in away}
    for numbers in product(range(1, min(left, 12) + 1), repeat=len(away)):
        if sum(numbers) != left:
            continue
        table = {name: int(words) for name, words in cells.items() if words != "*"}
        table |= dict(zip(away, numbers, strict=True))
        if {name for name, words in shown(table).items() if words == "*"} == set(away):
            for name, number in zip(away, numbers, strict=True):
                possible[name].add(number)
    return possible


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_no_hidden_cell_follows_from_what_is_shown(numbers):
    counts = {f"区{place}": n for place, n in enumerate(numbers)}
    cells = shown(counts)
    assert all(
        words == "*" or int(words) == 0 or int(words) >= LEAST for words in cells.values()
    )
    if total(counts) == "*":
        assert set(cells.values()) == {"*"}
        return
    for name, possible in could_be(cells, sum(numbers)).items():
        assert len(possible) > 1, (counts, name)


def test_no_table_of_up_to_four_cells_gives_a_hidden_one_away():
    """Every table of up to four cells of nought to ten, in every order, against all that print alike."""
    for size in range(1, 5):
        alike = defaultdict(list)
        for numbers in product(range(11), repeat=size):
            cells = shown(dict(enumerate(numbers)))
            printed = tuple(cells[place] for place in range(size))
            alike[total(dict(enumerate(numbers))), printed].append(numbers)
        for (whole, printed), tables in alike.items():
            if whole == "*" or max(tables[0]) > 8:  # of larger ones not all rivals were printed
                continue
            for place, words in enumerate(printed):
                assert words != "*" or len({each[place] for each in tables}) > 1, tables


def test_one_small_cell_takes_the_next_one_along():
    counts = {"渝中区": 40, "两江新区": 31, "涪陵区": 3, "江北区": 0}
    assert hidden(counts) == {"涪陵区", "两江新区"}
    assert shown(counts) == {"渝中区": "40", "江北区": "0", "两江新区": "*", "涪陵区": "*"}
    assert total(counts) == "74"


def test_nothing_small_nothing_hidden_and_a_table_of_one_small_cell_is_not_shown():
    assert shown({"渝中区": 40, "江北区": 5}) == {"渝中区": "40", "江北区": "5"}
    assert shown({"渝中区": 3}) == {"渝中区": "*"}
    assert total({"渝中区": 3}) == "*"
    assert total({}) == "0"
