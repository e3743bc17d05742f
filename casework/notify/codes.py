"""One-time codes by text: six digits, ten minutes, once, three tries."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings

from casework import clock
from casework.models import OneTimeCode
from casework.notify.queue import queue_text
from casework.rules.checks import digits_in

VALID = timedelta(minutes=10)
TRIES = 3
A_MINUTE = timedelta(seconds=60)
A_DAY = timedelta(days=1)
MOST_A_DAY = 5


def send_code(subject: str, phone: str) -> bool:
    """Send a one-time code to a number on file; at most one a minute and five a day. True if sent."""
    at = clock.now()
    recent = OneTimeCode.objects.filter(subject=subject, made_at__gte=at - A_DAY)
    if (
        not phone
        or recent.count() >= MOST_A_DAY
        or recent.filter(made_at__gte=at - A_MINUTE).exists()
    ):
        return False
    code = f"{secrets.randbelow(1_000_000):06d}"
    OneTimeCode.objects.create(subject=subject, code_hash=_hash(subject, code), made_at=at)
    queue_text(phone, "one_time_code", {"code": code}, at=at, lasts=VALID)
    return True


def check_code(subject: str, code: str) -> bool:
    """Whether a one-time code fits: the newest one, within ten minutes, once, three tries."""
    rows = OneTimeCode.objects.select_for_update().filter(subject=subject, used_at__isnull=True)
    row = rows.order_by("-made_at").first()
    if row is None or row.tries >= TRIES or row.made_at < clock.now() - VALID:
        return False
    fits = hmac.compare_digest(row.code_hash, _hash(subject, digits_in(code)))
    row.tries += 1
    row.used_at = clock.now() if fits else None
    row.save(update_fields=["tries", "used_at"])
    return fits


def _hash(subject: str, code: str) -> str:
    message = f"{subject}:{code}".encode()
    return hmac.new(settings.WUFANG_TRACKING_PEPPER, message, hashlib.sha256).hexdigest()
