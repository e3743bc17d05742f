"""Reads a YAML file and keeps the line of everything, so that an error can name it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml


class BadStory(Exception):
    """The story file cannot be played as it is written."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path, self.line, self.problem = path, line, problem


class Lines(dict[str, Any]):
    """A mapping that knows where it stands: `line` its own, `lines` that of each key."""

    line: int = 0
    lines: dict[str, int]


class _Loader(yaml.SafeLoader):
    """SafeLoader whose mappings are Lines and which refuses a key given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lines:
    found = Lines()
    found.line, found.lines = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node))
        if key in found:
            raise yaml.MarkedYAMLError(
                problem=f"'{key}' is given twice", problem_mark=key_node.start_mark
            )
        found[key] = loader.construct_object(value_node, deep=True)
        found.lines[key] = key_node.start_mark.line + 1
    return found


# YAML 1.1 reads on, off, yes and no as truth values; in a story "on" is the day of an act.
_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != _BOOL]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path, edit: Callable[[str], str] = str) -> Lines:
    """The file's mapping, its text changed first by `edit`. Raises: BadStory (unreadable, not YAML, not a mapping)."""
    try:
        text = edit(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadStory(path, 0, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadStory(path, 0, "is not UTF-8 text") from error
    try:
        found = yaml.load(text, _Loader)  # noqa: S506  (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise BadStory(
            path, mark.line + 1 if mark else 0, error.problem or "is not YAML"
        ) from error
    if not isinstance(found, Lines):
        raise BadStory(path, 1, "a story is a mapping with 'story', 'title' and 'acts'")
    return found
