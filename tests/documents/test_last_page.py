"""Where a paper ends: never with a signature alone; and the words at the code stand beside its picture."""

import pypdfium2
import pytest

from documents import samples
from documents.catalogue import DEED, KINDS

PETITIONS = ("D06", "D16", "D17", "D18", "D19", "D20")
PICTURE_ENDS = (28 + 13) * 72 / 25.4  # pt: the margin and the picture
DEEDS = [code for code in samples.FACTS if KINDS[code].look == DEED]


def lines_of(sheets, code: str, page: int) -> list[str]:
    """The lines of a page, in order."""
    with pypdfium2.PdfDocument(sheets[code].pdf) as paper:
        return paper[page].get_textpage().get_text_range().splitlines()


@pytest.mark.parametrize("code", PETITIONS)
def test_a_petition_has_words_before_its_closing_on_the_same_page(code, sheets):
    lines = lines_of(sheets, code, sheets[code].pages - 1)
    closing = next(n for n, line in enumerate(lines) if line.strip() == "此致")
    assert closing >= 1
    assert any("申请人（签名" in line for line in lines[closing:])


@pytest.mark.parametrize("code", ["D16", "D17", "D18", "D19"])
def test_a_petition_of_common_length_is_one_page(code, sheets):
    assert sheets[code].pages == 1


@pytest.mark.parametrize("code", DEEDS)
def test_the_words_at_the_code_stand_beside_its_picture(code, sheets):
    with pypdfium2.PdfDocument(sheets[code].pdf) as paper:
        text = paper[0].get_textpage()
        left = [_left_of(text, word) for word in ("凭验证码在", "事实摘要 SHA-256")]
    assert min(left) > PICTURE_ENDS


def _left_of(text: pypdfium2.PdfTextPage, word: str) -> float:
    """Where a word begins, in pt."""
    place = text.search(word).get_next()
    assert place
    return text.get_charbox(place[0])[0]
