"""A line between two systems that fails in every way a line fails, by a seed.

For each request one fate is drawn: it passes, is dropped before or after it arrived, arrives
twice, comes late, is cut in half, is answered 5xx before or after it arrived, drips, or is changed
on the way; some are kept and played again seconds later, out of order.
"""

import asyncio
import contextlib
import random
import sys
from collections import Counter
from dataclasses import dataclass, field

FATES = {
    "passes": 60, "dropped before": 5, "dropped after": 7, "doubled": 6, "late": 6, "half answer": 4,
    "5xx before": 4, "5xx after": 3, "drips": 2, "changed": 1, "played again": 2,
}  # fmt: skip
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
MOST = 4_000_000


@dataclass
class Line:
    """One direction: where it leads, what it did."""

    port: int  # of the system behind it
    seed: int
    counts: Counter = field(default_factory=Counter)
    later: set = field(default_factory=set)

    def __post_init__(self):
        self.chance = random.Random(self.seed)  # noqa: S311 (a choice of faults)

    def fate(self):
        return self.chance.choices(list(FATES), list(FATES.values()))[0]

    async def serve(self, reader, writer):
        """Each request of a connection in turn, until one side closes."""
        over = (
            OSError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            asyncio.CancelledError,
        )
        with contextlib.suppress(*over):
            while (request := await message(reader)) and await self.carry(request, writer):
                pass
        with contextlib.suppress(OSError):
            writer.close()

    async def carry(self, request, writer):
        """Carry one request as its fate wants; false when the connection is over."""
        fate = self.fate()
        self.counts[fate] += 1
        if fate == "dropped before":
            return False
        if fate == "5xx before":
            writer.write(BUSY)
            await writer.drain()
            return False
        if fate == "late":
            await asyncio.sleep(self.chance.uniform(0.05, 0.8))
        if fate == "changed":
            request = request[:-2] + bytes([request[-2] ^ 1]) + request[-1:]
        if fate == "doubled":
            await self.ask(request)
        answer = await self.ask(request)
        if fate == "played again":
            task = asyncio.create_task(self.again(request))
            self.later.add(task)
            task.add_done_callback(self.later.discard)
        return await self.give_back(fate, answer, writer)

    async def give_back(self, fate, answer, writer):
        """The answer, or what is left of it."""
        if fate == "dropped after":
            return False
        if fate == "5xx after":
            answer = BUSY
        if fate == "half answer":
            answer = answer[: len(answer) // 2]
        step = 40 if fate == "drips" else len(answer) or 1
        for place in range(0, len(answer), step):
            writer.write(answer[place : place + step])
            await writer.drain()
            if fate == "drips":
                await asyncio.sleep(0.005)
        return fate not in ("half answer", "5xx after")

    async def again(self, request):
        """The same bytes once more, later."""
        await asyncio.sleep(self.chance.uniform(0.5, 4.0))
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self.ask(request)

    async def ask(self, request):
        """Ask the system behind the line over a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=MOST)
        try:
            writer.write(request)
            await writer.drain()
            return await message(reader)
        finally:
            writer.close()


async def message(reader):
    """One HTTP message with its body (Content-Length only, as both sides send)."""
    head = await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b""
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return head + (await reader.readexactly(length) if length else b"")


async def main(pairs, seed):
    """Serve the lines `listen:to ...` until standard input closes; then print what they did."""
    lines = []
    for number, (listen, to) in enumerate(pairs):
        line = Line(to, seed + number)
        await asyncio.start_server(line.serve, "127.0.0.1", listen, limit=MOST)
        lines.append(line)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    total = sum((line.counts for line in lines), Counter())
    sys.stdout.write(
        " ".join(f"{name.replace(' ', '-')}={total[name]}" for name in FATES) + "\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    ports = [tuple(int(each) for each in word.split(":")) for word in sys.argv[2:]]
    asyncio.run(main(ports, int(sys.argv[1])))
