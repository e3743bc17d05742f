"""Is a paper genuine? By its code (the public page), by its file, or offline from a register.

`python -m documents.verify FILE` needs no Django and no database; only `verdict` and `of_file` do.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.models import Mark

GENUINE, SUPERSEDED, VOIDED, UNKNOWN = "genuine", "superseded", "voided", "unknown"
ALTERED = "altered"
ANSWERS = {"VALID": GENUINE, "SUPERSEDED": SUPERSEDED, "VOIDED": VOIDED}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer, and what the paper is. No names, no case."""

    answer: str
    mark: "Mark | None" = None


def bare(code: str) -> str:
    """A code as it is stored: without hyphens and blanks, in capitals."""
    return code.replace("-", "").replace(" ", "").upper()


def verdict(code: str) -> Verdict:
    """What is known under a verification code."""
    from documents.models import Mark

    mark = Mark.objects.filter(pk=bare(code)[:16]).first() if code else None
    return Verdict(answer=ANSWERS[mark.life] if mark else UNKNOWN, mark=mark)


def of_file(sha256: str, code: str = "") -> Verdict:
    """What is known of a file by its hash; `code` as printed on it tells an altered one."""
    from documents.models import Mark

    mark = Mark.objects.filter(sha256=sha256).first()
    if mark:
        return Verdict(answer=ANSWERS[mark.life], mark=mark)
    named = verdict(code)
    return Verdict(answer=ALTERED, mark=named.mark) if named.mark else named
