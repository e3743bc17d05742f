"""What a worker does through the tracking code: hands in, confirms, says; and the union's answer."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Evidence, Instalment, Party, User, WordKind, WorkerWord
from documents import storage, uploads
from mediation.commands import closing, own_data

MOST_FILES = 60
MOST_WORDS_OPEN = 10
LONGEST = 2000


class TooManyFiles(CommandRefused):
    """So many files are enough. Call 12351 if more are needed."""


class TooManyWords(CommandRefused):
    """Ten things wait for an answer already. Call 12351."""


class NothingSaid(CommandRefused):
    """Please write what you want to say."""


class NoSuchPayment(CommandRefused):
    """There is no such day of payment."""


class AlreadyAnswered(CommandRefused):
    """This was answered already."""


@transaction.atomic
def hand_in(
    case: Case,
    party: Party,
    *,
    data: bytes,
    name: str,
    at: datetime,
    instalment: int | None = None,
) -> tuple[Evidence, bool]:
    """Keep a file of the worker, cleaned; the same file twice is kept once (then False).

    `instalment`: the number of the one whose payment it proves. Raises: NotAPictureOrPdf, TooBig,
    TooManyFiles, NoSuchPayment.
    """
    lock_case(case.pk)
    proves = _need_instalment(case, instalment) if instalment is not None else None
    mine = Evidence.objects.filter(case=case, party=party, taken_back_at=None)
    received = hashlib.sha256(data).hexdigest()
    known = mine.filter(received_sha256=received).first()
    if known is not None:
        return known, False
    if mine.count() >= MOST_FILES:
        raise TooManyFiles(field="files")
    made = uploads.cleaned(data)
    digest = hashlib.sha256(made.data).hexdigest()
    storage.write(made.data, digest)
    row = Evidence.objects.create(
        case=case, party=party, name=name[:80], media_type=made.media_type, size=len(made.data), pages=made.pages,
        sha256=digest, received_sha256=received, made_at=at, instalment=proves,
    )  # fmt: skip
    about: dict[str, Any] = {"instalment": instalment} if proves else {}
    record(
        case,
        Kind.EVIDENCE_RECEIVED,
        by=party.ref,
        at=at,
        party=party.ref,
        sha256=digest,
        **about,
    )
    return row, True


@transaction.atomic
def take_back(row: Evidence, *, at: datetime) -> None:
    """The worker handed in the wrong file: it is not shown any more; the ledger keeps that it was there."""
    lock_case(row.case_id)
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    record(row.case, Kind.EVIDENCE_TAKEN_BACK, by=row.party.ref, at=at, sha256=row.sha256)


@transaction.atomic
def confirm_payment(case: Case, party: Party, *, number: int, at: datetime) -> None:
    """The worker has the money of one instalment in hand. Raises: NoSuchPayment."""
    lock_case(case.pk)
    _need_instalment(case, number)
    record(case, Kind.PAYMENT_CONFIRMED, by=party.ref, at=at, party=party.ref, number=number)


@transaction.atomic
def deny_payment(case: Case, party: Party, *, number: int, at: datetime) -> WorkerWord:
    """The money of one instalment did not come: said to the union. Raises: NoSuchPayment, TooManyWords."""
    _need_instalment(case, number)
    return say(case, party, kind=WordKind.NOT_PAID, text=f"#{number}", at=at)


@transaction.atomic
def say(case: Case, party: Party, *, kind: str, text: str, at: datetime) -> WorkerWord:
    """Something for the union to answer. Raises: NothingSaid, TooManyWords."""
    case = lock_case(case.pk)
    if not text.strip() and kind in (WordKind.OBJECTION, WordKind.CORRECTION):
        raise NothingSaid(field="text")
    waiting = WorkerWord.objects.filter(case=case, party=party, answered_at=None)
    if waiting.count() >= MOST_WORDS_OPEN:
        raise TooManyWords
    row = WorkerWord.objects.create(
        case=case, party=party, kind=kind, text=text.strip()[:LONGEST], at=at
    )
    record(case, Kind.WORKER_SPOKE, by=party.ref, at=at, party=party.ref, what=kind)
    if kind == WordKind.OBJECTION and case.closed_on is not None:
        closing.review_objection(case, party, at=at)
    if kind == WordKind.CORRECTION:
        own_data.ask(row, at=at)
    return row


@transaction.atomic
def answer(row: WorkerWord, *, text: str, by: User, at: datetime) -> None:
    """The union's answer; the worker reads it. Raises: NothingSaid, AlreadyAnswered."""
    lock_case(row.case_id)
    if not text.strip():
        raise NothingSaid(field="text")
    row.refresh_from_db()
    if row.answered_at is not None:
        raise AlreadyAnswered
    row.answer, row.answered_at, row.answered_by = text.strip()[:LONGEST], at, by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    record(row.case, Kind.WORKER_ANSWERED, by=by, at=at, party=row.party.ref, what=row.kind)


def _need_instalment(case: Case, number: int) -> Instalment:
    rows = Instalment.objects.filter(
        agreement__case=case, agreement__effective_on__isnull=False
    )
    row = rows.filter(number=number).order_by("-agreement__version").first()
    if row is None:
        raise NoSuchPayment
    return row
