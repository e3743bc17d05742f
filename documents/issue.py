"""Issuing a paper: facts are frozen and numbered in the caller's transaction, printed afterwards.

Issuing twice is once: the same code, case, subject and facts give the paper that is there. Nothing
is printed inside the case's lock; `after_freeze` says who prints (a job, or the caller).
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from casework import clock, events, together
from casework.access import context
from casework.models import Case, User
from documents import guard, numbering, stamping, storage, wording
from documents.catalogue import Kind, kind_of, title_of
from documents.compose import compose, speaker
from documents.facts import base
from documents.gather import gather
from documents.models import Life, Mark, Paper, PaperState
from documents.rendering import RenderFailed, render

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U
CHECK_LENGTH = 16

after_freeze: Callable[[int], None] | None = None  # takes the paper's id


class PaperNotReady(Exception):
    """The paper could not be printed; the message says why."""


class BeingPrinted(Exception):
    """This paper is being printed; it takes a few seconds."""


class NotStanding(Exception):
    """The paper was superseded or voided before."""


@transaction.atomic
def issue(
    code: str,
    *,
    case: Case,
    by: User | None,
    at: datetime,
    subject_id: int | None = None,
    sealed: bool = False,
    facts: Any = None,
    supersedes: Paper | None = None,
    **keys: Any,
) -> Paper:
    """Freeze the facts of a paper, allot its number, and leave it to be printed.

    The caller holds the case's lock (its series row comes after it). `facts` given are taken as
    they are; else they are gathered from the file with `keys`.
    Raises: UnknownPaper, FactMissing (names what is absent), Unprintable (names the place).
    """
    kind = kind_of(code)
    if facts is None:
        facts = gather(code, case=case, subject_id=subject_id, at=at, by=by, **keys)
    base.require(facts)
    guard.require_printable(facts)
    fingerprint = base.digest(code, facts)
    there = _there(case, code, subject_id, fingerprint, sealed)
    if there:
        return there
    old = supersedes or (_unsealed(case, code, subject_id) if sealed else None)
    return _freeze(kind, facts, fingerprint, case, by, at, subject_id, sealed, old)


def _there(
    case: Case, code: str, subject_id: int | None, fingerprint: str, sealed: bool
) -> Paper | None:
    """The standing paper with these very facts; there is none about what this act has just made."""
    if together.first_about(code, subject_id):
        return None
    return Paper.objects.filter(
        case=case,
        code=code,
        subject_id=subject_id,
        facts_sha256=fingerprint,
        sealed=sealed,
        life=Life.VALID,
    ).first()


def _unsealed(case: Case, code: str, subject_id: int | None) -> Paper | None:
    """The paper that the seal is set on: it keeps its number and gives way to the sealed edition."""
    old = Paper.objects.filter(
        case=case, code=code, subject_id=subject_id, sealed=False, life=Life.VALID
    ).last()
    if old:
        end(old, Life.SUPERSEDED, "加盖印章")
    return old


def _freeze(
    kind: Kind,
    facts: Any,
    fingerprint: str,
    case: Case,
    by: User | None,
    at: datetime,
    subject_id: int | None,
    sealed: bool,
    old: Paper | None,
) -> Paper:
    on = clock.day(at)
    paper = Paper.objects.create(
        case=case,
        code=kind.code,
        title=title_of(kind, facts),
        subject_id=subject_id,
        number=old.number if old else number_of(kind, facts, case, on.year),
        edition=old.edition + 1 if old else 1,
        supersedes=old,
        sealed=sealed,
        wording=wording.current(kind.code),
        facts=base.canonical(base.freeze(facts)),
        facts_sha256=fingerprint,
        check_code="".join(secrets.choice(ALPHABET) for _ in range(CHECK_LENGTH)),
        issued_on=on,
        issued_at=at,
        issued_by=by,
    )
    Mark.objects.create(
        check_code=paper.check_code,
        title=paper.title,
        number=paper.number,
        issued_on=on,
        facts_sha256=fingerprint,
    )
    events.record(
        case,
        events.Kind.PAPER_ISSUED,
        by=by,
        at=at,
        code=paper.code,
        number=paper.number,
        paper=str(paper.pk),
        facts_sha256=fingerprint,
    )
    if after_freeze is not None:
        after_freeze(paper.pk)
    return paper


def number_of(kind: Kind, facts: Any, case: Case, year: int) -> str:
    """The paper's own number, or the number of what it belongs to."""
    if kind.series:
        return numbering.allot(kind.series, case=case, year=year)
    return ""


