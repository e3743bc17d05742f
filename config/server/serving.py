"""The parts of `manage.py up`: which programs run, where, as whom, and when they answer."""

import http.client
import ipaddress
import os
import socket
import sys
import time
from collections.abc import Callable

from config.server import accounts, places, supervise

FIRST_PORT = 8000
PORTS_TRIED = 20
READY_SECONDS = 60.0
DRAIN_SECONDS = 60.0


class PortTaken(Exception):
    """Another program listens on this port."""


class NotReady(Exception):
    """The web server did not begin to answer; the text is the end of its log."""


class PublicHost(Exception):
    """The demo, and web and workers of root, serve this machine only: drop --host."""


def check_host(host: str, *, closed: bool) -> None:
    """Refuse to show to others what is for this machine only. Raises: PublicHost."""
    if closed and not is_loopback(host):
        raise PublicHost(PublicHost.__doc__)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def free_port(host: str, wanted: int | None) -> int:
    """The wanted port, or the first free one from 8000 on. Raises: PortTaken."""
    candidates = [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for port in candidates:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((host, port))
            except OSError:
                continue
            return port
    raise PortTaken(
        f"Port {candidates[0]} is taken. To mend it: manage.py up --port {candidates[0] + 1}"
    )


def account() -> tuple[accounts.Identity, str]:
    """Who runs web and workers, and a sentence about it when it is root."""
    unprivileged = accounts.web()
    if unprivileged is None:
        return {}, ""
    probe = [
        sys.executable,
        "-c",
        "import config.server, django, pathlib; pathlib.Path('manage.py').read_text()",
    ]
    if accounts.reaches(unprivileged, probe, places.CHECKOUT):
        return accounts.identity(unprivileged), ""
    return {}, (
        f"Web and workers run as root: the account {unprivileged.pw_name} cannot read the "
        f"checkout {places.CHECKOUT} or its Python. They serve 127.0.0.1 only."
    )


def children(
    who: accounts.Identity, host: str, port: int, **more: str
) -> list[supervise.Child]:
    """Pump, worker and web, in the order in which they are asked to stop."""
    env = supervise.environment(**more)
    manage = [sys.executable, "manage.py"]
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"),
        *("--host", host, "--port", str(port), "--no-ws", "--log-level", "warning"),
        *("--workers", str(max(2, (os.cpu_count() or 2))), "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
    ]
    return [
        supervise.Child(
            name=name, command=command, environment=env, account=who, finish_seconds=patience
        )
        for name, command, patience in (
            ("pump", [*manage, "pump"], 10.0),
            ("worker", [*manage, "work"], DRAIN_SECONDS),
            ("web", web, 15.0),
        )
    ]


def wait_until_ready(
    host: str, port: int, web: supervise.Child, pause: Callable[[], None]
) -> None:
    """Wait until the web server answers. Raises: NotReady."""
    until = time.monotonic() + READY_SECONDS
    while not answers(host, port):
        if not web.lives() or time.monotonic() > until:
            raise NotReady(
                f"The web server does not answer. The end of {web.log}:\n{web.tail()}"
            )
        pause()


def answers(host: str, port: int) -> bool:
    """Whether a web server answers on this port, without an error of its own."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()
