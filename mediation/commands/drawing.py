"""A name drawn by hand under a text: a picture that goes along with the one-time code, never instead of it."""

import base64
import binascii

from casework.commands.base import CommandRefused
from documents import uploads

BEGINS = "data:image/png;base64,"
MOST_CHARACTERS = 400_000  # a canvas of 640 x 240 full of strokes needs a tenth


class NotADrawing(CommandRefused):
    """Your handwriting could not be read. Wipe it and write again, or sign with the code alone."""


def picture_of(drawn: str) -> bytes:
    """The picture (JPEG) of what was drawn, made anew; nothing for nothing drawn. Raises: NotADrawing."""
    if not drawn:
        return b""
    if not again(drawn):
        raise NotADrawing(field="drawn")
    try:
        data = base64.b64decode(drawn.removeprefix(BEGINS), validate=True)
        made = uploads.cleaned(data)
    except (binascii.Error, ValueError, uploads.NotAPictureOrPdf, uploads.TooBig) as error:
        raise NotADrawing(field="drawn") from error
    if made.media_type != "image/jpeg":
        raise NotADrawing(field="drawn")
    return made.data


def again(drawn: str) -> str:
    """What was drawn, to be shown again after a refusal; nothing if it is no drawing of ours."""
    fits = drawn.startswith(BEGINS) and len(drawn) <= MOST_CHARACTERS
    return drawn if fits else ""
