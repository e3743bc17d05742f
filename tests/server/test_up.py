"""`manage.py up`, for real: cold, twice, killed in every way, stopped in order."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.server import leftovers, places, postgres

pytestmark = pytest.mark.slow(10)
READY = 600.0  # a cold start on a loaded machine takes its time


def plain() -> dict[str, str]:
    """As a person's shell has it: nothing tells Python to write its lines at once."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    return inherited | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}


class House:
    """A running `manage.py up`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port)],
                cwd=places.CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=plain(),
            )

    def wait(self) -> "House":
        until = time.monotonic() + READY
        while "Serving at" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)
        return self

    def status(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(90)


def supervised() -> list[int]:
    return [pid for pid in leftovers.processes() if leftovers.is_supervised(pid)]


def database() -> list[int]:
    cluster = postgres.cluster()
    return [pid for pid in leftovers.processes() if leftovers.works_in(pid, cluster)]


@pytest.fixture
def house(data_folder, tmp_path) -> Iterator[House]:
    house = House(tmp_path / "up.log").wait()
    yield house
    if house.process.poll() is None:
        house.stop()


def again(tmp_path: Path) -> House:
    return House(tmp_path / "again.log").wait()


def test_it_serves_says_so_to_a_second_one_and_stops_in_order(house):
    assert house.status() < 500
    second = subprocess.run(
        [sys.executable, "manage.py", "up"],
        check=True,
        capture_output=True,
        text=True,
        cwd=places.CHECKOUT,
        env=plain(),
    )
    assert f"Already up: http://127.0.0.1:{house.port}/" in second.stdout
    assert house.stop() == 0
    assert supervised() == []
    assert database() == []


def test_a_killed_supervisor_takes_its_children_along_and_the_next_one_goes_on(house, tmp_path):
    house.process.kill()
    house.process.wait()
    until = time.monotonic() + 30
    while supervised():
        assert time.monotonic() < until
        time.sleep(0.05)
    next_one = again(tmp_path)
    assert next_one.status() < 500
    assert next_one.stop() == 0


def test_after_kill_9_of_everything_it_comes_up_again(house, tmp_path):
    for pid in [house.process.pid, *supervised(), *database()]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it went with its parent
    house.process.wait()
    next_one = again(tmp_path)
    assert next_one.status() < 500
    assert next_one.stop() == 0


def test_a_killed_web_server_and_a_killed_database_come_back_while_it_serves(house):
    lines = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in supervised()}
    web = [pid for pid, line in lines.items() if b"granian" in line]
    assert web, lines
    for pid in (min(web), leftovers.postmaster(postgres.cluster())):
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while "The database ended" not in house.log.read_text() or not answers(house):
        assert time.monotonic() < until, house.log.read_text()
        time.sleep(0.1)
    assert house.process.poll() is None


def answers(house: House) -> bool:
    try:
        return house.status() < 500
    except OSError:
        return False
