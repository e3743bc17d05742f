"""CPU seconds a paper, papers a second, memory: `python manage.py shell < bench/documents.py`.

Prints the samples warm in one printing process, PDF/A-3a + PDF/UA-1 and plain.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from documents import samples
from documents.compose import compose
from documents.gallery import sample_imprint
from documents.rendering import Pool

ROUNDS = 12


def _cost(pool, code, archival):
    job = compose(samples.FACTS[code], sample_imprint(code), archival=archival)
    for _ in range(2):
        pool.print(job)
    return statistics.median(pool.print(job).cpu_seconds for _ in range(ROUNDS))


def _rate(size):
    pool = Pool(size)
    job = compose(samples.FACTS["D14"], sample_imprint("D14"))
    with ThreadPoolExecutor(size) as threads:
        list(threads.map(lambda _: pool.print(job), range(4 * size)))
        begun = time.monotonic()
        list(threads.map(lambda _: pool.print(job), range(20 * size)))
        rate = 20 * size / (time.monotonic() - begun)
    worker = pool.free.get()
    status = Path(f"/proc/{worker.process.pid}/status").read_text()
    memory = next(
        int(row.split()[1]) // 1024 for row in status.splitlines() if row.startswith("VmRSS")
    )
    pool.free.put(worker)
    pool.close()
    return rate, memory


pool = Pool(1)
for code in samples.FACTS:
    print(
        f"{code}: {_cost(pool, code, True):.3f} CPU s archival, {_cost(pool, code, False):.3f} plain"
    )
pool.close()
for size in (1, 2):
    rate, memory = _rate(size)
    print(f"{size} processes: {rate:.1f} agreements a second (5 pages), {memory} MB a worker")
