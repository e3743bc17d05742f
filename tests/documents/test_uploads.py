"""Files from outside: an iPhone's photograph, a file that the scanner knows, a scanner that is silent."""

import io
import socket
import struct
import threading
from contextlib import contextmanager

import pillow_heif
import pytest
from PIL import Image

from documents import uploads, virus

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def heic():
    """A photograph as an iPhone keeps it, with the place in it, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (320, 160), "red")).save(
        made, quality=60, exif=exif.tobytes()
    )
    return made.getvalue()


def jpeg():
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(made, "JPEG")
    return made.getvalue()


def test_an_iphone_photograph_becomes_a_jpeg_that_says_neither_place_nor_hour():
    made = uploads.cleaned(heic())
    assert made.media_type == "image/jpeg"
    with Image.open(io.BytesIO(made.data)) as picture:
        assert (picture.format, dict(picture.getexif())) == ("JPEG", {})
        assert picture.size == (160, 320)  # upright


def test_a_photograph_of_twenty_megabytes_becomes_small_and_stays_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = io.BytesIO()
    noise = Image.effect_noise((1500, 1125), 90).resize((6000, 4500)).convert("RGB")
    noise.save(made, "JPEG", quality=100, subsampling=0, exif=exif)
    data = made.getvalue() + b"\0" * max(0, 20_000_000 - made.tell())
    assert len(data) >= 20_000_000
    kept = uploads.cleaned(data)
    with Image.open(io.BytesIO(kept.data)) as picture:
        assert picture.size == (1800, 2400)
    assert len(kept.data) < 3_000_000


def test_what_is_too_big_is_refused_by_its_kind():
    for data in (b"%PDF-1.7" + b"0" * 10_000_000, jpeg() + b"0" * 25_000_000):
        with pytest.raises(uploads.TooBig):
            uploads.cleaned(data)


def test_half_a_photograph_is_refused_in_words():
    for data in (heic()[:400], b"\0\0\0\x18ftypheic" + b"\0" * 40):
        with pytest.raises(uploads.NotAPictureOrPdf):
            uploads.cleaned(data)


@contextmanager
def scanner(settings, *, silent=False):
    """Something that listens and answers as clamd does: it knows EICAR alone."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.WUFANG_CLAMD = f"127.0.0.1:{door.getsockname()[1]}"
        heard = []

        def serve():
            line, _who = door.accept()
            with line, line.makefile("rb") as said:
                command, data = said.read(10), b""
                while size := struct.unpack("!I", said.read(4))[0]:
                    data += said.read(size)
                heard.append((command, data))
                answer = (
                    b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
                )
                line.sendall(b"" if silent else answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield heard
        thread.join(10)


def test_a_clean_file_passes_and_the_scanner_saw_all_of_it(settings):
    data = jpeg() + b"\0" * (2 * virus.CHUNK)
    with scanner(settings) as heard:
        assert uploads.cleaned(data).media_type == "image/jpeg"
    assert heard == [(b"zINSTREAM\0", data)]


def test_a_file_that_the_scanner_knows_is_refused(settings):
    with scanner(settings), pytest.raises(virus.Infected):
        uploads.cleaned(EICAR)


def test_nothing_passes_a_scanner_that_does_not_answer(settings):
    with scanner(settings, silent=True), pytest.raises(virus.NotChecked):
        uploads.cleaned(jpeg())
    settings.WUFANG_CLAMD = "/nowhere/clamd.ctl"
    with pytest.raises(virus.NotChecked):
        uploads.cleaned(jpeg())
    assert not virus.answers()


def test_without_a_scanner_nothing_is_asked(settings):
    settings.WUFANG_CLAMD = ""
    assert uploads.cleaned(jpeg()).data
