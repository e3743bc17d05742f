"""Certificate signatures on an issued paper: PAdES, each in an incremental update of its own.

The issued bytes stay the beginning of the file, so every earlier signature and the house's hash hold.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.signing.authority import Certificate

MM = 72 / 25.4


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a signature is shown: page from 0, box in mm from the page's lower left corner."""

    field: str
    page: int
    left: float
    low: float
    width: float = 40.0
    height: float = 16.0

    @property
    def box(self) -> tuple[int, int, int, int]:
        """In points."""
        corners = (self.left, self.low, self.left + self.width, self.low + self.height)
        left, low, right, top = (round(side * MM) for side in corners)
        return left, low, right, top


class AlreadySigned(ValueError):
    """This place bears a signature already."""


class NoTime(ConnectionError):
    """The time-stamp authority gave no stamp: nothing was signed."""


def prepare(pdf: bytes, places: Sequence[Place]) -> bytes:
    """The paper with empty places for all who will sign, in any order."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for place in places:
        spec = SigFieldSpec(place.field, on_page=place.page, box=place.box)
        append_signature_field(writer, spec)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def sign(
    pdf: bytes,
    field: str,
    certificate: Certificate,
    *,
    reason: str,
    drawn: bytes = b"",
    timestamper: Any = None,
) -> bytes:
    """The paper with one more signature. `drawn`: a PNG of a drawn or scanned signature to show.

    `timestamper`: see `providers`; without one the time is the signer's own claim.
    Raises: AlreadySigned; NoTime when the authority of time does not answer.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import TimestampRequestError

    meta = PdfSignatureMetadata(
        field_name=field, reason=reason, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = PdfSigner(
        meta, signer=_signer(certificate), timestamper=timestamper, stamp_style=_look(drawn)
    )
    out = io.BytesIO()
    try:
        signer.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True, output=out
        )
    except TimestampRequestError as silence:
        raise NoTime(str(silence)) from silence
    except SigningError as refusal:
        raise AlreadySigned(str(refusal)) from refusal
    return out.getvalue()


def _signer(certificate: Certificate) -> Any:
    from asn1crypto import keys, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for each in certificate.chain:
        store.register(x509.Certificate.load(each))
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.certificate),
        signing_key=keys.PrivateKeyInfo.load(certificate.key),
        cert_registry=store,
    )


def _look(drawn: bytes) -> Any:
    """The picture of the signature, or an empty frame: never text in a font that is not embedded."""
    from PIL import Image
    from pyhanko.pdf_utils.images import PdfImage
    from pyhanko.stamp import StaticStampStyle

    if not drawn:
        return StaticStampStyle(border_width=0, background=None)
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    return StaticStampStyle(
        border_width=0, background=PdfImage(picture), background_opacity=1.0
    )
