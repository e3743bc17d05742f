"""What a volume is bound of: papers as issued, and in the sealed one the matter that is no paper."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework import clock, events
from casework.access import context
from casework.models import Case
from documents import guard, scans, storage, wording
from documents.catalogue import kind_of, title_of
from documents.compose import compose
from documents.facts import base, d40
from documents.gather import sealed
from documents.gather.common import Source
from documents.issue import PaperNotReady
from documents.models import Dossier, Paper, VolumeKind
from documents.rendering import RenderFailed, render

CODE = "D40"
WHY = "装订副卷"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A piece of a volume: what the catalogue says of it, and its bytes."""

    code: str
    title: str
    number: str
    issued_on: date
    pages: int
    pdf: bytes
    original: bytes = b""  # where the pages were drawn of another file: that file


def of_paper(paper: Paper) -> Leaf:
    """A paper as the volume takes it: with its signatures, if it bears any. Raises: BytesLost."""
    return Leaf(
        code=paper.code,
        title=paper.title,
        number=paper.number,
        issued_on=paper.issued_on,
        pages=paper.pages,
        pdf=storage.read(paper.sha256),
    )


def of_scan(scan: scans.Scan) -> Leaf:
    """A scan as the volume takes it; it has the pages that it really has. Raises: BytesLost."""
    kept = storage.read(scan.sha256)
    pdf, pages = scans.drawn(kept)
    return Leaf(
        code=scan.code, title=scan.title, number="", issued_on=scan.issued_on, pages=pages,
        pdf=pdf, original=kept,
    )  # fmt: skip


def of_sealed_matter(row: Dossier) -> list[Leaf]:
    """D40 of a sealed volume: notes, offers, opinions and a hidden caller, in one piece; or none.

    It is printed for this volume alone: no row, no number and no code of it exist outside. A hidden
    caller's seal is opened by it, and the ledger says who had it opened.
    Raises: Unprintable, PaperNotReady.
    """
    if row.volume != VolumeKind.SEALED:
        return []
    with transaction.atomic(), context.acting(row.case_id, row.asked_by):
        case = Case.objects.select_for_update(no_key=True).get(pk=row.case_id)
        newest = sealed.newest(case)
        if newest is None:
            return []
        source = Source(case=case, subject_id=None, at=row.asked_at, by=row.asked_by)
        facts = d40.SealedFacts(**sealed.matter(source))
        if facts.caller:
            events.record(
                case, events.Kind.SEAL_OPENED, by=row.asked_by, at=row.asked_at, reason=WHY
            )
        used = wording.current(CODE)
    base.require(facts)
    guard.require_printable(facts)
    imprint = base.Imprint(
        code=CODE,
        number="",
        issued_on=clock.day(newest),
        issued_at=newest.astimezone(clock.SHANGHAI),
        check="",
        facts_sha256=base.digest(CODE, facts),
        address=WHY,  # it cannot be looked up: nothing of it is public
    )
    try:
        sheet = render(compose(facts, imprint, source=used.source if used else ""))
    except RenderFailed as refusal:
        raise PaperNotReady(str(refusal)) from refusal
    title = title_of(kind_of(CODE), facts)
    on = imprint.issued_on
    return [
        Leaf(code=CODE, title=title, number="", issued_on=on, pages=sheet.pages, pdf=sheet.pdf)
    ]
