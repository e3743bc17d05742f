"""What the house cannot make itself: trusted time (RFC 3161) and certified SM2 signatures.

Both stand behind a small interface, so that a union can plug in the service it has a contract with.
"""

import subprocess
from pathlib import Path
from typing import Any, Protocol


class TimeStamps(Protocol):
    """A source of trusted time for signatures."""

    def stamper(self) -> Any:
        """What pyHanko asks for a time stamp; None when there is no service."""


class NoTimeStamps:
    """No service is under contract: the signer's own clock is all there is."""

    def stamper(self) -> None:
        """Nothing."""
        return


class Rfc3161:
    """A time-stamp authority reached over HTTPS, or one on this machine."""

    def __init__(self, address: str) -> None:
        if not address.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError("a time-stamp service is reached over https, or on this machine")
        self.address = address

    def stamper(self) -> Any:
        """A client of that authority."""
        from pyhanko.sign.timestamps import HTTPTimeStamper

        return HTTPTimeStamper(self.address, timeout=10)


def house_time() -> TimeStamps:
    """The source of time that the settings name (WUFANG_TIME_STAMPS)."""
    from django.conf import settings

    return time_stamps(settings.WUFANG_TIME_STAMPS)


def time_stamps(address: str) -> TimeStamps:
    """The source of time at an address; none for an empty one."""
    return Rfc3161(address) if address else NoTimeStamps()


class Sm2Refused(Exception):
    """The SM2 signature could not be made or checked; the message says why."""


class Sm2(Protocol):
    """SM2 with SM3 (GB/T 32918): a certified signing server or key device in production."""

    def sign(self, data: bytes) -> bytes:
        """A detached signature (DER)."""

    def holds(self, data: bytes, signature: bytes) -> bool:
        """Whether a signature is this key's."""


class OpensslSm2:
    """SM2 by the openssl program, with a key file: for trials, not a certified product (密评)."""

    def __init__(self, key: Path) -> None:
        self.key = key

    @classmethod
    def make(cls, key: Path) -> "OpensslSm2":
        """A new key in a file that only its owner reads. Raises: Sm2Refused."""
        key.touch(0o600)
        _openssl("genpkey", "-algorithm", "SM2", "-out", str(key))
        return cls(key)

    def sign(self, data: bytes) -> bytes:
        """A detached signature. Raises: Sm2Refused."""
        return _openssl("dgst", "-sm3", "-sign", str(self.key), stdin=data)

    def holds(self, data: bytes, signature: bytes) -> bool:
        """Whether a signature is this key's. Raises: Sm2Refused for a key that cannot be read."""
        beside = self.key.with_suffix(".sig")
        beside.write_bytes(signature)
        try:
            said = _openssl(
                "dgst", "-sm3", "-prverify", str(self.key), "-signature", str(beside),
                stdin=data, good=(0, 1),
            )  # fmt: skip
        finally:
            beside.unlink()
        return b"Verified OK" in said


def _openssl(*arguments: str, stdin: bytes = b"", good: tuple[int, ...] = (0,)) -> bytes:
    try:
        done = subprocess.run(
            ["openssl", *arguments], input=stdin, capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Sm2Refused(str(error)) from error
    if done.returncode not in good:
        raise Sm2Refused(done.stderr.decode(errors="replace")[:200])
    return done.stdout
