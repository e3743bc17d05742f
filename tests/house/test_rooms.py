"""Rooms stay readable: no long file, no module that its room's map forgot, no kind of event that nothing writes."""

import importlib
import re

import pytest

from casework.kinds import Kind
from config.server import places

ROOMS = ("casework", "documents", "mediation", "config")
MAPPED = ("casework.queries", "mediation.desks", "mediation.flows")
MADE = "config/refusals.py"  # listed by `manage.py list_refusals`


def modules(*folders):
    for folder in folders:
        for path in sorted((places.CHECKOUT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(places.CHECKOUT).as_posix(), path.read_text("utf-8")


@pytest.mark.parametrize(("folders", "most"), [(ROOMS, 250), (("tests", "bench"), 350)])
def test_a_file_can_be_read_in_one_go(folders, most):
    """A longer one holds two things: split it by meaning."""
    lines = {name: text.count("\n") for name, text in modules(*folders) if name != MADE}
    assert {name: count for name, count in lines.items() if count > most} == {}


@pytest.mark.parametrize("room", MAPPED)
def test_the_map_of_a_crowded_room_names_every_module(room):
    folder = places.CHECKOUT / room.replace(".", "/")
    named = set(re.findall(r"`(\w+)`", importlib.import_module(room).__doc__ or ""))
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} - named == set()


def test_every_kind_of_event_is_written_by_somebody():
    code = "\n".join(text for name, text in modules(*ROOMS) if name != "casework/kinds.py")
    used = set(re.findall(r"\b(?:Kind\.)?([A-Z][A-Z_0-9]+)\b", code))
    assert [kind.name for kind in Kind if kind.name not in used] == []
