"""Who signed a paper, when, and whether a root that the reader trusts vouches for the name."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from documents.signing.check import holds


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One signature: the name in the certificate is worth as much as the root that vouches for it."""

    field: str
    by: str
    organisation: str
    issuer: str
    at: datetime | None  # the signer's own claim
    holds: bool
    trusted: bool


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """When a signature existed, by a time-stamp authority: whether the stamp holds, and is trusted."""

    field: str
    at: datetime
    by: str
    holds: bool
    trusted: bool


def signers_of(pdf: bytes) -> list[str]:
    """The names in the certificates under a paper, first signature first. Raises: ValueError."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        rows = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except PdfError as error:
        raise ValueError(str(error)) from error
    return [str(row.signer_cert.subject.native.get("common_name", "")) for row in rows]


def signatures(pdf: bytes, roots: Sequence[bytes]) -> list[Signed]:
    """Every certificate signature, first signature first, judged with the roots (DER) trusted.

    Raises: ValueError for a file that is no PDF.
    """
    found = []
    for row, status in judged(pdf, roots):
        subject, issuer = row.signer_cert.subject.native, row.signer_cert.issuer.native
        found.append(
            Signed(
                field=row.field_name,
                by=str(subject.get("common_name", "")),
                organisation=str(subject.get("organization_name", "")),
                issuer=str(issuer.get("common_name", "")),
                at=row.self_reported_timestamp,
                holds=holds(row),
                trusted=bool(status.trusted),
            )
        )
    return found


def time_stamps(pdf: bytes, roots: Sequence[bytes]) -> list[Stamp]:
    """The RFC 3161 stamps of a signed paper, judged with the roots (DER) that the reader trusts."""
    return [
        Stamp(
            field=row.field_name,
            at=stamp.timestamp,
            by=stamp.signing_cert.subject.native["common_name"],
            holds=stamp.intact and stamp.valid,
            trusted=stamp.trusted,
        )
        for row, status in judged(pdf, roots)
        if (stamp := status.timestamp_validity)
    ]


def roots_in(folder: Path) -> list[bytes]:
    """The root certificates of a folder (PEM or DER files), in DER. Raises: ValueError, OSError."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    found = []
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        if path.suffix in (".pem", ".crt", ".cer", ".der"):
            pem = data.lstrip().startswith(b"-----BEGIN")
            each = x509.load_pem_x509_certificate if pem else x509.load_der_x509_certificate
            found.append(each(data).public_bytes(Encoding.DER))
    return found


def judged(
    pdf: bytes, roots: Sequence[bytes], at: datetime | None = None
) -> Iterator[tuple[Any, Any]]:
    """Each signature with what pyHanko finds of it; certificates must be valid at a moment, without one now.

    Raises: ValueError for a file that is no PDF.
    """
    from asn1crypto import x509
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    trust = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        allow_fetching=False,
        moment=at,
    )
    try:
        rows = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except PdfError as error:
        raise ValueError(str(error)) from error
    for row in rows:
        yield row, validate_pdf_signature(row, trust, ts_validation_context=trust)
