"""Papers: CPU a paper, papers a second, memory, beside Chromium headless on the same HTML.

`python bench/documents.py [papers for the memory figure, 500]`. The two papers are fixed pages: an
agreement of two pages (agreement.html) and a notice of one (notice.html), with QR, seal and, when
archival, the facts attached. CPU seconds are honest on a shared machine, wall seconds are not; both
depend on the processor, so a loop of plain Python is timed beside them (0.06 s on the machine of docs/reference/papers.md).
"""

import os
import resource
import statistics
import sys
import time
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django
import psutil

django.setup()

from documents import binding, samples
from documents.compose import compose
from documents.gallery import sample_imprint
from documents.rendering import Pool

HERE, ROUNDS = Path(__file__).parent, 15
PAPERS = {
    "agreement": ("agreement.html", "D14", 2, 0.06, 0.085),
    "notice": ("notice.html", "D26", 1, 0.06, 0.085),
}


def yardstick():
    """CPU seconds of a fixed loop: how fast this processor is right now."""
    begun, total = time.process_time(), 0
    for number in range(2_000_000):
        total += number * number
    return time.process_time() - begun


def job_of(page, code, archival):
    """A fixed page with the style, pictures and facts of a real paper."""
    from dataclasses import replace

    model = compose(samples.FACTS[code], sample_imprint(code), archival=archival)
    return replace(model, html=(HERE / page).read_text("utf-8"))


def cost(pool, job, pages):
    """Best and median CPU seconds of a paper in a warm process."""
    assert pool.print(job).pages == pages
    spent = [pool.print(job).cpu_seconds for _ in range(ROUNDS)]
    return min(spent), statistics.median(spent)


def rate(size, job, papers=60):
    """Papers a second, and papers a CPU second of the printing processes."""
    pool = Pool(size)
    with ThreadPoolExecutor(size) as threads:
        list(threads.map(lambda _: pool.print(job), range(4 * size)))
        begun = time.monotonic()
        sheets = list(threads.map(lambda _: pool.print(job), range(papers)))
        wall = time.monotonic() - begun
    pool.close()
    return papers / wall, papers * size / sum(sheet.cpu_seconds for sheet in sheets)


def memory(papers, jobs):
    """Resident MB of a printing process after its first and after many papers."""
    pool = Pool(1)
    found = []
    for number in range(papers):
        pool.print(jobs[number % len(jobs)])
        if number in (2, papers - 1):
            worker = pool.free.get()
            found.append(psutil.Process(worker.process.pid).memory_info().rss / 2**20)
            pool.free.put(worker)
    pool.close()
    return found


def dossier(pages=200):
    """CPU seconds, wall seconds and MB grown of binding a volume of papers as issued."""
    pool = Pool(1)
    cover = pool.print(compose(samples.FACTS["D32"], sample_imprint("D32"))).pdf
    sheet = pool.print(job_of(*PAPERS["agreement"][:2], True))
    pool.close()
    pieces = [
        binding.Piece(words=str(at), name=f"{at:03d}.pdf", pdf=sheet.pdf)
        for at in range(pages // sheet.pages)
    ]
    keys = {"title": "卷宗", "cover": cover, "at": sample_imprint("D32").issued_at}
    binding.bind(**keys, pieces=pieces[:1], expected=[sheet.pages])  # what is loaded once
    me = resource.RUSAGE_SELF
    before, cpu, wall = resource.getrusage(me).ru_maxrss, time.process_time(), time.monotonic()
    bound = binding.bind(**keys, pieces=pieces, expected=[sheet.pages] * len(pieces))
    spent, took = time.process_time() - cpu, time.monotonic() - wall
    grown = (resource.getrusage(me).ru_maxrss - before) / 1024
    return bound.pages, spent, took, grown, psutil.Process().memory_info().rss / 2**20


def in_browser(job):
    """The page with style and pictures inside: what Chromium prints."""
    html = job.html.replace("</head>", f"<style>{job.css}</style></head>")
    for name, picture in job.assets.items():
        data = "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
        html = html.replace(f"asset:{name}", data)
    return html


def chromium(pages):
    """CPU seconds a paper of a Chromium whose page is kept, and its MB."""
    from playwright.sync_api import sync_playwright

    me = psutil.Process()

    def spent():
        """CPU seconds and MB of the browser's processes that live."""
        seconds = size = 0.0
        for each in me.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if "chrom" in each.name():
                    seconds += sum(each.cpu_times()[:2])
                    size += each.memory_info().rss / 2**20
        return seconds, size

    with sync_playwright() as play:
        path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page, found = browser.new_page(), {}
        for name, html in pages.items():
            for _ in range(2):
                page.set_content(html)
                page.pdf(prefer_css_page_size=True)
            begun, _ = spent()
            for _ in range(ROUNDS):
                page.set_content(html)
                page.pdf(prefer_css_page_size=True)
            found[name] = (spent()[0] - begun) / ROUNDS
        _, size = spent()
        browser.close()
    return found, size


def main(papers):
    """Print all figures, the yardstick before and after."""
    print(f"yardstick {yardstick():.3f} CPU s")
    pool, html = Pool(1), {}
    for name, (page, code, pages, plain, archival) in PAPERS.items():
        for goal, wanted in ((False, plain), (True, archival)):
            job = job_of(page, code, goal)
            best, middle = cost(pool, job, pages)
            print(
                f"{name}, {pages} pages, {'PDF/A-3a + UA' if goal else 'plain'}: "
                f"{best:.3f} CPU s best, {middle:.3f} median (goal {wanted})"
            )
        html[name] = in_browser(job)
    pool.close()
    found, size = chromium(html)
    for name, seconds in found.items():
        print(f"{name} in Chromium, page kept, untagged, no facts: {seconds:.3f} CPU s")
    print(f"Chromium: {size:.0f} MB")
    for goal, wanted in ((False, 25), (True, 18)):
        job = job_of(*PAPERS["agreement"][:2], goal)
        for processes in (1, 2):
            wall, cpu = rate(processes, job)
            print(
                f"{'archival' if goal else 'plain'} agreements, {processes} processes: "
                f"{wall:.1f} a second, {cpu:.1f} if each had a core (goal {wanted} on 2)"
            )
    jobs = [job_of(page, code, True) for page, code, *_ in PAPERS.values()]
    first, last = memory(papers, jobs)
    print(f"a printing process: {first:.0f} MB, after {papers} papers {last:.0f} MB (goal 130)")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:  # as a job has it
        pages, spent, took, grown, whole = fresh.submit(dossier).result()
    print(
        f"dossier of {pages} pages: {spent:.2f} CPU s, {took:.2f} s (goal 3), "
        f"{grown:.0f} MB more, {whole:.0f} MB in all (goal 300)"
    )
    print(f"yardstick {yardstick():.3f} CPU s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
