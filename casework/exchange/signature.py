"""How a request between two systems is signed: HMAC-SHA256 over method, path, time, nonce and body.

Six lines are signed, joined by line feeds: `wufang-1`, the method, the path with its query, the
time (Unix seconds), the nonce, and the SHA-256 of the body in hex.
The receipt is signed in the same way with the request's nonce: `wufang-1-receipt`, the status,
the nonce, and the SHA-256 of the body.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

WINDOW_SECONDS = 300
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
KEY, TIME, NONCE_HEADER, SIGNATURE = (
    "Wufang-Key",
    "Wufang-Time",
    "Wufang-Nonce",
    "Wufang-Signature",
)


class NotSigned(Exception):
    """The request lacks one of the headers Wufang-Key, Wufang-Time, Wufang-Nonce, Wufang-Signature."""


class OutOfTime(Exception):
    """The time of the request is more than five minutes from ours: set the clock, then send again."""


class WrongSignature(Exception):
    """The signature does not fit the request and the key."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is signed of a request. `path` holds the query."""

    method: str
    path: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the headers of a request say about themselves, not believed yet."""

    key: str
    time: int
    nonce: str
    signature: str


def sign(request: Request, *, key: str, secret: str, at: datetime) -> dict[str, str]:
    """The four headers of a request, with a nonce of its own."""
    claim = Claim(key, int(at.timestamp()), secrets.token_urlsafe(24), "")
    return {
        KEY: key,
        TIME: str(claim.time),
        NONCE_HEADER: claim.nonce,
        SIGNATURE: _mac(secret, _lines(request, claim)),
    }


def claim_of(headers: Mapping[str, str]) -> Claim:
    """What a request says. Raises: NotSigned."""
    key, time, nonce, signature = (
        headers.get(name, "") for name in (KEY, TIME, NONCE_HEADER, SIGNATURE)
    )
    if not (key and signature and time.isascii() and time.isdigit() and NONCE.fullmatch(nonce)):
        raise NotSigned(NotSigned.__doc__)
    return Claim(key[:32], int(time[:12]), nonce, signature)


def check(request: Request, claim: Claim, *, secret: str, at: datetime) -> None:
    """Believe a request. Raises: OutOfTime, WrongSignature."""
    if not hmac.compare_digest(
        _mac(secret, _lines(request, claim)).encode(), claim.signature.encode()
    ):
        raise WrongSignature(WrongSignature.__doc__)
    if abs(at.timestamp() - claim.time) > WINDOW_SECONDS:
        raise OutOfTime(OutOfTime.__doc__)


def receipt(status: int, body: bytes, *, nonce: str, secret: str) -> str:
    """The signature of an answer: whoever holds the key received this very request."""
    digest = hashlib.sha256(body).hexdigest()
    return _mac(secret, f"wufang-1-receipt\n{status}\n{nonce}\n{digest}")


def receipt_fits(signature: str, status: int, body: bytes, *, nonce: str, secret: str) -> bool:
    """Whether an answer was made by the holder of the key for this request."""
    expected = receipt(status, body, nonce=nonce, secret=secret)
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def _lines(request: Request, claim: Claim) -> str:
    digest = hashlib.sha256(request.body).hexdigest()
    return "\n".join(
        ["wufang-1", request.method.upper(), request.path, str(claim.time), claim.nonce, digest]
    )


def _mac(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
