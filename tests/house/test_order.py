"""Long tests are dealt out so that the workers begin with them and end together."""

from types import SimpleNamespace

from tests import order


def test_each_worker_begins_with_its_share_of_the_long_ones():
    marks = {"a::1": 60, "a::2": 60, "b::1": 90, "c::1": 20, "c::2": 30}
    names = [
        "q::1",
        "a::1",
        "c::1",
        "q::2",
        "b::1",
        "q::3",
        "c::2",
        "q::4",
        "a::2",
        "q::5",
        "q::6",
    ]
    items = [one(name, marks.get(name)) for name in names]
    found = [item.nodeid for item in order.dealt(items, 3)]
    assert found[:3] == ["a::1", "a::2", "q::1"]  # one file stays together, the longest first
    assert found[3:7] == ["b::1", "q::2", "q::3", "q::4"]  # what has no mark keeps its order
    assert found[7:] == ["c::2", "c::1", "q::5", "q::6"]


def test_nothing_is_lost_whatever_is_asked_for():
    few = [one("a::1", 60), one("a::2", None), one("b::1", 5)]
    for workers in (1, 2, 3, 9):
        assert sorted(each.nodeid for each in order.dealt(few, workers)) == [
            "a::1",
            "a::2",
            "b::1",
        ]
    assert order.dealt([], 3) == []


def one(name, seconds):
    mark = SimpleNamespace(args=(seconds,)) if seconds else None
    return SimpleNamespace(nodeid=name, get_closest_marker=lambda _name: mark)
