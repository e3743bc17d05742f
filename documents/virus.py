"""A file from outside is shown to a virus scanner before anything reads it (clamd, by its INSTREAM command).

`WUFANG_CLAMD` names the scanner: a socket's path or host:port. Without it nothing is checked, and the
health page says so. A scanner that is named and does not answer lets nothing through.
"""

import socket
import struct

from django.conf import settings

from casework.commands.base import CommandRefused

SECONDS = 20.0
CHUNK = 1 << 16


class Infected(CommandRefused):
    """This file may carry a virus. It was not kept. Take a photograph of the paper instead."""


class NotChecked(CommandRefused):
    """Files cannot be checked just now, so none was kept. Try again in an hour, or call 12351."""


def check(data: bytes) -> None:
    """Ask the scanner. Raises: Infected, NotChecked (it does not answer, or not in words we know)."""
    if not settings.WUFANG_CLAMD:
        return
    try:
        answer = _ask(settings.WUFANG_CLAMD, data)
    except OSError as error:
        raise NotChecked(field="files") from error
    if answer.endswith("FOUND"):
        raise Infected(field="files")
    if not answer.endswith("OK"):
        raise NotChecked(field="files")


def answers() -> bool:
    """Whether the scanner that is named answers; for the health page."""
    try:
        return _ask(settings.WUFANG_CLAMD, b"").endswith("OK")
    except OSError:
        return False


def _ask(address: str, data: bytes) -> str:
    with _connected(address) as line:
        line.settimeout(SECONDS)
        line.sendall(b"zINSTREAM\0")
        for begin in range(0, len(data), CHUNK):
            part = data[begin : begin + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        said = b""
        while part := line.recv(4096):
            said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
