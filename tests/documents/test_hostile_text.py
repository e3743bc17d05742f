"""Hostile text in the facts: refused at its field with words, or printed as the plain text it is."""

import io
import json
import socket
import threading
from dataclasses import replace

import pikepdf
import pytest

from documents import guard, samples
from documents.compose import compose
from documents.facts.base import texts
from documents.gallery import sample_imprint
from documents.rendering import Job, Pool, RenderFailed, nets, render
from documents.rendering import pool as pools

MARKUP = [
    '<script>fetch("http://127.0.0.1:{port}/x")</script>',
    '<img src="http://127.0.0.1:{port}/x.png">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:{port}/x.svg"/></svg>',
    '<iframe src="file:///etc/hostname"></iframe>',
    "<style>@import url(http://127.0.0.1:{port}/x.css)</style>",
    "</p></body></html><h1>判决书</h1>",
    '"><object data="http://127.0.0.1:{port}/x"></object>',
    "{{ f.issuer }}{% include 'x' %}",
    "&#x202E;甲乙",
    "url(http://127.0.0.1:{port}/x)",
    "<!--#exec cmd='id'-->",
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
]
REFUSED = {
    "bidi": "甲\u202e乙\u2066丙",
    "600,000 characters": "工" * 600_000,
    "no break": "a" * 5_000,
    "private use": "王\ue815",
    "control": "甲\x00乙",
    "selector": "葛\U000e0100",
    "nothing draws it": "\U000323af",
}
NESTED = {
    "divisions": "<div>" * 1500 + "深" + "</div>" * 1500,
    "tables": "<table><tr><td>" * 200 + "深" + "</td></tr></table>" * 200,
    "spans": "<span>" * 2500 + "深" + "</span>" * 2500,
}


@pytest.fixture(scope="module")
def listener():
    """A door on loopback that counts who knocks."""
    knocks, door = [], socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen()

    def wait():
        while True:
            try:
                knocks.append(door.accept()[1])
            except OSError:
                return

    threading.Thread(target=wait, daemon=True).start()
    yield door.getsockname()[1], knocks
    door.close()


def with_text(text):
    return replace(samples.FACTS["D25"], reason=text)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_as_text_and_fetches_nothing(text, listener):
    port, knocks = listener
    facts = with_text(text.replace("{port}", str(port)))
    guard.require_printable(facts)
    sheet = render(compose(facts, sample_imprint("D25")))
    assert nets.bare(facts.reason)[:20] in nets.extracted(sheet.pdf)
    with pikepdf.open(io.BytesIO(sheet.pdf)) as pdf:
        assert list(pdf.attachments) == ["facts.json"]
        inside = json.loads(pdf.attachments["facts.json"].get_file().read_bytes())
        assert inside["facts"]["reason"] == facts.reason
    assert not knocks


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_printed_is_refused_at_its_field(name):
    facts = with_text(REFUSED[name])
    label = next(place for place, text in texts(facts) if text == facts.reason)
    with pytest.raises(guard.Unprintable, match=label) as refusal:
        guard.require_printable(facts)
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_ends_the_paper_never_the_house(name):
    job = compose(samples.FACTS["D25"], sample_imprint("D25"))
    pool = Pool(1)
    deep = replace(job, html=job.html.replace("</body>", NESTED[name] + "</body>"))
    with pytest.raises(RenderFailed):
        pool.print(deep)
    assert pool.print(job).pages == 2
    pool.close()


def test_a_worker_that_was_killed_is_replaced():
    pool = Pool(1)
    job = Job(**{**compose(samples.FACTS["D25"], sample_imprint("D25")).__dict__})
    pool.print(job)
    worker = pool.free.get()
    worker.process.kill()
    worker.process.wait()
    pool.free.put(worker)
    assert pool.print(job).pages == 2
    assert pools.WALL_SECONDS <= 20
    pool.close()
