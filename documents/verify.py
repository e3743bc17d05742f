"""What anybody may learn about a paper by its code: genuine, superseded, voided or unknown."""

from dataclasses import dataclass

from documents.models import Mark

GENUINE, SUPERSEDED, VOIDED, UNKNOWN = "genuine", "superseded", "voided", "unknown"
ANSWERS = {"VALID": GENUINE, "SUPERSEDED": SUPERSEDED, "VOIDED": VOIDED}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer, and what the paper is. No names, no case."""

    answer: str
    mark: Mark | None = None


def bare(code: str) -> str:
    """A code as it is stored: without hyphens and blanks, in capitals."""
    return code.replace("-", "").replace(" ", "").upper()


def verdict(code: str) -> Verdict:
    """What is known under a verification code."""
    mark = Mark.objects.filter(pk=bare(code)[:16]).first() if code else None
    return Verdict(answer=ANSWERS[mark.life] if mark else UNKNOWN, mark=mark)
