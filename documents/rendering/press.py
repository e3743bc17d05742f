"""HTML to PDF/A-3a + PDF/UA-1 with WeasyPrint, and everything that makes it refuse."""

import hashlib
import logging
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from documents import fonts
from documents.rendering import embed, justify, lean, narrow, nets, seals, speed, tags, writing
from documents.rendering.job import Job, RenderFailed

UA_XMP = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>"
)
FACTS_NAME = "facts.json"


class Complaints(logging.Handler):
    """Collects every warning of WeasyPrint: one is enough to fail a paper."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the words."""
        self.words.append(record.getMessage())


class Press:
    """One worker's WeasyPrint, with fonts and styles kept from paper to paper."""

    def __init__(self) -> None:
        from weasyprint.text.ffi import harfbuzz_subset
        from weasyprint.text.fonts import FontConfiguration

        if not harfbuzz_subset:
            raise SystemExit("libharfbuzz-subset0 is missing")
        justify.install()
        speed.install()
        narrow.install()
        seals.install()
        embed.install()
        self.fonts = FontConfiguration()
        self.styles: dict[str, Any] = {}
        self.sweeper = speed.Sweeper()
        self.complaints = Complaints()
        logger = logging.getLogger("weasyprint")
        logger.handlers, logger.propagate = [self.complaints], False
        logging.getLogger("fontTools").addHandler(logging.NullHandler())

    def print(self, job: Job) -> tuple[bytes, int]:
        """The bytes and the number of pages. Raises: RenderFailed."""
        from weasyprint import Attachment
        from weasyprint.urls import FatalURLFetchingError

        self.complaints.words.clear()
        fetch = _fetcher(job.assets)
        options: dict[str, Any] = {}
        if job.archival:
            options = {"pdf_variant": "pdf/a-3a", "xmp_metadata": [BytesIO(UA_XMP)]}
        if job.facts:
            when = datetime.fromisoformat(job.created)
            options["attachments"] = [
                Attachment(
                    string=job.facts.encode(),
                    name=FACTS_NAME,
                    description="本文书的事实数据（JSON），供机器核对",
                    relationship="Data",
                    created=when,
                    modified=when,
                    url_fetcher=fetch,
                )
            ]
        try:
            document = lean.page(job.html, job.css, fetch).render(
                font_config=self.fonts, stylesheets=[self._style(job.css, fetch)], **options
            )
            pdf = document.write_pdf(finisher=partial(_finish, job), **options)
        except (
            FatalURLFetchingError
        ) as refusal:  # a BaseException: `except Exception` misses it
            raise RenderFailed(f"the text asks for a file or address: {refusal}") from None
        self._check(document, pdf, job)
        pages = len(document.pages)
        del document
        self.sweeper.sweep()
        return pdf, pages

    def _style(self, css: str, fetch: Any) -> Any:
        from weasyprint import CSS

        key = hashlib.sha256(css.encode()).hexdigest()
        if key not in self.styles:
            self.styles[key] = CSS(string=css, font_config=self.fonts, url_fetcher=fetch)
        return self.styles[key]

    def _check(self, document: Any, pdf: bytes, job: Job) -> None:
        missing = {point for font in document.fonts.values() for point in font.missing}
        if missing:
            raise RenderFailed(
                "no font draws: " + " ".join(f"U+{p:04X}" for p in sorted(missing))
            )
        strangers = {font.family for font in document.fonts.values()} - set(fonts.FAMILIES)
        if strangers:
            raise RenderFailed("a stray font got in: " + ", ".join(sorted(strangers)))
        if self.complaints.words:
            raise RenderFailed("WeasyPrint warns: " + "; ".join(self.complaints.words[:3]))
        nets.round_trip(job.html, pdf)


def _finish(job: Job, document: Any, pdf: Any) -> None:
    """What is done to a paper right before it is written."""
    tags.mend(document, pdf)
    if job.across:
        seals.lay_across(pdf)
    embed.map_glyphs(document, pdf)
    writing.settle(pdf)


def _fetcher(assets: dict[str, str]) -> Any:
    from weasyprint.urls import (
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class DenyAll(URLFetcher):  # type: ignore[misc]
        """Gives the pictures that came with the job, and nothing else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme == "asset" and name in assets:
                return URLFetcherResponse(url, assets[name], {"Content-Type": "image/svg+xml"})
            raise FatalURLFetchingError(url[:80])

    return DenyAll()
