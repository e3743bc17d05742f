"""The pictures of the documentation: each is taken by `make pictures`, shown somewhere, and small."""

import re

from config.server import places
from tests.browser.shots import MOST_BYTES, SHOTS

DOCS = places.CHECKOUT / "docs"
PICTURES = DOCS / "pictures"
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]*pictures/([^)]+)\.png)\)")
ROLES = (
    "operator", "manager", "mediator", "liaison", "worker", "employer", "supervisor", "administrator",
    "archivist",
)  # fmt: skip


def shown():
    """Every picture that a page shows: the page, the words for who cannot see it, its file, its name."""
    pages = [places.CHECKOUT / "README.md", *DOCS.rglob("*.md")]
    return [
        (page, words, (page.parent / link).resolve(), name)
        for page in pages
        for words, link, name in SHOWN.findall(page.read_text(encoding="utf-8"))
    ]


def test_what_is_shown_is_taken_and_what_is_taken_is_shown():
    names = {shot.name for shot in SHOTS}
    assert {name for _page, _words, _file, name in shown()} == names
    assert {each.stem for each in PICTURES.glob("*.png")} == names


def test_pictures_are_there_small_and_told_in_words():
    for page, words, file, _name in shown():
        assert file.is_file(), (page, file)
        assert words, (page, file)
        assert file.read_bytes().startswith(b"\x89PNG"), file
        assert file.stat().st_size < MOST_BYTES, file


def test_every_role_has_a_page_with_its_job_and_its_way_out():
    index = (DOCS / "roles" / "README.md").read_text(encoding="utf-8")
    for role in ROLES:
        text = (DOCS / "roles" / f"{role}.md").read_text(encoding="utf-8")
        assert f"({role}.md)" in index
        assert "*In English: " in text, role
        assert "## 出了岔子" in text, role
        assert SHOWN.search(text), role
