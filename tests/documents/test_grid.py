"""Every letter measured on the printed page: GB/T 9704-2012, letter format. Lengths in mm or pt."""

import itertools
import re

import pymupdf
import pytest
from PIL import Image, ImageChops

from documents.catalogue import KINDS, LETTER

MM, PITCH, BODY, TITLE, FOLIO = 72 / 25.4, 28.7, 16.0, 22.0, 14.0
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
BASELINE = (PITCH - BODY) / 2 + 0.88 * BODY  # of the first line under the top of the type area
LETTERS = [code for code, kind in KINDS.items() if kind.look == LETTER]
SCALE = 6


@pytest.fixture
def pages(sheets, request):
    document = pymupdf.open(stream=sheets[request.param].pdf)
    yield [Page(page) for page in document]
    document.close()


class Page:
    """The upright characters of a page as (x, baseline, right, size, character), and its picture."""

    def __init__(self, page):
        self.page = page
        rows = [
            line
            for block in page.get_text("rawdict")["blocks"]
            for line in block.get("lines", ())
        ]
        self.chars = [
            (char["origin"][0], char["origin"][1], char["bbox"][2], span["size"], char["c"])
            for line in rows
            if line["dir"][0] > 0.999
            for span in line["spans"]
            for char in span["chars"]
            if char["c"].strip()
        ]

    def lines(self, size=BODY):
        """Lines of type of a size from the top: the characters of each, left to right."""
        rows = {}
        for char in self.chars:
            if abs(char[3] - size) < 0.05:
                rows.setdefault(round(char[1], 1), []).append(char)
        return [sorted(rows[at]) for at in sorted(rows)]

    def pixels(self, scale):
        """The page as a picture."""
        shot = self.page.get_pixmap(matrix=pymupdf.Matrix(scale, scale))
        return Image.frombytes("RGB", (shot.width, shot.height), shot.samples)

    def red_runs(self, *across):
        """For each x, runs of red down the page: (top, thickness)."""
        image, found = self.pixels(SCALE), []
        for x in across:
            runs, at = [], 0
            column = [
                is_red(image.getpixel((round(x * SCALE), y))) for y in range(image.height)
            ]
            for on, run in itertools.groupby(column):
                size = len(list(run))
                if on:
                    runs.append((at / SCALE, size / SCALE))
                at += size
            found.append(runs)
        return found

    def red_box(self):
        """What is red on the page: left, top, right, bottom."""
        bands = self.pixels(2).split()
        mask = Image.eval(bands[0], lambda level: 255 * (level > 150))
        for other in bands[1:]:
            mask = ImageChops.multiply(
                mask, Image.eval(other, lambda level: 255 * (level < 120))
            )
        return [side / 2 for side in mask.getbbox()]


def words(line):
    return "".join(char[4] for char in line)


def is_red(pixel):
    red, green, blue = pixel
    return red > 150 and green < 120 and blue < 120


def every_letter(test):
    return pytest.mark.parametrize("pages", LETTERS, indirect=True)(test)


def test_these_are_the_letters():
    assert LETTERS == [
        "D02", "D03", "D07", "D09", "D13", "D22", "D23", "D24", "D25", "D26", "D34", "D36",
        "D39",
    ]  # fmt: skip


@every_letter
def test_the_text_stands_on_28_characters_and_22_lines(pages):
    for page in pages:
        lines = [line for line in page.lines() if line[0][1] > TOP]
        assert len(lines) <= 22
        for line in lines:
            assert line[0][0] > LEFT - 0.5
            assert line[-1][2] < RIGHT + 1
            assert sum(char[2] - char[0] > 15 for char in line) <= 28
        if not page.lines(12):  # a table leaves the grid
            steps = [(line[0][1] - TOP - BASELINE) / PITCH for line in lines]
            off = [step for step in steps if abs(step - round(step)) > 0.02]
            assert off == [] or page is pages[0], off


@every_letter
def test_full_lines_are_flush_and_none_begins_with_a_mark(pages):
    for page in pages:
        for line, after in itertools.pairwise(page.lines()):
            assert line[0][4] not in "。，、；：）》”"
            goes_on = after[0][0] < LEFT + 1 and line[0][1] > TOP
            if goes_on and after[0][1] - line[0][1] < PITCH + 1:
                assert abs(line[-1][2] - RIGHT) < 9, words(
                    line
                )  # half a mark's square is empty


@every_letter
def test_page_numbers_stand_7_mm_below_the_text_outside_and_not_on_page_one(pages):
    assert not any(re.match(r"—\d+—", words(line)) for line in pages[0].lines(FOLIO))
    for number, page in enumerate(pages[1:], 2):
        folio = page.lines(FOLIO)[-1]
        assert words(folio) == f"—{number}—"
        assert abs(folio[0][1] - 0.35 * FOLIO - BOTTOM - 7 * MM) < 1.2 * MM  # the dash itself
        if number % 2:
            assert abs(RIGHT - FOLIO - folio[-1][2]) < 1
        else:
            assert abs(folio[0][0] - LEFT - FOLIO) < 1


@every_letter
def test_the_mark_and_the_red_rules_stand_where_they_must(pages):
    page = pages[0]
    size = max(char[3] for char in page.chars)
    mark = page.lines(size)[0]
    mark_top = page.red_box()[1]
    assert abs(mark_top - 30 * MM) < 1.5 * MM
    assert abs((mark[0][0] + mark[-1][2]) / 2 - 105 * MM) < 3
    runs, *edges = page.red_runs(24 * MM, 19.4 * MM, 20.6 * MM, 189.4 * MM, 190.6 * MM)
    (thick, thin), (thin_below, thick_below) = runs[-4:-2], runs[-2:]
    assert thick[1] > 2 * thin[1]
    assert thick_below[1] > 2 * thin_below[1]
    assert abs(thick[0] - (mark[0][1] + 0.12 * size) - 4 * MM) < 2 * MM
    assert abs(thick_below[0] + thick_below[1] - 277 * MM) < 1
    assert [bool(edge) for edge in edges] == [False, True, True, False]  # 170 mm wide


@every_letter
def test_number_and_title_stand_under_the_mark(pages):
    number, title = pages[0].lines()[0], pages[0].lines(TITLE)
    assert re.search(r"〔\d{4}〕\d+号$", words(number))
    assert abs(number[-1][2] - RIGHT) < 1
    for line in title:
        assert abs((line[0][0] + line[-1][2]) / 2 - (LEFT + RIGHT) / 2) < 2
    assert len(title) == 1 or len(words(title[-1])) > 4  # no leftover of a broken title


@every_letter
def test_the_seal_lies_over_name_and_date_on_a_page_with_text(pages):
    page = next(page for page in pages[1:] if any(dated(line) for line in page.lines()))
    line = [line for line in page.lines() if dated(line)][-1]
    left, top, right, bottom = page.red_box()
    assert abs(right - left - 42 * MM) < 1.5 * MM
    assert abs((left + right) / 2 - (line[0][0] + line[-1][2]) / 2) < 3
    assert top < line[0][1] < bottom
    assert (
        len([row for row in page.lines() if row[0][1] < line[0][1]]) > 1
    )  # text, not name alone


def dated(line):
    return re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", words(line))
