"""Every paper printed from invented facts, with a contact sheet: to look at, page by page."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from documents import samples
from documents.catalogue import KINDS
from documents.compose import compose, speaker
from documents.facts.base import Imprint, digest, digest_sm3, require
from documents.guard import require_printable
from documents.rendering import render

THUMB_DPI, COLUMNS = 40, 5


def sample_imprint(code: str, *, sealed: bool = True, stamp: str = "") -> Imprint:
    """An invented imprint for the sample of a paper."""
    kind, facts = KINDS[code], samples.FACTS[code]
    check = (
        hashlib.sha256(code.encode())
        .hexdigest()[:16]
        .upper()
        .replace("0", "Q")
        .replace("1", "R")
    )
    return Imprint(
        code=code,
        number=samples.NUMBERS.get(code, ""),
        issued_on=samples.DAYS[code],
        issued_at=samples.instant_of(code),
        check=check,
        facts_sha256=digest(code, facts),
        facts_sm3=digest_sm3(code, facts),
        sealed=sealed and bool(kind.voice),
        seal_name=speaker(kind, facts),
        address=f"https://12351.example.cn/paper/check/{check}/",
        stamp=stamp,
    )


def make(folder: Path, only: list[str]) -> Iterator[str]:
    """Print the samples into a folder; one line of words a paper."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for code, facts in samples.FACTS.items():
        if only and code not in only:
            continue
        require(facts)
        require_printable(facts)
        sheet = render(compose(facts, sample_imprint(code)))
        path = folder / f"{code}-{KINDS[code].title}.pdf"
        path.write_bytes(sheet.pdf)
        made.append(path)
        yield f"{code} {KINDS[code].title}: {sheet.pages} pages, {len(sheet.pdf) // 1024} KB, {sheet.cpu_seconds:.3f} CPU s"
    _contact_sheet(made, folder / "contact-sheet.png")
    yield f"{len(made)} papers in {folder}"


def _contact_sheet(papers: list[Path], to: Path) -> None:
    import pypdfium2
    from PIL import Image

    thumbs = []
    for paper in papers:
        document = pypdfium2.PdfDocument(paper)
        thumbs += [page.render(scale=THUMB_DPI / 72).to_pil() for page in document]
        document.close()
    if not thumbs:
        return
    width, height = (
        max(size) + 12 for size in zip(*(thumb.size for thumb in thumbs), strict=True)
    )
    rows = -(-len(thumbs) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width, rows * height), "#888")
    for at, thumb in enumerate(thumbs):
        sheet.paste(thumb, (at % COLUMNS * width + 6, at // COLUMNS * height + 6))
    sheet.save(to)
