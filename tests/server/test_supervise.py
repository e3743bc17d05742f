"""Web, worker and pump: started again when they die, stopped in order, never left behind."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from config.server import leftovers, locks, places, serving, supervise

FOR_EVER = [sys.executable, "-c", "import time; time.sleep(300)"]


def child(command: list[str] = FOR_EVER, name: str = "child") -> supervise.Child:
    return supervise.Child(
        name=name,
        command=command,
        environment=supervise.environment(),
        account={},
        finish_seconds=2,
    )


def wait_for(true, seconds=5.0):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def test_a_killed_child_starts_again(data_folder):
    one, said = child(), []
    watcher = supervise.Supervisor([one], said.append)
    watcher.start()
    first = one.process.pid
    os.kill(first, signal.SIGKILL)

    def tick():
        if one.lives() and one.process.pid != first:
            watcher.ask_to_stop()

    watcher.watch(tick)
    watcher.stop()
    assert "child ended" in said[0]
    assert not one.lives()


def test_a_child_that_dies_at_once_is_given_longer_and_longer_pauses(data_folder):
    one = child([sys.executable, "-c", "raise SystemExit(1)"])
    watcher = supervise.Supervisor([one], lambda _words: None)
    watcher.start()
    pauses = []
    for _time in range(3):
        one.process.wait()
        watcher._look_after(one)
        pauses.append(one.again_at - time.monotonic())
        one.again_at = time.monotonic()
        watcher._look_after(one)
    assert pauses[0] < pauses[1] < pauses[2]
    watcher.stop()


def test_what_a_killed_child_had_started_ends_with_it(data_folder):
    spawns = (
        "import subprocess, time;"
        "print(subprocess.Popen(['sleep', '300']).pid, flush=True); time.sleep(300)"
    )
    one = child([sys.executable, "-c", spawns], name="parent")
    one.start()
    wait_for(lambda: one.tail(1).strip().isdigit())
    grandchild = int(one.tail(1))
    os.kill(one.process.pid, signal.SIGKILL)
    one.sweep()
    wait_for(lambda: not Path(f"/proc/{grandchild}").exists() or _is_dead(grandchild))


def _is_dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_child_that_will_not_finish_is_ended(data_folder):
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('deaf', flush=True); time.sleep(300)"
    )
    one = child([sys.executable, "-c", deaf], name="deaf")
    one.finish_seconds = 0.3
    one.start()
    wait_for(lambda: "deaf" in one.tail(1))
    supervise.Supervisor([one], lambda _words: None).stop()
    assert not one.lives()


def test_children_of_a_killed_supervisor_end_by_themselves(data_folder):
    program = textwrap.dedent("""
        import sys, time
        from config.server import supervise
        one = supervise.Child(
            name="orphan", command=["sleep", "300"],
            environment=supervise.environment(), account={}, finish_seconds=1,
        )
        one.start()
        print(one.process.pid, flush=True)
        time.sleep(300)
    """)
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=places.CHECKOUT
    )
    orphan = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    wait_for(lambda: not leftovers.is_supervised(orphan))


def test_leftovers_are_known_by_their_log_and_ended(data_folder):
    ours, stranger = child(name="ours"), subprocess.Popen(FOR_EVER)
    ours.start()
    try:
        assert leftovers.is_supervised(ours.process.pid)
        assert not leftovers.is_supervised(stranger.pid)
        assert leftovers.clear_supervised() == 1
        assert ours.process.wait(5) == -signal.SIGTERM
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_the_web_knows_the_apps_door_only(data_folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/wufang")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db/wufang")
    monkeypatch.setenv("AWS_SECRET", "x")
    environment = supervise.environment()
    assert environment["DATABASE_URL"] == "postgresql://app@db/wufang"
    assert "DATABASE_OWNER_URL" not in environment
    assert "AWS_SECRET" not in environment


def test_a_taken_port_is_passed_over_unless_it_was_asked_for(data_folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(serving.PortTaken, match=f"--port {port + 1}"):
            serving.free_port("127.0.0.1", port)
        assert serving.free_port("127.0.0.1", None) >= serving.FIRST_PORT


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])  # noqa: S104
def test_the_demo_refuses_a_public_host(host):
    with pytest.raises(serving.PublicHost):
        serving.check_host(host, closed=True)
    serving.check_host(host, closed=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_demo_serves_this_machine(host):
    serving.check_host(host, closed=True)


def test_a_lock_names_its_holder(data_folder):
    with (
        locks.alone("door", says="http://127.0.0.1:8000/"),
        pytest.raises(locks.Held, match="8000"),
        locks.alone("door", wait=False),
    ):
        pass
    with locks.alone("door", wait=False) as free:
        assert free.read() == ""
