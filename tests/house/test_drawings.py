"""Shapes and icons that a template names are drawn: a wrong name breaks a page only when it is shown."""

import re
from dataclasses import replace

import pytest
from django.utils.translation import override

from config.server import places
from mediation.engine import picture, registry
from mediation.engine.edge_words import Rect
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


def covered(drawn):
    """Words of edges that lie on a shape, on a title or on other words."""
    pieces = [piece for box in drawn["boxes"] for piece in box.pieces]
    said = drawn["words"]
    return [
        each.text
        for each in said
        if any(each.covers.shared(piece) for piece in pieces)
        or any(each.covers.shared(other.covers) for other in said if other is not each)
        or each.covers.bottom > drawn["height"]
        or each.covers.right > drawn["width"]
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", sorted(registry.all_flows()))
def test_the_words_of_a_diagram_cover_nothing(name, language):
    with override(language):
        drawn = picture.draw(registry.flow_named(name), {}, {})
        labels = [edge.label for edge in drawn["edges"] if edge.label]
        assert len(drawn["words"]) == len(labels)
        assert covered(drawn) == []
        if language == "en":
            assert [each.text for each in drawn["words"] if not each.text.isascii()] == []


def test_covered_words_would_be_noticed():
    drawn = picture.draw(registry.flow_named("intake"), {}, {})
    drawn["boxes"][0] = replace(drawn["boxes"][0], x=drawn["words"][0].x, y=0, height=9999)
    assert drawn["words"][0].text in covered(drawn)
    assert Rect(0, 0, 10, 10).shared(Rect(10, 0, 20, 10)) == 0
