"""What the documentation names is there: links, files of the house, targets of make, commands of manage.py."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from config.server import places

HOUSE = places.CHECKOUT
PAGES = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")])
TOPS = ("casework", "documents", "mediation", "config", "tests", "docs", "bench")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
NAMED = re.compile(rf"`((?:{'|'.join(TOPS)})/[\w./*-]+)`")
MADE = re.compile(r"(?:`|^)make ([a-z][a-z-]*)", re.M)
ASKED = re.compile(r"manage\.py ([a-z_]+)")


def name(path):
    return path.relative_to(HOUSE).as_posix()


def is_there(path: str, page: Path) -> bool:
    spot = page.parent / path
    return any(spot.parent.glob(spot.name)) if "*" in spot.name else spot.exists()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_nothing_that_is_not_there(page):
    text = page.read_text("utf-8")
    links = [link for link in LINK.findall(text) if "://" not in link]
    assert [link for link in links if not is_there(link, page)] == []
    if page.name == "CHANGELOG.md":  # history may name what went since
        return
    assert [path for path in NAMED.findall(text) if not is_there(path, HOUSE / "here")] == []
    targets = set(re.findall(r"^([a-z-]+):", (HOUSE / "Makefile").read_text("utf-8"), re.M))
    assert set(MADE.findall(text)) - targets == set()
    assert set(ASKED.findall(text)) - set(get_commands()) == set()


def test_every_decision_stands_in_the_list():
    folder = HOUSE / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text("utf-8")))
    assert {path.name for path in folder.glob("0*.md")} == listed
