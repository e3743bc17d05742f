"""Log-in: slower after failures for one account and one address, never locked."""

import time
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.http import HttpRequest

from casework import clock
from casework.access.context import remember_districts
from casework.models import Attempt, District, User

WINDOW = timedelta(minutes=15)
FREE_TRIES = 3
MOST_SECONDS = 8.0
LOOPBACK = ("127.0.0.1", "::1")


def delay_of(failures: int) -> float:
    """Seconds to wait before answering, by recent failures: none for the first three, then doubling."""
    return (
        0.0 if failures < FREE_TRIES else min(MOST_SECONDS, 0.25 * 2 ** (failures - FREE_TRIES))
    )


def failures_of(bucket: str) -> int:
    """Recent failures of an account or an address."""
    return Attempt.objects.filter(bucket=bucket, at__gte=clock.now() - WINDOW).count()


def address_of(request: HttpRequest | None) -> str:
    """The network that a request comes from: /24, of IPv6 /64, for a household has as much.

    Behind the proxy of the same machine (production) it is the last address that this proxy wrote down.
    """
    meta = request.META if request is not None else {}
    raw = str(meta.get("REMOTE_ADDR", ""))
    if settings.WUFANG_PROXY and raw in LOOPBACK:
        raw = str(meta.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or raw
    if ":" in raw:
        with suppress(ValueError):
            return str(ip_network((raw, 64), strict=False))
    return raw.rpartition(".")[0] or raw


class RoleBackend(BaseBackend):
    """Finds a person by user name and password; what they may do is in the access matrix."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_more: Any,
    ) -> User | None:
        """The person, or None. A failure is remembered for both account and address."""
        if not username or password is None:
            return None
        buckets = [f"login:{username[:40].lower()}", f"login-from:{address_of(request)}"]
        time.sleep(delay_of(max(failures_of(bucket) for bucket in buckets)))
        user = User.objects.filter(username=username, is_active=True).first()
        if (user or User()).check_password(password) and user is not None:
            Attempt.objects.filter(bucket=buckets[0]).delete()
            return user
        if user is None:
            User().set_password(password)  # the same work as a wrong password
        Attempt.objects.bulk_create(
            [Attempt(bucket=bucket, at=clock.now()) for bucket in buckets]
        )
        return None

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, unless deactivated since."""
        codes = District.objects.filter(
            Q(code=OuterRef("district_id")) | Q(successor_id=OuterRef("district_id"))
        )
        rows = User.objects.filter(pk=user_id, is_active=True)
        found = rows.annotate(own=ArraySubquery(codes.order_by("code").values("code"))).first()
        if found is not None:
            remember_districts(found, found.own)
        return found
