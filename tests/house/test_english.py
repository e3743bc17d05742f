"""English is complete: the screens hold no Chinese of their own, it all lies in the catalogue."""

import ast
import re

import pytest
from django.conf import settings

HAN = re.compile(r"[\u4e00-\u9fff]")
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)
SCREENS = settings.ROOT / "mediation"
ROOMS = ("api", "desks", "engine", "flows", "forms", "templatetags", "views")
# The switch to the other language, dates as Chinese writes them, the legal text of an agreement and of a record,
# and what the API's documentation shows as examples: Chinese data, as an agency sends them.
BY_RIGHT = {"language.html", "wufang.py", "worker.py", "clauses.py", "snippets.py"}
EXAMPLES = {SCREENS / "api" / "partner.py", SCREENS / "api" / "exchange.py"}


def spoken(path):
    """The words in a file that a person could see, comments and docstrings left out."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return COMMENT.sub("", text)
    tree = ast.parse(text)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    words = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
    ]
    return "\n".join(words)


def files():
    rooms = [path for room in ROOMS for path in (SCREENS / room).rglob("*.py")]
    return sorted([*rooms, *(SCREENS / "templates").rglob("*.html")])


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SCREENS)))
def test_no_screen_speaks_chinese_by_itself(path):
    if path.name not in BY_RIGHT and path not in EXAMPLES:
        assert HAN.findall(spoken(path)) == []


def test_the_check_would_notice():
    assert HAN.findall(spoken(SCREENS / "forms" / "clauses.py"))
