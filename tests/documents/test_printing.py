"""What is printed: the text, the grid, the fonts; and what is refused."""

import io
import itertools
import json

import pikepdf
import pypdfium2
import pytest

from documents import samples
from documents.compose import compose
from documents.gallery import sample_imprint
from documents.rendering import Job, Pool, RenderFailed, nets, render

STYLE = '@page{size:A4;margin:37mm 26mm 35mm 28mm}html{font:16pt/28.7pt "WF Latin","WF Fang","WF Kai","WF Song","WF Han A","WF Han B";letter-spacing:-.21pt}body{margin:0;text-align:justify;orphans:1;widows:1}p{margin:0}'
PAGE = '<html lang="zh-CN"><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'
MM = 72 / 25.4


def printed(body: str, style: str = STYLE) -> bytes:
    return render(
        Job(html=PAGE.format(body), css=style, created="2026-03-13T00:00:00+00:00")
    ).pdf


@pytest.mark.parametrize("code", list(samples.FACTS))
def test_the_pdf_says_what_the_facts_say(code, sheets):
    text = nets.extracted(sheets[code].pdf)
    job = compose(samples.FACTS[code], sample_imprint(code))
    assert all(node in text or nets._over_pages(node, text) for node in nets.shown(job.html))


@pytest.mark.parametrize("name", ["王堃", "㛃", "𠅤𬱖", "买买提·艾力"])
def test_rare_names_come_out_as_they_went_in(name):
    assert name in nets.extracted(printed(f"<p>申请人：{name}。</p>"))


def test_a_page_holds_22_lines_of_28_characters():
    pdf = pypdfium2.PdfDocument(printed("<p>" + "调" * (22 * 28 + 1) + "</p>"))
    assert len(pdf) == 2
    page = pdf[0].get_textpage()
    assert page.count_chars() >= 22 * 28
    boxes = [
        page.get_charbox(at)
        for at in range(page.count_chars())
        if page.get_text_range(at, 1) == "调"
    ]
    assert len(boxes) == 22 * 28
    assert abs(min(box[0] for box in boxes) - 28 * MM) < 2
    assert abs(max(box[2] for box in boxes) - (210 - 26) * MM) < 2
    bottoms = sorted({round(box[1], 1) for box in boxes})
    pitches = [high - low for low, high in itertools.pairwise(bottoms)]
    assert all(28.6 < pitch < 28.8 for pitch in pitches)


def test_full_lines_are_flush_and_none_begins_with_a_mark():
    text = (
        "重庆市总工会接到来电反映，某公司拖欠工资共计254,700.00元（大写见后），请依法处理；并答复。"
        * 9
    )
    page = pypdfium2.PdfDocument(printed(f"<p>{text}</p>"))[0].get_textpage()
    lines: dict[int, list] = {}
    for at in range(page.count_chars()):
        char, box = page.get_text_range(at, 1), page.get_charbox(at, loose=True)
        if char.strip():
            lines.setdefault(round((box[1]) / 28.7), []).append((box, char))
    rows = [sorted(row) for _, row in sorted(lines.items(), reverse=True)]
    assert all(row[0][1] not in "。，、；：）》”" for row in rows)
    assert all(abs(row[-1][0][2] - (210 - 26) * MM) < 1.5 for row in rows[:-1])


@pytest.mark.parametrize(
    "body",
    [
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="file:///etc/hostname" alt="x">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<p style="background:url(FILE:///etc/hostname)">x</p>',
        "<style>@import url(http://127.0.0.1:9/x.css);</style>",
        '<object data="file:///etc/hostname"></object>',
        '<img src="data:image/svg+xml,%3Csvg/%3E" alt="x">',
    ],
)
def test_nothing_is_fetched(body):
    with pytest.raises(RenderFailed):
        printed(body)


@pytest.mark.parametrize(
    "body", ["<p>\ue815</p>", "<p>\U000323af</p>", '<p style="color:nothing(">x</p>']
)
def test_unknown_glyphs_and_warnings_fail_the_paper(body):
    with pytest.raises(RenderFailed):
        printed(body)


@pytest.mark.slow
def test_a_paper_that_costs_too_much_is_ended_and_the_next_one_prints():
    pool = Pool(1, WUFANG_RENDER_CPU="1")
    heavy = Job(
        html=PAGE.format("<p style='overflow-wrap:anywhere'>" + "a" * 60_000 + "</p>"),
        css=STYLE,
        created="2026-03-13T00:00:00+00:00",
    )
    with pytest.raises(RenderFailed, match="CPU"):
        pool.print(heavy)
    light = Job(html=PAGE.format("<p>好</p>"), css=STYLE, created="2026-03-13T00:00:00+00:00")
    assert pool.print(light).pages == 1
    pool.close()


def test_too_much_memory_or_time_ends_the_process_not_us():
    job = Job(
        html=PAGE.format("<p>好</p>" * 4000), css=STYLE, created="2026-03-13T00:00:00+00:00"
    )
    for pool in (Pool(1, WUFANG_RENDER_MEMORY=str(150 * 2**20)), Pool(1, wall_seconds=0.2)):
        with pytest.raises(RenderFailed):
            pool.print(job)
        pool.close()


def test_only_our_glyf_fonts_are_embedded_and_the_facts_come_along(sheets):
    for code, sheet in sheets.items():
        pdf = pikepdf.open(io.BytesIO(sheet.pdf))
        kinds = {str(each.get("/Subtype")) for each in pdf.objects if _is_font(each)}
        assert "/CIDFontType2" in kinds
        assert "/CIDFontType0" not in kinds
        facts = json.loads(pdf.attachments["facts.json"].get_file().read_bytes())
        assert facts["imprint"]["code"] == code
        assert str(pdf.Root.Lang) == "zh-CN"


def _is_font(each) -> bool:
    return isinstance(each, pikepdf.Dictionary) and str(each.get("/Type", "")) == "/Font"
