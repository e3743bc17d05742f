"""Lines of the program's log: what broke and where, never what was written about a person.

PostgreSQL tells the failing row in an error's DETAIL: names, telephone, the words of a call. The log keeps the
error, its place and the constraint, which are in the first line and in the traceback.
"""

import logging
import re
from types import TracebackType
from typing import TypeAlias

Raised: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)
# From the word on, to the next exception of the chain or the end: a row may hold line feeds of its own.
DETAIL = re.compile(
    r"\n\s*DETAIL:.*?(?=\n\n(?:The above exception was|During handling of the above)|\Z)",
    re.DOTALL,
)


class Line(logging.Formatter):
    """One line, and a traceback without rows."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        """The message, without a row that an error told."""
        return DETAIL.sub("", super().formatMessage(record))

    def formatException(self, ei: Raised) -> str:  # noqa: N802 (logging's own name)
        """The traceback, without rows that errors told."""
        return DETAIL.sub("", super().formatException(ei))
