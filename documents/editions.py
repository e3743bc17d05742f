"""What becomes of an issued paper: a new edition with its reason, withdrawal, giving way to another."""

from datetime import datetime
from typing import Any

from django.db import transaction

from casework import events
from casework.models import Case, User
from documents.facts import base
from documents.gather import gather
from documents.issue import end, issue
from documents.models import Life, Paper


@transaction.atomic
def supersede(
    paper: Paper, *, by: User | None, at: datetime, reason: str, **keys: Any
) -> Paper:
    """Issue a new edition under the same number; the old one stays, marked. Raises: NotStanding."""
    end(paper, Life.SUPERSEDED, reason)
    keys = {"subject_id": paper.subject_id, "sealed": paper.sealed, **keys}
    return issue(paper.code, case=paper.case, by=by, at=at, supersedes=paper, **keys)


@transaction.atomic
def renew(
    code: str, *, case: Case, by: User | None, at: datetime, reason: str, **keys: Any
) -> Paper:
    """Issue; or, where one stands with other facts, a new edition of it with the reason."""
    old = Paper.objects.filter(case=case, code=code, life=Life.VALID).last()
    if old is None:
        return issue(code, case=case, by=by, at=at, **keys)
    facts = gather(code, case=case, subject_id=old.subject_id, at=at, by=by, **keys)
    if base.digest(code, facts) == old.facts_sha256:
        return old
    return supersede(old, by=by, at=at, reason=reason, facts=facts)


@transaction.atomic
def void(paper: Paper, *, by: User | None, at: datetime, reason: str) -> Paper:
    """Withdraw a paper; its number is never used again. Raises: NotStanding."""
    end(paper, Life.VOIDED, reason)
    events.record(
        paper.case,
        events.Kind.PAPER_VOIDED,
        by=by,
        at=at,
        code=paper.code,
        number=paper.number,
        paper=str(paper.pk),
        reason=reason,
    )
    return paper


@transaction.atomic
def give_way(paper: Paper, reason: str) -> None:
    """Mark a paper as replaced by another one of its own number or none. Raises: NotStanding."""
    end(paper, Life.SUPERSEDED, reason)
