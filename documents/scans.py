"""Scans that belong into the bound file: what came back from the table with signatures on it.

Their pages are drawn anew as pictures: a foreign PDF carries fonts and colours that would break the volume's
PDF/A. The file as it is kept lies inside as the original, byte for byte.
"""

import io
from dataclasses import dataclass
from datetime import date

import pikepdf
import pypdfium2
from PIL import Image

from casework import clock
from casework.models import Case, SessionState
from documents.uploads import LONGEST_SIDE, QUALITY

A4_PT, POINTS, DOTS = (595, 842), 72, 150  # a page, points and dots to the inch
JPEG_HEAD = b"\xff\xd8"


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A scan and where it lies: behind the paper of this code that is about this subject."""

    code: str
    subject_id: int | None
    title: str
    issued_on: date
    pages: int
    sha256: str
    number: str = ""


def of_case(case: Case) -> list[Scan]:
    """The scans of a case, oldest first. A corrected record has no signatures, so its old scan is not one."""
    written = [
        Scan(
            code="D08", subject_id=None, title="调解申请书（申请人提交的原件）",
            issued_on=clock.day(row.made_at), pages=row.pages or 1, sha256=row.sha256,
        )
        for row in case.evidence.all()
        if row.is_application and row.taken_back_at is None
    ]  # fmt: skip
    records = [
        Scan(
            code="D12", subject_id=row.pk, title=f"调解笔录（第{row.number}次，逐页签名扫描件）",
            issued_on=row.signed_on, pages=row.signed_pages or 1, sha256=row.proof_sha256,
        )
        for row in case.sessions.all()
        if row.state == SessionState.HELD and row.signed_on and row.proof_sha256
    ]  # fmt: skip
    return [*written, *records]


def ending(data: bytes) -> str:
    """What a kept scan is: a photograph or a PDF."""
    return "jpg" if data[:2] == JPEG_HEAD else "pdf"


def drawn(data: bytes) -> tuple[bytes, int]:
    """A kept scan as pages of pictures that fit A4, and how many they are."""
    with pikepdf.new() as made:
        for picture in _pictures(data):
            with pikepdf.open(io.BytesIO(_sheet(picture))) as sheet:
                made.pages.extend(sheet.pages)
        out, pages = io.BytesIO(), len(made.pages)
        made.save(out, deterministic_id=True)
    return out.getvalue(), pages


def _pictures(data: bytes) -> list[bytes]:
    """Each page as a JPEG: one at a time is drawn, only the packed ones are held."""
    if ending(data) == "jpg":
        return [data]
    found, document = [], pypdfium2.PdfDocument(data)
    try:
        for page in document:
            scale = min(DOTS / POINTS, LONGEST_SIDE / max(page.get_size()))
            packed = io.BytesIO()
            page.render(scale=scale).to_pil().convert("RGB").save(
                packed, "JPEG", quality=QUALITY
            )
            found.append(packed.getvalue())
            page.close()
    finally:
        document.close()
    return found


def _sheet(picture: bytes) -> bytes:
    """A page that shows one picture, upright or lying, as large as A4 lets it."""
    with Image.open(io.BytesIO(picture), formats=("JPEG",)) as image:
        short, long = sorted(image.size)
        fits = max(short / A4_PT[0], long / A4_PT[1]) * POINTS
        out = io.BytesIO()
        image.convert("RGB").save(out, "PDF", resolution=fits, quality=QUALITY)
    return out.getvalue()
