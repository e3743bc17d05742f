"""What was added to a paper after it was issued: signatures that hold, and nothing else."""

import io
from typing import Any


def only_signatures_added(pdf: bytes) -> bool:
    """Whether all that follows the issued bytes are intact signatures and their fields."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = list(reader.embedded_signatures)
        return bool(signatures) and all(_holds(each) for each in signatures)
    except (PdfError, ValueError):
        return False


def _holds(signature: Any) -> bool:
    """One signature: its bytes intact, and nothing but further signatures after it."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    signature.compute_integrity_info()
    status = signature.summarise_integrity_info()
    level = status.get("modification_level") or ModificationLevel.OTHER
    return bool(_intact(signature) and level <= ModificationLevel.FORM_FILLING)


def _intact(signature: Any) -> bool:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    digest = signature.compute_digest()
    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=digest,
    )
    return bool(intact and valid)
