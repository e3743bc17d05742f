"""The remedies for speed change nothing on the page, and a printing process stays small."""

import io
import os
from pathlib import Path

import pikepdf
import psutil
import pytest

from documents import samples
from documents.compose import compose
from documents.gallery import sample_imprint
from documents.rendering import Pool

PAPERS = int(os.environ.get("WUFANG_PAPERS", "24"))
MOST_MB, MOST_GROWTH_MB = 130, 12


def plain_worker(tmp_path: Path) -> dict[str, str]:
    """An environment whose printing process leaves WeasyPrint as it came."""
    (tmp_path / "sitecustomize.py").write_text(
        "from documents.rendering import speed\nspeed.install = lambda: None\n"
    )
    return {"PYTHONPATH": f"{tmp_path}:{Path(__file__).resolve().parents[2]}"}


def opened(pdf: bytes) -> list[bytes]:
    """The decoded streams of a PDF, in order, without its table of contents (places differ)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return [each.read_bytes() for each in streams if each.get("/Type") != "/XRef"]


@pytest.mark.parametrize("code", ["D02", "D14"])
def test_with_and_without_the_remedies_the_same_page_comes_out(code, tmp_path):
    job = compose(samples.FACTS[code], sample_imprint(code))
    ours, theirs = Pool(1), Pool(1, **plain_worker(tmp_path))
    quick, plain = ours.print(job), theirs.print(job)
    ours.close()
    theirs.close()
    assert opened(quick.pdf) == opened(plain.pdf)
    assert quick.pdf != plain.pdf  # the zlib level tells that they were printed differently


def resident_mb(pool: Pool) -> float:
    worker = pool.free.get()
    size = psutil.Process(worker.process.pid).memory_info().rss / 2**20
    pool.free.put(worker)
    return float(size)


@pytest.mark.slow
def test_a_printing_process_stays_small():
    """WUFANG_PAPERS=500 is the full proof (`make nightly`)."""
    pool = Pool(1)
    jobs = [compose(samples.FACTS[code], sample_imprint(code)) for code in ("D02", "D25")]
    for number in range(PAPERS):
        pool.print(jobs[number % 2])
        if number == 9:
            early = resident_mb(pool)
    late = resident_mb(pool)
    pool.close()
    assert late < MOST_MB
    assert late - early < MOST_GROWTH_MB
