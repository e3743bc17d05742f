"""The ways to reach a phone: the console of the demo, a gateway of the house; vendors stand in vendors.py."""

import hashlib
import hmac
import json
import logging
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from functools import cache

import urllib3
from django.conf import settings
from django.utils.module_loading import import_string

from casework.notify.texts import Text

logger = logging.getLogger("wufang.messages")
CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
MOST_BYTES = 100_000
TRY_AGAIN = (401, 403, 408, 425, 429)  # a wrong key is mended and the text goes out then


class NotSent(Exception):
    """The text did not leave; it is tried again. The words say why, never what or to whom."""


class Refused(Exception):
    """The way will never take this text to this number. The words say why, never what or to whom."""


class Notifier(ABC):
    """A way to reach a phone."""

    needs: tuple[str, ...] = ()  # the settings without which it cannot work

    @abstractmethod
    def send(self, phone: str, text: Text, *, key: str, at: datetime) -> None:
        """Send one text to one number. `key` is the same at each try. Raises: NotSent, Refused."""


class Console(Notifier):
    """Prints the text where the demo runs; sends nothing anywhere."""

    def send(self, phone: str, text: Text, *, key: str, at: datetime) -> None:
        """Log the text with a masked number."""
        logger.info("SMS to %s****%s: %s", phone[:3], phone[-4:], text)


class Gateway(Notifier):
    """A gateway of the house: one signed POST of JSON a text.

    Signed with HMAC-SHA256 over time, line feed, body; the key of the text is the idempotency key.
    """

    needs = ("WUFANG_SMS_URL", "WUFANG_SMS_KEY")

    def send(self, phone: str, text: Text, *, key: str, at: datetime) -> None:
        """Hand the text to the gateway. Raises: NotSent, Refused."""
        body = json.dumps(
            {"to": phone, "text": str(text), "template": text.template, "words": dict(text.words)},
            ensure_ascii=False,
        ).encode()  # fmt: skip
        stamp = str(int(at.astimezone(UTC).timestamp()))
        secret = settings.WUFANG_SMS_KEY.encode()
        signed = hmac.new(secret, stamp.encode() + b"\n" + body, hashlib.sha256).hexdigest()
        status, _told = post(settings.WUFANG_SMS_URL, body, {
            "Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key,
            "Wufang-Time": stamp, "Wufang-Signature": signed,
        })  # fmt: skip
        judge(status, f"HTTP {status}")


def judge(status: int, why: str) -> None:
    """An HTTP answer: good, to be tried again, or refused. Raises: NotSent, Refused."""
    if 200 <= status < 300:  # noqa: PLR2004
        return
    if 400 <= status < 500 and status not in TRY_AGAIN:  # noqa: PLR2004
        raise Refused(why)
    raise NotSent(why)


@cache
def _pool() -> urllib3.PoolManager:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    return urllib3.PoolManager(
        num_pools=4, maxsize=4, retries=False, timeout=timeout, cert_reqs="CERT_REQUIRED"
    )


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """One POST without redirects: status and body. Raises: NotSent if nobody answers."""
    try:
        answer = _pool().request(
            "POST", url, body=body, headers=headers, redirect=False, preload_content=False
        )
        try:
            return answer.status, answer.read(MOST_BYTES)
        finally:
            answer.release_conn()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise NotSent(type(error).__name__) from error


def notifier() -> Notifier:
    """The way that settings name."""
    made: Notifier = import_string(settings.WUFANG_NOTIFIER)()
    return made