def imprint_of(paper: Paper, facts: Any) -> base.Imprint:
    """What issuing added to the facts."""
    where = getattr(settings, "WUFANG_PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
    return base.Imprint(
        code=paper.code,
        number=paper.number,
        issued_on=paper.issued_on,
        issued_at=paper.issued_at.astimezone(clock.SHANGHAI),
        check=paper.check_code,
        facts_sha256=paper.facts_sha256,
        facts_sm3=base.digest_sm3(paper.code, facts),
        edition=paper.edition,
        sealed=paper.sealed,
        seal_name=speaker(kind_of(paper.code), facts),
        address=f"{where}/paper/check/{paper.check_code}/",
    )


def facts_of(paper: Paper) -> Any:
    """The frozen facts, as they were when the paper was issued."""
    return base.thaw(kind_of(paper.code).facts, json.loads(paper.facts))


def render_pending(paper_id: int) -> Paper:
    """Print a paper that waits; one that is ready is left alone. Its failure is kept in words."""
    with transaction.atomic(), context.system("print a paper"):
        paper = Paper.objects.select_for_update(no_key=True).get(pk=paper_id)
        if paper.state in (PaperState.READY, PaperState.EMPTIED):
            return paper
        facts = facts_of(paper)
        try:
            source = paper.wording.source if paper.wording else ""
            sheet = render(compose(facts, imprint_of(paper, facts), source=source))
        except RenderFailed as refusal:
            paper.state, paper.failure = PaperState.FAILED, str(refusal)[:240]
            paper.save(update_fields=["state", "failure"])
            return paper
        _keep(paper, sheet.pdf, sheet.pages)
        return paper


def _keep(paper: Paper, pdf: bytes, pages: int) -> None:
    paper.sha256 = hashlib.sha256(pdf).hexdigest()
    paper.sm3 = hashlib.new("sm3", pdf).hexdigest()
    paper.size, paper.pages = len(pdf), pages
    paper.state, paper.failure = PaperState.READY, ""
    storage.write(pdf, paper.sha256)  # on the disk before the row says so
    paper.save(update_fields=["sha256", "sm3", "size", "pages", "state", "failure"])
    Mark.objects.filter(pk=paper.check_code).update(
        sha256=paper.sha256, sm3=paper.sm3, size=paper.size
    )
    if paper.sealed and paper.code in stamping.STAMPED:
        stamping.ask(paper.sha256, at=clock.now())


def content(paper: Paper) -> bytes:
    """The bytes of a paper, printed now if they were not: for jobs and the command line.

    Raises: PaperNotReady, BytesLost.
    """
    if paper.state != PaperState.READY:
        paper = render_pending(paper.pk)
    return kept(paper)


def kept(paper: Paper) -> bytes:
    """The bytes of a printed paper; prints nothing, so that a web request never waits.

    Raises: BeingPrinted, PaperNotReady (with the reason), BytesLost.
    """
    if paper.state == PaperState.PENDING:
        raise BeingPrinted
    if paper.state in (PaperState.FAILED, PaperState.EMPTIED):
        raise PaperNotReady(paper.failure)
    return storage.read(paper.sha256)


def end(paper: Paper, life: Life, reason: str) -> None:
    """A paper stands no longer: the row and what the public may ask say so. Raises: NotStanding."""
    row = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    if row.life != Life.VALID:
        raise NotStanding(paper.pk)
    paper.life, paper.reason = life, reason
    paper.save(update_fields=["life", "reason"])
    Mark.objects.filter(pk=paper.check_code).update(life=life)
