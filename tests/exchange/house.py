"""Two installations of this product as each other's peer: own databases, keys, servers and workers."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg

from config.server import database, places, scratch
from documents import fonts

FONTS = fonts.folder()
PAUSE = os.environ.get("WUFANG_EXCHANGE_PAUSE", "0.3")


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@dataclass
class House:
    """One installation: its name, folder and port, and the programs that run for it."""

    name: str
    folder: Path
    port: int = field(default_factory=free_port)
    running: list = field(default_factory=list)

    def __post_init__(self):
        self.database = f"wufang_test_{os.getpid()}_{self.name}"
        self.url = scratch.clone(self.database)
        self.owner_url = database.with_name(database.owner_url(), self.database)
        (self.folder / "data").mkdir(parents=True, mode=0o755)

    @property
    def env(self):
        return {
            **os.environ, "DATABASE_URL": self.url, "DATABASE_OWNER_URL": self.owner_url,
            "WUFANG_DATA": str(self.folder / "data"), "WUFANG_FONTS": str(FONTS),
            "WUFANG_NODE": self.name, "WUFANG_EXCHANGE_PAUSE": PAUSE,
            "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def run(self, *command, stdin=None):
        """Run a program of this house to its end; returns what it said."""
        done = subprocess.run(
            [sys.executable, *command], cwd=places.CHECKOUT, env=self.env, input=stdin,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
        return done.stdout

    def manage(self, *command, stdin=None):
        return self.run("manage.py", *command, stdin=stdin)

    def start(self, *command):
        """Start a program of this house beside us."""
        log = (self.folder / f"{command[-1].strip('-')}-{len(self.running)}.log").open("wb")
        with log:
            made = subprocess.Popen(
                [sys.executable, *command], cwd=places.CHECKOUT, env=self.env,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.running.append(made)
        return made

    def open(self):
        """Start web, pump and the worker of the exchange, as `manage.py up` does."""
        self.start(
            "-m", "granian", "--interface", "wsgi", "config.wsgi:application", "--host", "127.0.0.1",
            "--port", str(self.port), "--no-ws", "--workers", "1", "--blocking-threads", "4",
            "--log-level", "warning",
        )  # fmt: skip
        self.start("manage.py", "pump")
        self.start("manage.py", "work", "--queue", "exchange")

    def wait_open(self):
        """Wait until the web answers."""
        until = time.monotonic() + 120
        while not self.answers():
            assert time.monotonic() < until, self.logs()
            time.sleep(0.1)

    def answers(self):
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            door.request("GET", "/login/")
            return door.getresponse().status == 200
        except OSError:
            return False
        finally:
            door.close()

    def ask(self, words, *values):
        """Rows as the owner sees them."""
        with psycopg.connect(self.owner_url) as server:
            return server.execute(words, values or None).fetchall()

    def logs(self):
        return "\n".join(
            f"== {path.name}\n{path.read_text()[-3000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )

    def close(self):
        for each in self.running:
            each.terminate()
        for each in self.running:
            try:
                each.wait(20)
            except subprocess.TimeoutExpired:
                each.kill()
        scratch.drop(self.database)


PREPARE = """
import io, sys
from django.core.management import call_command
from tests.settled import settle
settle()
call_command("peer", "add", {agency!r}, "--node", {node!r}, "--url", {url!r}, *{more!r})
sys.stdin = io.StringIO({secret!r})
call_command("peer", "install-key", {node!r}, "the-pair")
"""


def introduce(here, there, here_url, there_url):
    """Reference rows and the standing cast in both; each the other's peer under one key, by `peer`."""
    secret = secrets.token_urlsafe(48) + "\n"
    union = ["--name", "重庆市总工会", "--sees", "names,facts", "--district", "两江新区"]
    told = [
        (there, {"agency": "UNION_CQ", "node": here.name, "url": here_url, "more": union}),
        (here, {"agency": "UNION_SICHUAN", "node": there.name, "url": there_url, "more": []}),
    ]
    at_once(*(
        partial(house.manage, "shell", "--no-imports", "--command",
                PREPARE.format(secret=secret, **words))
        for house, words in told
    ))  # fmt: skip


def at_once(*acts):
    """Run acts beside each other; returns what each returned, raises what one raised."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(act) for act in acts]]


def two_houses(stack: ExitStack, folder: Path):
    """Two empty houses, not open yet."""
    houses = []
    for name in ("chongqing", "sichuan"):
        house = House(name, folder / name)
        stack.callback(house.close)
        houses.append(house)
    return houses
