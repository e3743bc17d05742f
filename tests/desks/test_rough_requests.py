"""What no browser of ours sends, and files that broke on their way: refused in words, never an error of the house."""

import io
import random

import openpyxl
import pikepdf
import pytest
from PIL import Image

from casework.commands.base import CommandRefused
from casework.ids import as_id
from casework.sheets import read_table
from documents.uploads import cleaned
from tests.desks.test_rules import client_of
from tests.process.conftest import people  # noqa: F401

NUL, FAR, SQUARED = (
    "\x00",
    "9" * 40,
    "²",
)  # Python calls ² a digit, and cannot make a number of it


@pytest.mark.parametrize(
    ("text", "number"),
    [("17", 17), (str(2**63 - 1), 2**63 - 1), (str(2**63), 0), (FAR, 0), (SQUARED, 0), ("-1", 0),
     ("", 0), ("1.0", 0), ("9" * 5000, 0)],
)  # fmt: skip
def test_a_number_from_outside_is_one_of_64_bits_or_none(text, number):
    assert as_id(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "path", "asked", "status"),
    [
        ("admin", "/house/", {"q": NUL}, 400),
        ("qinxiaoyue", "/search/", {"q": NUL}, 400),
        ("qinxiaoyue", "/cases/", {"page": FAR}, 200),
        ("dengchuan", "/subsidies/", {"year": SQUARED}, 200),
        (None, "/paper/check/", {"code": NUL}, 400),
    ],
)
def test_a_page_refuses_what_no_row_can_hold(client, people, who, path, asked, status):  # noqa: F811
    browser = client_of(people[who]) if who else client
    assert browser.get(path, asked).status_code == status


@pytest.mark.django_db
def test_ticked_rows_that_are_no_numbers_are_no_rows(people):  # noqa: F811
    answer = client_of(people["dengchuan"]).post("/work/many/", {"task": [SQUARED, FAR]})
    assert answer.status_code < 500


def photograph(kind):
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    noise = Image.effect_noise((60, 40), 50).convert("RGB")
    noise.save(made, kind, exif=exif.tobytes())
    return made.getvalue()


def paper():
    made = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(3):
            document.add_blank_page()
        document.save(made)
    return made.getvalue()


def workbook():
    made, book = io.BytesIO(), openpyxl.Workbook()
    for number in range(8):
        book.active.append(["姓名", number, "内容" * 9])
    book.save(made)
    return made.getvalue()


def broken(data, dice):
    """One bit of wear after another: bytes changed, lost, added."""
    worn = bytearray(data)
    for _time in range(dice.choice((1, 2, 5, 20))):
        at = dice.randrange(len(worn))
        worn[at : at + dice.choice((0, 1, 1, 9))] = dice.randbytes(dice.choice((0, 1, 1, 5)))
    return bytes(worn)


@pytest.mark.parametrize(
    ("made", "reader"),
    [
        (photograph("JPEG"), cleaned), (photograph("HEIF"), cleaned), (photograph("PNG"), cleaned),
        (paper(), cleaned), (workbook(), read_table),
    ],
    ids=["jpg", "heif", "png", "pdf", "xlsx"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore")
def test_a_file_that_broke_on_its_way_is_refused_in_words(made, reader):
    """Decoders raise what they stumble over: a struct, a syntax, a stream; a worker reads why."""
    assert reader(made), "whole, it is taken"
    dice, refused = random.Random(8), 0  # noqa: S311 (the same wear each time)
    for _try in range(120):
        try:
            reader(broken(made, dice))
        except CommandRefused as error:
            refused += bool(str(error))
    assert refused > 5
