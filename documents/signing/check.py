"""What was added to a paper after it was issued: signatures that hold, and nothing else.

Who signed is not judged here: that is for a reader with the roots it trusts. What is judged is that the
pages are still those that were issued.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


def only_signatures_added(pdf: bytes, issued: int) -> bool:
    """Whether all that follows the first `issued` bytes are intact signatures and their fields."""
    import pikepdf
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
        if not signatures or not all(_holds(each) for each in signatures):
            return False
        with (
            pikepdf.open(io.BytesIO(pdf[:issued])) as old,
            pikepdf.open(io.BytesIO(pdf)) as new,
        ):
            return _same(old, new)
    except (PdfError, ValueError, pikepdf.PdfError):
        return False


def signers_of(pdf: bytes) -> list[str]:
    """The names in the certificates under a paper, first signature first. Raises: ValueError."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        rows = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except PdfError as error:
        raise ValueError(str(error)) from error
    return [str(row.signer_cert.subject.native.get("common_name", "")) for row in rows]


def _same(old: Any, new: Any) -> bool:
    """Every issued object is as it was, but for what a signature must touch."""
    if len(old.pages) != len(new.pages) or not _only_signature_fields(new):
        return False
    free = {
        each.objgen for each in (old.Root.get("/Metadata"), old.trailer.get("/Info")) if each
    }
    for before in old.objects:
        if before.objgen in free or _is(before, "/XRef", "/ObjStm"):
            continue
        if _content(before) != _content(new.get_object(before.objgen)):
            return False
    return True


def _is(each: Any, *types: str) -> bool:
    return hasattr(each, "get") and str(each.get("/Type", "")) in types


def _content(each: Any) -> list[bytes]:
    """An object to compare: of the catalogue and of pages without what a signature adds."""
    import pikepdf

    if isinstance(each, pikepdf.Stream):
        return [each.read_raw_bytes(), *(_raw(value) for _name, value in sorted(each.items()))]
    if _is(each, "/Catalog", "/Page"):
        free = {"/Annots", "/AcroForm", "/Extensions", "/Metadata", "/DSS", "/Version"}
        return [_raw(value) for name, value in sorted(each.items()) if name not in free]
    return [_raw(each)]


def _raw(value: Any) -> bytes:
    """A value as it stands in the file; references stay references."""
    return value.unparse() if hasattr(value, "unparse") else repr(value).encode()


def _only_signature_fields(new: Any) -> bool:
    marks = [mark for page in new.pages for mark in page.get("/Annots", ())]
    return all(
        str(mark.get("/FT", "")) == "/Sig" or str(mark.get("/Subtype", "")) == "/Link"
        for mark in marks
    )


def _holds(signature: Any) -> bool:
    """One signature: its bytes intact, and nothing but further signatures after it."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    signature.compute_integrity_info()
    if not signature.summarise_integrity_info().get("docmdp_ok"):
        return False
    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    return bool(intact and valid)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """When a signature existed, by a time-stamp authority: whether the stamp holds, and is trusted."""

    field: str
    at: datetime
    by: str
    holds: bool
    trusted: bool


def time_stamps(pdf: bytes, roots: Sequence[bytes]) -> list[Stamp]:
    """The RFC 3161 stamps of a signed paper, judged with the roots (DER) that the reader trusts."""
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    trust = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots], allow_fetching=False
    )
    found = []
    for signature in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
        status = validate_pdf_signature(signature, trust, ts_validation_context=trust)
        if stamp := status.timestamp_validity:
            found.append(
                Stamp(
                    field=signature.field_name,
                    at=stamp.timestamp,
                    by=stamp.signing_cert.subject.native["common_name"],
                    holds=stamp.intact and stamp.valid,
                    trusted=stamp.trusted,
                )
            )
    return found
