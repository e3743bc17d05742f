"""Binding a volume: issued bytes laid one after the other, numbered, with bookmarks and originals.

Nothing is printed anew: a page in the volume is the page that was issued. A signed paper would lose its
signature by being merged, so every original lies inside as an attachment, byte for byte. The volume is
PDF/A-3b (a merged file keeps no tag tree).
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import pikepdf
from pikepdf import Dictionary, Name, OutlineItem

from documents.rendering import Job, render

MM = 72 / 25.4
EDGE_PT, DIGIT_PT, STEP_PT = 12 * MM, 12.0, 6.0
DIGITS_CSS = (
    f"@page{{size:{STEP_PT}pt {DIGIT_PT}pt;margin:0}}"
    f'body{{margin:0;font:11pt/{DIGIT_PT}pt "WF Latin"}}p{{margin:0;break-after:page;text-align:center}}'
)
SAY_EVERY = 5


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One paper of a volume: the words of its bookmark, the name of its original, its bytes.

    `original`: the file whose pages were drawn as `pdf`; empty where the two are one.
    """

    words: str
    name: str
    pdf: bytes
    original: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Volume:
    """A bound volume."""

    pdf: bytes
    pages: int


class PagesDiffer(ValueError):
    """A paper has not as many pages as the catalogue says: make the catalogue anew."""


def bind(
    *,
    title: str,
    cover: bytes,
    pieces: Sequence[Piece],
    expected: Sequence[int],
    at: datetime,
    say: Callable[[int], None] = lambda done: None,
) -> Volume:
    """Bind cover and pieces; pages are numbered from the first piece on, as the catalogue counts.

    `expected` are the pages of each piece by the catalogue; `say` hears how many pieces are done.
    Raises: PagesDiffer.
    """
    with pikepdf.new() as volume:
        marks = [OutlineItem("封面与目录", 0)]
        _lay(volume, cover)
        front = len(volume.pages)
        _archival(volume, cover, title, at)
        for done, (piece, pages) in enumerate(zip(pieces, expected, strict=True), 1):
            marks.append(OutlineItem(piece.words, len(volume.pages)))
            if _lay(volume, piece.pdf) != pages:
                raise PagesDiffer(piece.words)
            _attach(volume, piece, at)
            if done % SAY_EVERY == 0 or done == len(pieces):
                say(done)
        _number(volume, front)
        with volume.open_outline() as outline:
            outline.root.extend(marks)
        out = io.BytesIO()
        volume.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return Volume(pdf=out.getvalue(), pages=len(volume.pages))


def _lay(volume: pikepdf.Pdf, pdf: bytes) -> int:
    """Append all pages; without the tags' numbers, which point to a tree that stays behind."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        count = len(source.pages)
        for page in source.pages:
            for gone in ("/StructParents", "/Tabs", "/Annots"):
                if gone in page:
                    del page[gone]
        volume.pages.extend(source.pages)
    return count


def _attach(volume: pikepdf.Pdf, piece: Piece, at: datetime) -> None:
    file = pikepdf.AttachedFileSpec(
        volume,
        piece.original or piece.pdf,
        filename=piece.name,
        description=f"{piece.words}（原件）",
        mime_type="image/jpeg" if piece.name.endswith(".jpg") else "application/pdf",
        creation_date=at.strftime("D:%Y%m%d%H%M%S+08'00'"),
        mod_date=at.strftime("D:%Y%m%d%H%M%S+08'00'"),
    )
    file.relationship = Name.Source
    volume.attachments[piece.name] = file  # and, as its relationship is given, in /AF


def _archival(volume: pikepdf.Pdf, cover: bytes, title: str, at: datetime) -> None:
    """Language, title, colours and the mark of PDF/A-3b."""
    with pikepdf.open(io.BytesIO(cover)) as source:
        intents = source.Root.get("/OutputIntents")
        if intents is not None:
            volume.Root.OutputIntents = volume.copy_foreign(source.make_indirect(intents))
    volume.Root.Lang = pikepdf.String("zh-CN")
    volume.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    volume.Root.PageMode = Name.UseOutlines
    with volume.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = title
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "3", "B"
        meta["xmp:CreateDate"] = at.isoformat()
    volume.docinfo["/CreationDate"] = at.strftime("D:%Y%m%d%H%M%S+08'00'")


def _number(volume: pikepdf.Pdf, front: int) -> None:
    """Stamp 1, 2, 3 ... at the upper outer corner of each page of the pieces."""
    with pikepdf.open(io.BytesIO(_digits())) as source:
        digits = [volume.copy_foreign(page.as_form_xobject()) for page in source.pages]
    for number, page in enumerate(list(volume.pages)[front:], 1):
        text = str(number)
        for char in sorted(set(text)):  # names of our own: pikepdf would take random ones
            page.add_resource(digits[int(char)], Name.XObject, Name(f"/WufangDigit{char}"))
        width, height = (float(side) for side in page.mediabox[2:])
        left = EDGE_PT if number % 2 == 0 else width - EDGE_PT - STEP_PT * len(text)
        drawn = "".join(
            f"q 1 0 0 1 {left + at * STEP_PT:.2f} {height - EDGE_PT:.2f} cm /WufangDigit{char} Do Q "
            for at, char in enumerate(text)
        )
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q /Artifact BMC {drawn}EMC".encode())


@lru_cache(maxsize=1)
def _digits() -> bytes:
    """Ten small pages, one a digit, in our own font."""
    body = "".join(f"<p>{number}</p>" for number in range(10))
    html = (
        '<html lang="zh-CN"><head><meta charset="utf-8"><title>0-9</title></head>'
        f"<body>{body}</body></html>"
    )
    return render(Job(html=html, css=DIGITS_CSS, created="2026-01-01T00:00:00+00:00")).pdf
