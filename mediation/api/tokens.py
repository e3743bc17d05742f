"""Log-in for programs: `Authorization: Token ...`, stored as a hash, made by an administrator."""

import hashlib
import secrets
from datetime import datetime

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from casework.models import ApiToken, User


def make(user: User, label: str, at: datetime) -> str:
    """A new token for a person's program; shown once, stored as SHA-256."""
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(user=user, token_hash=_hash(token), label=label, made_at=at)
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class TokenAuthentication(BaseAuthentication):
    """Finds the person behind a token, and sets that person's context for the request."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The person and the token, or None without one. Raises: AuthenticationFailed."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"token":
            return None
        found = (
            ApiToken.objects.select_related("user")
            .filter(
                token_hash=_hash(parts[-1].decode("latin-1")),
                revoked_at__isnull=True,
                user__is_active=True,
            )
            .first()
        )
        if found is None:
            raise AuthenticationFailed
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        """What a program must send."""
        return "Token"
