"""Bytes of papers at rest: encrypted files named by the hash of what is inside, never rewritten."""

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class BytesLost(Exception):
    """The file of this paper is missing or was altered: restore it from a backup."""


def folder() -> Path:
    """Where papers lie: outside the checkout."""
    return Path(settings.WUFANG_FILES) / "papers"


def path_of(sha256: str) -> Path:
    """The file of a paper."""
    return folder() / sha256[:2] / f"{sha256}.bin"


def write(data: bytes, sha256: str) -> None:
    """Write and fsync; nothing happens when the file is there already."""
    path = path_of(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_id = max(settings.WUFANG_FIELD_KEYS)
    nonce = secrets.token_bytes(NONCE_BYTES)
    body = AESGCM(settings.WUFANG_FIELD_KEYS[key_id]).encrypt(nonce, data, sha256.encode())
    spare = path.with_suffix(f".{secrets.token_hex(4)}.part")
    handle = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(bytes([key_id]) + nonce + body)
        file.flush()
        os.fsync(file.fileno())
    spare.replace(path)
    _sync(path.parent)


def keep(data: bytes) -> str:
    """Write bytes; answers their SHA-256 in hex."""
    digest = hashlib.sha256(data).hexdigest()
    write(data, digest)
    return digest


def read(sha256: str) -> bytes:
    """The bytes of a paper. Raises: BytesLost."""
    try:
        sealed = path_of(sha256).read_bytes()
        key = settings.WUFANG_FIELD_KEYS[sealed[0]]
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        return AESGCM(key).decrypt(nonce, body, sha256.encode())
    except (OSError, IndexError, KeyError, InvalidTag) as error:
        raise BytesLost(sha256) from error


def remove(sha256: str) -> None:
    """Take away the file of a preview; nothing happens when it is gone."""
    path_of(sha256).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
