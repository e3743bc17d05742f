"""Templates that people write: only our own tags and parts, no file, no network, no script.

A text from the database goes through an engine of its own that knows the parts of papers and nothing
else; what it makes is looked at tag by tag. The press refuses whatever asks for an address all the same.
"""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import gettext as _

from documents.templatetags import paper

PARTS = Path(__file__).parent / "templates" / "documents"
MOST_CHARACTERS, MOST_LOOPS, DEEPEST_LOOP = 60_000, 60, 3
TAGS = frozenset(
    [
        "extends",
        "block",
        "endblock",
        "if",
        "elif",
        "else",
        "endif",
        "for",
        "empty",
        "endfor",
        "include",
        "load",
        "with",
        "endwith",
        "comment",
        "endcomment",
    ]
)
FILTERS = frozenset(paper.register.filters) | {"default", "length", "add", "first", "last"}
ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "div",
        "p",
        "span",
        "h1",
        "h2",
        "h3",
        "table",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "img",
        "br",
        "b",
        "i",
        "em",
        "strong",
        "ul",
        "ol",
        "li",
        "sup",
        "sub",
    ]
)
ATTRIBUTES = frozenset(
    [
        "class",
        "style",
        "alt",
        "src",
        "lang",
        "charset",
        "name",
        "content",
        "colspan",
        "rowspan",
        "scope",
        "id",
    ]
)
STYLES = frozenset(
    [
        "bottom",
        "height",
        "letter-spacing",
        "line-height",
        "overflow-wrap",
        "padding-top",
        "padding-bottom",
        "right",
        "text-align",
        "text-indent",
        "vertical-align",
        "width",
        "break-inside",
        "break-before",
        "break-after",
        "font-size",
        "margin-top",
        "margin-bottom",
        "position",
        "table-layout",
        "white-space",
    ]
)
SMALLEST_PT = 6.0
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
FILTER = re.compile(r"\|\s*(\w+)")
PICTURE = re.compile(r"asset:(?:qr|seal|chart\d{1,2})")
LENGTH = re.compile(r"-?\d+(?:\.\d+)?(?:pt|mm|em|%)?|[a-z-]+")


@cache
def _engine() -> Engine:
    parts = {f"documents/{path.name}": path.read_text("utf-8") for path in PARTS.glob("*.html")}
    return Engine(
        loaders=[("django.template.loaders.locmem.Loader", parts)],
        libraries={"paper": "documents.templatetags.paper"},
    )


def render(source: str, context: dict[str, object]) -> str:
    """A template of the database, filled in. Raises: TemplateSyntaxError."""
    return _engine().from_string(source).render(Context(context))


def built_in(code: str) -> str:
    """The template of a paper as the release brought it."""
    return (PARTS / f"{code.lower()}.html").read_text("utf-8")


def problems_of_source(source: str) -> list[str]:
    """What a template must not say, each in one sentence; empty when it may be tried."""
    if len(source) > MOST_CHARACTERS:
        return [
            _("The template is longer than %(most)d characters.") % {"most": MOST_CHARACTERS}
        ]
    tokens = Lexer(source).tokenize()
    found = [*_loops(tokens)]
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            found += _tag(token)
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            names = FILTER.findall(QUOTED.sub("", token.contents))
            found += [
                _("Line %(line)d: the filter “%(name)s” is not allowed.")
                % {"line": token.lineno, "name": name}
                for name in names
                if name not in FILTERS
            ]
    if not found:
        try:
            _engine().from_string(source)
        except TemplateSyntaxError as error:
            found.append(_("The template cannot be read: %(why)s") % {"why": str(error)[:160]})
    return list(dict.fromkeys(found))


def _tag(token: Token) -> Iterator[str]:
    name, *rest = token.split_contents() or [""]
    where = {"line": token.lineno, "name": name}
    if name not in TAGS:
        yield _("Line %(line)d: the tag “%(name)s” is not allowed.") % where
    if name == "load" and rest != ["paper"]:
        yield _("Line %(line)d: only “paper” can be loaded.") % where
    if name in ("extends", "include") and not _is_part(rest[:1]):
        yield _("Line %(line)d: only parts of papers can be taken in.") % where


def _is_part(named: list[str]) -> bool:
    name = named[0] if named else ""
    quoted = len(name) > 2 and name[0] == name[-1] and name[0] in "\"'"
    return (
        quoted
        and re.fullmatch(r"documents/\w+\.html", name[1:-1]) is not None
        and (PARTS / name[11:-1]).exists()
    )


def _loops(tokens: list[Token]) -> Iterator[str]:
    depth = deepest = count = 0
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split(" ", 1)[0]
            count += name == "for"
            depth += (name == "for") - (name == "endfor")
            deepest = max(deepest, depth)
    if deepest > DEEPEST_LOOP or count > MOST_LOOPS:
        yield _("There are too many loops, or loops in loops.")


def problems_of_page(html: str) -> list[str]:
    """What a filled-in page must not hold: elements, attributes, styles and pictures of others."""
    look = _Look()
    look.feed(html)
    return list(dict.fromkeys(look.found))


class _Look(HTMLParser):
    """Walks a page and writes down what is not allowed on paper."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element with its attributes."""
        if tag not in ELEMENTS:
            self.found.append(_("The element <%(name)s> is not allowed.") % {"name": tag[:20]})
        for name, value in attrs:
            words = value or ""
            if name not in ATTRIBUTES:
                self.found.append(
                    _("The attribute “%(name)s” is not allowed.") % {"name": name[:20]}
                )
            if name == "src" and not PICTURE.fullmatch(words):
                self.found.append(_("Only the paper's own pictures can be shown."))
            if name == "style":
                self.found += _styles(words)


def _styles(words: str) -> Iterator[str]:
    for part in filter(str.strip, words.split(";")):
        name, _colon, value = (piece.strip() for piece in part.partition(":"))
        fits = all(LENGTH.fullmatch(piece) for piece in value.split())
        small = name in ("font-size", "line-height") and _points(value) < SMALLEST_PT
        if name not in STYLES or not fits or small:
            yield _("The style “%(name)s” is not allowed.") % {"name": part.strip()[:40]}


def _points(value: str) -> float:
    return float(value[:-2]) if re.fullmatch(r"\d+(?:\.\d+)?pt", value) else SMALLEST_PT
