"""Files from outside: only pictures and PDF, made anew, without what a camera or an office writes into them."""

import io
from dataclasses import dataclass

import pikepdf
import pillow_heif
from PIL import Image, ImageOps

from casework.commands.base import CommandRefused
from documents import virus

MOST_BYTES = 25_000_000  # of a photograph, which is made smaller
MOST_BYTES_PDF = 10_000_000  # kept as it is; other systems take no more
MOST_PIXELS = 40_000_000
MOST_PIXELS_JPEG = (
    200_000_000  # the cameras of telephones; it is read at a fraction of its size
)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_JPEG
MOST_PAGES = 200
LONGEST_SIDE = 2400
QUALITY = 82
pillow_heif.register_heif_opener(thumbnails=False)  # how iPhones keep photographs


class NotAPictureOrPdf(CommandRefused):
    """Only photographs (JPG, PNG, HEIC) and PDF are taken. Take a photograph of the paper instead."""


class TooBig(CommandRefused):
    """This file is too big: a photograph has 25 MB at most, a PDF 10 MB. Send one page at a time."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The bytes that are kept, and what they are."""

    data: bytes
    media_type: str
    pages: int = 1


def cleaned(data: bytes) -> Cleaned:
    """Read it as what it is, not as it is called, and write it anew.

    Raises: NotAPictureOrPdf, TooBig, virus.Infected, virus.NotChecked.
    """
    if len(data) > MOST_BYTES:
        raise TooBig(field="files")
    virus.check(data)
    if data[:5] == b"%PDF-":
        if len(data) > MOST_BYTES_PDF:
            raise TooBig(field="files")
        made, pages = _pdf(data)
        return Cleaned(made, "application/pdf", pages)
    return Cleaned(_picture(data), "image/jpeg")


def _picture(data: bytes) -> bytes:
    """Upright, at most 2400 pixels, no place, no camera, no hour."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "HEIF")) as picture:
            is_jpeg = picture.format == "JPEG"
            if picture.width * picture.height > (MOST_PIXELS_JPEG if is_jpeg else MOST_PIXELS):
                raise TooBig(field="files")
            if is_jpeg:
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # never smaller than asked
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except CommandRefused:
        raise
    except Exception as error:  # a decoder raises whatever it stumbles over
        raise NotAPictureOrPdf(field="files") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    made = io.BytesIO()
    upright.save(made, "JPEG", quality=QUALITY, exif=b"")
    return made.getvalue()


def _pdf(data: bytes) -> tuple[bytes, int]:
    """The pages alone: no script, no form, no attachment, no author."""
    try:
        with pikepdf.open(io.BytesIO(data)) as found, pikepdf.new() as fresh:
            if len(found.pages) > MOST_PAGES:
                raise TooBig(field="files")
            fresh.pages.extend(found.pages)
            for page in fresh.pages:
                for name in ("/AA", "/Annots"):
                    if name in page.obj:
                        del page.obj[name]
            made, pages = io.BytesIO(), len(fresh.pages)
            fresh.save(made)
    except CommandRefused:
        raise
    except Exception as error:  # a decoder raises whatever it stumbles over
        raise NotAPictureOrPdf(field="files") from error
    return made.getvalue(), pages
