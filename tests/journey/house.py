"""A house that plays the walking journey, may be killed at any instant, and is counted afterwards."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config.server import database, leftovers, places, postgres, roles
from documents import fonts

# What a person would miss: counted row by row, the ledger by kind and the clocks by state.
COUNTED = {
    "cases": "SELECT 'case', count(*) FROM casework_case",
    "acts": "SELECT 'played', coalesce(sum(acts), 0) FROM mediation_played",
    "events": "SELECT kind, count(*) FROM casework_event GROUP BY 1",
    "tasks": "SELECT flow_task || ' ' || status, count(*) FROM mediation_task GROUP BY 1",
    "processes": "SELECT status, count(*) FROM mediation_process GROUP BY 1",
    "timers": "SELECT state, count(*) FROM casework_timer GROUP BY 1",
    "deadlines": "SELECT rule || ' ' || state, count(*) FROM casework_deadline GROUP BY 1",
    "papers": "SELECT code || ' ' || life, count(*) FROM documents_paper GROUP BY 1",
    "messages": "SELECT 'message', count(*) FROM casework_message",
    "payments": "SELECT 'payment', count(*) FROM casework_payment",
}
BROKEN = (
    "SELECT c.id, problem FROM casework_case c CROSS JOIN LATERAL chain_problems(c.id) problem"
)
HALF_DONE = (
    "SELECT t.id FROM casework_timer t JOIN casework_deadline d ON d.id = t.deadline_id"
    " WHERE t.state = 'PENDING' AND d.state IN ('MET', 'VOID', 'SUPERSEDED')"
)
FONTS = fonts.folder()  # cut once for the whole checkout
BUILT = (
    "SELECT bool_and(to_regclass(name) IS NOT NULL) FROM"
    " unnest(ARRAY['mediation_played', 'mediation_task', 'documents_paper']) name"
)
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Instant:
    """One kill: which, where the journey stood, what was there before and after."""

    number: int
    act: int
    killed: int
    before: Counts
    after: Counts
    broken: list[tuple[object, ...]]

    def row(self) -> str:
        """The instant as a line of the table."""
        sums = "  ".join(
            f"{name} {sum(self.before[name].values())}={sum(self.after[name].values())}"
            for name in ("cases", "events", "tasks", "timers", "papers")
        )
        return f"{self.number:>3}  act {self.act:>2}  {self.killed} processes killed  {sums}"


def play(log: Path) -> subprocess.Popen[bytes]:
    """Start what `make run` starts, up to the end of the play."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "manage.py", "up", "--demo", "--once"],
            cwd=places.CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings.dev",
                "WUFANG_FONTS": str(FONTS),
            },
        )


def of_the_play() -> list[int]:
    """The processes of this data folder but the database's: `up`, the play and its printers."""
    mark = f"WUFANG_DATA={places.data()}".encode()
    found = []
    for pid in leftovers.processes():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if mark in environment and not leftovers.works_in(pid, postgres.cluster()):
            found.append(pid)
    return found


def of_the_database() -> list[int]:
    """The processes of this data folder's cluster."""
    cluster = postgres.cluster()
    return [pid for pid in leftovers.processes() if leftovers.works_in(pid, cluster)]


def send(pids: list[int], number: signal.Signals) -> None:
    """Send a signal to each that still lives."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def kill(running: subprocess.Popen[bytes], number: int) -> Instant:
    """Hold everything still, count, kill -9 everything with the database, recover, count again."""
    ours = of_the_play()
    send(ours, signal.SIGSTOP)
    time.sleep(0.1)  # a COMMIT that was sent is carried out or not: both are fair
    try:
        before, act = count(), acts()
    except psycopg.OperationalError:
        before, act = {}, 0  # no server yet, or no roles in it: the first start was hit
    victims = [*of_the_play(), *of_the_database()]
    send(victims, signal.SIGKILL)
    running.wait()
    while of_the_play() or of_the_database():
        time.sleep(0.02)
    postgres.start()
    roles.prepare_embedded()  # as every start does
    after, broken = count(), ask(BROKEN) + ask(HALF_DONE)
    return Instant(number, act, len(victims), before or after, after, broken)


def acts() -> int:
    """How many acts of the story are played."""
    return int(ask(COUNTED["acts"])[0][1])  # type: ignore[call-overload]


def count() -> Counts:
    """Everything countable, by kind, as the owner sees it (no policy binds the owner)."""
    with psycopg.connect(database.owner_url()) as server:
        if server.execute(BUILT).fetchone() != (True,):
            return {name: {} for name in COUNTED}
        return {name: dict(server.execute(words).fetchall()) for name, words in COUNTED.items()}


def ask(words: str) -> list[tuple[object, ...]]:
    """Rows as the owner sees them; none while nothing is migrated."""
    with psycopg.connect(database.owner_url()) as server:
        if server.execute(BUILT).fetchone() != (True,):
            return [("played", 0)] if words == COUNTED["acts"] else []
        return server.execute(words).fetchall()
