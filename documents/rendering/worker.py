"""The printing process: `python -m documents.rendering.worker`, fed through its standard input.

It knows no Django, no database and no network. Limits: address space once, CPU afresh per paper.
"""

import ctypes
import json
import os
import resource
import sys
import time
from typing import TYPE_CHECKING

from documents.rendering.job import Job, RenderFailed, Sheet, receive, send

if TYPE_CHECKING:
    from documents.rendering.press import Press

MEMORY_BYTES = int(os.environ.get("WUFANG_RENDER_MEMORY", "1073741824"))
CPU_SECONDS = int(os.environ.get("WUFANG_RENDER_CPU", "10"))
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
    """Serve papers until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the frames
    _shut_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    press: Press | None = None
    while (data := receive(sys.stdin.buffer)) is not None:
        _wind_cpu()
        if press is None:
            press = _press()
        send(answers, _answer(press, data))


def _press() -> "Press":
    from documents.rendering import press

    return press.Press()


def _answer(press: "Press", data: bytes) -> bytes:
    begun = time.process_time()
    try:
        pdf, pages = press.print(Job.load(data))
    except RenderFailed as refusal:
        return json.dumps({"error": str(refusal)}).encode()
    except RecursionError:
        return json.dumps({"error": "the text is nested too deeply"}).encode()
    except MemoryError:
        os._exit(12)
    spent = round(time.process_time() - begun, 4)
    return Sheet(pdf=pdf, pages=pages, cpu_seconds=spent).dump()


def _wind_cpu() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _shut_network() -> None:
    """Leave the machine's network, where the kernel allows it; the fetcher denies all anyway."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET):
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


if __name__ == "__main__":
    main()
