"""One signed request to a peer's system, and the receipt that it answers with."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

import urllib3

from casework.exchange import signature
from casework.exchange.envelope import CONTENT_TYPE
from casework.exchange.peers import signing_key
from casework.models import Peer

MOST_BYTES = 12_000_000  # a file of 10 MB, or a list
CONNECT_SECONDS, READ_SECONDS = 5.0, 20.0
RECEIPT = "Wufang-Receipt"


class NoAnswer(Exception):
    """The other system did not answer, or what came was not its own answer; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body; `is_theirs` when the receipt shows that the holder of the key made them."""

    status: int
    body: bytes
    is_theirs: bool


@cache
def _pool() -> urllib3.PoolManager:
    """Connections kept open, one pool a process; no redirects, no tries of its own."""
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    return urllib3.PoolManager(
        num_pools=20, maxsize=4, retries=False, timeout=timeout, cert_reqs="CERT_REQUIRED"
    )


def ask(peer: Peer, method: str, path: str, body: bytes = b"", *, at: datetime) -> Answer:
    """Send one signed request. Raises: NoAnswer, NoKey."""
    url = peer.base_url + path
    parts = urlsplit(url)
    signed = signature.Request(
        method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body
    )
    key = signing_key(peer, at=at)
    headers = signature.sign(signed, key=key.name, secret=key.secret, at=at)
    if body:
        headers["Content-Type"] = CONTENT_TYPE
    try:
        answer = _pool().request(
            method,
            url,
            body=body or None,
            headers=headers,
            redirect=False,
            preload_content=False,
        )
        try:
            told = answer.read(MOST_BYTES + 1)
        finally:
            answer.release_conn()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise NoAnswer(type(error).__name__) from error
    if len(told) > MOST_BYTES:
        raise NoAnswer("the answer is too large")
    mine = signature.receipt_fits(
        answer.headers.get(RECEIPT, ""), answer.status, told,
        nonce=headers[signature.NONCE_HEADER], secret=key.secret,
    )  # fmt: skip
    return Answer(answer.status, told, mine)
