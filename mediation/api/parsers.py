"""JSON in, refused early when it would only fail later: NUL, lone surrogates, depth, size."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MOST_BYTES = 1_000_000
MOST_DEPTH = 20


class CleanJSONParser(BaseParser):
    """Parses JSON that PostgreSQL can store and a form can read."""

    media_type = "application/json"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The parsed value. Raises: ParseError with the reason in words."""
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise ParseError(_("The request is larger than 1 MB."))
        try:
            found = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("This is not JSON.")) from error
        _look(found, 0)
        return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _look(value: Any, depth: int) -> None:
    if depth > MOST_DEPTH:
        raise ParseError(_("The request is nested too deeply."))
    if isinstance(value, str):
        _look_at_text(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            _look_at_text(key)
            _look(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _look(item, depth + 1)


def _look_at_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ParseError(_("The text holds characters that cannot be stored."))
