"""What was added to a paper after it was issued: signatures that hold, and nothing else.

Who signed, and by whose word, is told by `signing.people`. What is judged is that the
pages are still those that were issued.
"""

import io
from typing import Any


def only_signatures_added(pdf: bytes, issued: int) -> bool:
    """Whether all that follows the first `issued` bytes are intact signatures and their fields."""
    import pikepdf
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
        if not signatures or not all(holds(each) for each in signatures):
            return False
        with (
            pikepdf.open(io.BytesIO(pdf[:issued])) as old,
            pikepdf.open(io.BytesIO(pdf)) as new,
        ):
            return _same(old, new)
    except (PdfError, ValueError, pikepdf.PdfError):
        return False


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


def holds(signature: Any) -> bool:
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
