"""Fields for what must not be readable in a stolen database: AES-GCM, and keyed blind indexes."""

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12
INDEX_BYTES = 16


class UnknownKey(Exception):
    """This value was sealed with a key that is not in the key folder."""


def seal(text: str, about: str) -> bytes:
    """Encrypt text: key id byte, nonce, AES-256-GCM bound to `about` (table.column)."""
    key_id = max(settings.WUFANG_FIELD_KEYS)
    nonce = secrets.token_bytes(NONCE_BYTES)
    body = AESGCM(settings.WUFANG_FIELD_KEYS[key_id]).encrypt(
        nonce, text.encode(), about.encode()
    )
    return bytes([key_id]) + nonce + body


def unseal(sealed: bytes, about: str) -> str:
    """Decrypt what `seal` made. Raises: UnknownKey."""
    key = settings.WUFANG_FIELD_KEYS.get(sealed[0])
    if key is None:
        raise UnknownKey
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return AESGCM(key).decrypt(nonce, body, about.encode()).decode()


def blind(text: str, about: str) -> bytes:
    """A keyed hash that finds equal values and tells nothing else; empty text gives no index."""
    message = f"{about}:{text}".encode()
    return hmac.new(settings.WUFANG_INDEX_KEY, message, hashlib.sha256).digest()[:INDEX_BYTES]


if TYPE_CHECKING:
    _Binary = models.BinaryField[str, str]
else:
    _Binary = models.BinaryField


class EncryptedField(_Binary):
    """Text that is stored encrypted. Empty text is stored empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def _check_str_default_value(self) -> list[Any]:
        """The default is text: it is sealed like any other value."""
        return []

    @property
    def _about(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_default(self) -> str:
        """Empty text, not empty bytes."""
        return ""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal on the way in."""
        if isinstance(value, str):
            value = seal(value, self._about) if value else b""
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, *_args: Any) -> str | None:
        """Unseal on the way out."""
        if value is None:
            return None
        return unseal(bytes(value), self._about) if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        """Never write a secret into a fixture."""
        return ""

    def to_python(self, value: Any) -> Any:
        """Forms hand in text."""
        return value
