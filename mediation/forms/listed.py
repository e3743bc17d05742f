"""Tables above a form: what the file already knows, for `steps/listed.html`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


def table(
    title: Words,
    heads: Sequence[Words],
    rows: Iterable[Sequence[Any]],
    *,
    empty: Words = "",
    note: Words = "",
) -> dict[str, Any]:
    """One table; each cell carries its head, which narrow screens show beside it."""
    return {
        "title": title, "note": note, "heads": list(heads), "empty": empty,
        "rows": [list(zip(heads, row, strict=True)) for row in rows],
    }  # fmt: skip
