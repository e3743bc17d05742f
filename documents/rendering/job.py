"""What goes to a rendering worker and what comes back: plain data, never pickled objects."""

import json
import struct
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import BinaryIO

HEAD = struct.Struct(">II")
LIMIT_BYTES = 256 * 2**20


class RenderFailed(Exception):
    """The paper could not be printed; the message says why in words."""


class WorkerLost(RenderFailed):
    """The printing process ended before it answered (memory, time, or a crash)."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One paper to print: page, style, pictures by name, and the facts to attach."""

    html: str
    css: str
    created: str  # ISO instant, fixed by the facts: the same facts give the same bytes
    assets: dict[str, str] = field(default_factory=dict)
    facts: str = ""
    across: bool = False  # the seal also across the pages, when there are two or more
    archival: bool = True  # PDF/A-3a + PDF/UA-1; off only for benchmarks

    def dump(self) -> bytes:
        """As bytes for the pipe."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def load(cls, data: bytes) -> "Job":
        """From the pipe."""
        return cls(**json.loads(data))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A printed paper: its bytes, how many pages, and what it cost."""

    pdf: bytes
    pages: int
    cpu_seconds: float

    def dump(self) -> bytes:
        """As bytes for the pipe."""
        return json.dumps({**asdict(self), "pdf": b64encode(self.pdf).decode()}).encode()

    @classmethod
    def load(cls, data: bytes) -> "Sheet":
        """From the pipe. Raises: RenderFailed with the worker's words."""
        answer = json.loads(data)
        if "error" in answer:
            raise RenderFailed(answer["error"])
        return cls(**{**answer, "pdf": b64decode(answer["pdf"])})


def send(pipe: BinaryIO, data: bytes) -> None:
    """Write one framed message."""
    pipe.write(HEAD.pack(0x57465046, len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes | None:
    """Read one framed message; None at the end. Raises: WorkerLost on a broken frame."""
    head = pipe.read(HEAD.size)
    if not head:
        return None
    if len(head) < HEAD.size:
        raise WorkerLost("the printing process broke off")
    mark, size = HEAD.unpack(head)
    if mark != 0x57465046 or size > LIMIT_BYTES:
        raise WorkerLost("the printing process answered nonsense")
    data = pipe.read(size)
    if len(data) < size:
        raise WorkerLost("the printing process broke off")
    return data
