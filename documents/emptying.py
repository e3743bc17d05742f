"""Editions that no longer stand and name somebody who asked to stay unnamed: their contents are taken out.

The row stays, with number, edition, hashes, verification code and its place in the chain of editions,
so that numbers have no gap, the ledger still verifies, and a printed copy is still told as superseded.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from casework import events
from casework.models import Case
from documents import letting_go
from documents.models import Life, Paper, PaperState, Preview

SHORTEST = 2  # signs: a shorter word would be found in every paper


def naming(case: Case, words: Collection[str]) -> list[Paper]:
    """Papers of a case whose frozen facts hold one of the words, oldest first."""
    rows = Paper.objects.filter(case=case).exclude(state=PaperState.EMPTIED).order_by("id")
    return [row for row in rows if _holds(row.facts, words)]


def _holds(facts: str, words: Collection[str]) -> bool:
    return any(len(word) >= SHORTEST and word in facts for word in words)


@transaction.atomic
def empty(paper: Paper, *, at: datetime, reason: str) -> bool:
    """Take facts and bytes out of an edition that does not stand; twice is once, one that stands is left alone."""
    row = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    if row.life == Life.VALID or row.state == PaperState.EMPTIED:
        return False
    row.state, row.facts, row.failure = PaperState.EMPTIED, "{}", reason
    row.save(update_fields=["state", "facts", "failure"])
    events.record(
        row.case,
        events.Kind.PAPER_EMPTIED,
        by=None,
        at=at,
        code=row.code,
        number=row.number,
        paper=str(row.pk),
        facts_sha256=row.facts_sha256,
        reason=reason,
    )
    if row.sha256:
        letting_go.let_go([row.sha256])
    return True


@transaction.atomic
def drop_previews(case: Case, words: Collection[str]) -> int:
    """Looks at papers that were never issued and hold one of the words are gone; how many."""
    rows = [row for row in Preview.objects.filter(case=case) if _holds(row.facts, words)]
    letting_go.let_go({row.sha256 for row in rows if row.sha256})
    Preview.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
