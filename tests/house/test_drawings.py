"""Shapes and icons that a template names are drawn: a wrong name breaks a page only when it is shown."""

import re

import pytest

from config.server import places
from mediation.templatetags import wufang

TEMPLATES = sorted((places.CHECKOUT / "mediation" / "templates").rglob("*.html"))
DRAWN = {"shape": set(wufang._SHAPES), "icon": set(wufang._ICONS)}


@pytest.mark.parametrize("tag", DRAWN)
def test_every_drawing_that_a_template_names_is_there(tag):
    named = re.compile(r"{%\s*" + tag + r"\s+[\"']([^\"']+)[\"']")
    found = {
        (str(path.relative_to(places.CHECKOUT)), name)
        for path in TEMPLATES
        for name in named.findall(path.read_text(encoding="utf-8"))
    }
    assert found
    assert {row for row in found if row[1] not in DRAWN[tag]} == set()
