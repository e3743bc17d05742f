"""Signing from outside: a link to one frozen text, a one-time code under it, a certificate in it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from casework import clock, notify, sign_link
from casework.commands import signing
from casework.commands.agreement import NoText
from casework.commands.base import CommandRefused, lock_case
from casework.commands.signing import Proof
from casework.models import Agreement, AgreementState, Case, Party, Side, User
from casework.queries import rulebook
from documents import storage, uploads
from documents.issue import kept
from documents.models import Paper, PaperState
from documents.signing import trust
from documents.signing.check import only_signatures_added
from documents.signing.people import roots_in, signers_of
from mediation.commands.drawing import picture_of

CODE, CERTIFICATE, PAPER = "code", "certificate", "paper"
DRAWN = "drawn.jpg"


class StillPrinting(CommandRefused):
    """The paper is still being printed. Try again in a few seconds."""


class TextReplaced(CommandRefused):
    """This text was replaced by another one. Nothing was signed; read the new one first."""


class WrongCode(CommandRefused):
    """The code does not fit, or is too old."""


class NotReadYet(CommandRefused):
    """Say that you have read the whole text first."""


class NoMobile(CommandRefused):
    """There is no mobile number on file for everybody chosen. Enter it at the party, or let them sign on paper."""


class NeedsSignedFile(CommandRefused):
    """Add the paper as it came back, signed by certificate."""


class NotOurPaper(CommandRefused):
    """This file is not the frozen paper with intact certificate signatures and nothing else."""


class SignerIsAnother(CommandRefused):
    """A certificate under this file is not of those named as signers: the name in each must be theirs, one for each."""


class RootNotTrusted(CommandRefused):
    """A certificate under this file leads to no authority that the house trusts; the administrator keeps their roots."""


class NothingNew(CommandRefused):
    """This file bears no more signatures than those that were recorded."""


def paper_of(version: Agreement) -> Paper | None:
    """The printed paper of a frozen version, before the seal."""
    rows = Paper.objects.filter(case_id=version.case_id, code="D14", subject_id=version.pk)
    return rows.filter(sealed=False).last()


def printed(version: Agreement) -> Paper:
    """The same, once its bytes exist. Raises: StillPrinting."""
    found = paper_of(version)
    if found is None or found.state != PaperState.READY:
        raise StillPrinting
    return found


def subject_of(agreement_id: int, party_id: int, act: str) -> str:
    """What a one-time code is for: to open the text, or to sign it."""
    return f"{act}:{agreement_id}:{party_id}"


@transaction.atomic
def invite(case: Case, *, version: Agreement, parties: Sequence[Party], by: User, at: datetime) -> None:  # fmt: skip
    """Send each employer the link to this very text, and each worker the news. Raises: NoMobile."""
    phones = {party.pk: notify.mobile_of(party) for party in parties}
    if not all(phones.values()):
        raise NoMobile(field="signed_by")
    days = int(rulebook.parameters().on("agreement_link_days", clock.day(at)).number)
    for party in parties:
        key = f"sign:{version.pk}:{party.pk}:{clock.day(at)}"
        if party.side == Side.WORKER:
            notify.send_once(case, party, "news", key=key, at=at)
            continue
        link = link_of(version, party, at=at, days=days)
        notify.send_once(
            case, party, "to_sign", key=key, at=at, phone=phones[party.pk], link=link
        )


def link_of(version: Agreement, party: Party, *, at: datetime, days: int) -> str:
    """The address under which a party reads and signs exactly this version."""
    where: str = getattr(settings, "WUFANG_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
    token = sign_link.make(
        case_id=version.case_id, agreement_id=version.pk, party_id=party.pk,
        content_sha256=version.content_sha256, on=clock.day(at), days=days,
    )  # fmt: skip
    return f"{where.rstrip('/')}/s/{token}/"


def sign_by_code(
    case: Case, party: Party, *, agreement_id: int, content: str, code: str, read: bool, at: datetime,
    drawn: str = "",
) -> bool:  # fmt: skip
    """A party signs the text that it read, by a one-time code. True when everybody has signed.

    `drawn`: the name in the party's own hand as a data address of a PNG, kept as proof. The code is used up even
    when the signature is refused, but not for a drawing that cannot be read. Call under the case's context.
    Raises: NotReadYet, NotADrawing, WrongCode, TextReplaced, StillPrinting, SignedAlready.
    """
    if not read:
        raise NotReadYet(field="read")
    hand = picture_of(drawn)
    if not notify.check_code(subject_of(agreement_id, party.pk, "sign"), code):
        raise WrongCode(field="otp")
    with transaction.atomic():
        lock_case(case.pk)
        version = Agreement.objects.get(pk=agreement_id, case=case)
        if version.state != AgreementState.READY or version.content_sha256 != content:
            raise TextReplaced
        read_paper = printed(version).sha256
        proof = Proof(read_paper, _kept(hand), DRAWN) if hand else Proof(read_paper)
        try:
            return signing.sign_agreement(
                version, parties=[party], mediator=None, way=CODE, by=party.ref, at=at,
                proof=proof,
            )  # fmt: skip
        except NoText as error:
            raise TextReplaced from error


def proof_from(
    version: Agreement,
    way: str,
    file: tuple[str, bytes] | None,
    *,
    signers: Sequence[Party | User],
    at: datetime,
) -> Proof:
    """What the mediator hands in with signatures: a scan, or the paper signed by certificate.

    `file`: name and bytes; `signers`: who is said to have signed. Raises: NeedsSignedFile, StillPrinting,
    NotOurPaper, NothingNew, SignerIsAnother, RootNotTrusted, NotAPictureOrPdf, TooBig.
    """
    name, data = file or ("", None)
    if way == CERTIFICATE:
        proof, before = _certified(version, data, name)
        _theirs(storage.read(proof.file_sha256), before, signers, at)
        return proof
    paper = paper_of(version)
    read = paper.sha256 if paper else ""
    if data is None:
        return Proof(paper_sha256=read)
    made = uploads.cleaned(data).data
    return Proof(read, _kept(made), name)


def _theirs(pdf: bytes, before: int, named: Sequence[Party | User], at: datetime) -> None:
    """Each certificate that came after the first `before` is of one of those named, and leads to a trusted root."""
    rows = trust.signers(pdf, _roots(), at)[before:]
    left = [_identity(each) for each in named]
    for row in rows:
        whose = next((each for each in left if row.is_of(*each)), None)
        if whose is None:
            raise SignerIsAnother(field="signed_by")
        left.remove(whose)
    if left:
        raise SignerIsAnother(field="signed_by")
    if not all(row.trusted for row in rows):
        raise RootNotTrusted(field="file")


def _roots() -> list[bytes]:
    """The roots that the administrator keeps; without their folder none is trusted."""
    folder = settings.WUFANG_SIGN_ROOTS
    return roots_in(folder) if folder.is_dir() else []


def _identity(who: Party | User) -> tuple[str, str]:
    """The name by which somebody signs, and the identity number on file."""
    if isinstance(who, User):
        return who.display_name, ""
    return who.name, who.person.identity_number if who.person else ""


def _certified(version: Agreement, data: bytes | None, name: str) -> tuple[Proof, int]:
    """The proof, and how many certificates stood under the file before."""
    if data is None:
        raise NeedsSignedFile(field="file")
    paper = printed(version)
    issued = kept(paper)
    if not data.startswith(issued) or not only_signatures_added(data, len(issued)):
        raise NotOurPaper(field="file")
    before = version.signatures.filter(way=CERTIFICATE).order_by("signed_at", "id").last()
    known = 0
    if before is not None:
        last = storage.read(before.proof_sha256)
        if not data.startswith(last):
            raise NotOurPaper(field="file")
        known = len(signers_of(last))
        if len(signers_of(data)) <= known:
            raise NothingNew(field="file")
    return Proof(paper.sha256, _kept(data), name), known


def _kept(data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    storage.write(data, digest)
    return digest
