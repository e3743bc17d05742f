"""The house's own key: ECDSA P-256, which every browser can check without a library.

It signs the register of issued papers. It is not a seal and no certificate: it proves to those who
hold the public key (by its fingerprint) that a register came from this house.
"""

import hashlib
import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
SIZE = 32


@lru_cache(maxsize=2)
def private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """The key that belongs to a seed: the same seed always gives the same key."""
    number = int.from_bytes(hashlib.sha512(b"wufang proof" + seed).digest(), "big")
    return ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())


def house_key() -> ec.EllipticCurvePrivateKey:
    """The key of this installation."""
    from django.conf import settings

    return private_key(settings.WUFANG_PROOF_SEED)


def jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """A public key as browsers take it."""
    point = key.public_numbers()
    x, y = (
        urlsafe_b64encode(value.to_bytes(SIZE, "big")).rstrip(b"=").decode()
        for value in (point.x, point.y)
    )
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def from_jwk(data: dict[str, str]) -> ec.EllipticCurvePublicKey:
    """A public key from its browser form. Raises: ValueError, KeyError."""
    import base64

    x, y = (
        int.from_bytes(base64.urlsafe_b64decode(data[name] + "=="), "big")
        for name in ("x", "y")
    )
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def fingerprint(data: dict[str, str]) -> str:
    """A public key's fingerprint: 32 hex digits in groups of four, to compare by eye."""
    text = json.dumps({name: data[name] for name in ("crv", "kty", "x", "y")}, sort_keys=True)
    digest = hashlib.sha256(text.replace(" ", "").encode()).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def sign(data: bytes, key: ec.EllipticCurvePrivateKey) -> str:
    """A signature (r and s, 64 bytes, base64); the same data give the same one (RFC 6979)."""
    der = key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = decode_dss_signature(der)
    return b64encode(r.to_bytes(SIZE, "big") + s.to_bytes(SIZE, "big")).decode()


def holds(data: bytes, signature: str, key: ec.EllipticCurvePublicKey) -> bool:
    """Whether a signature is that key's over these data."""
    try:
        raw = b64decode(signature, validate=True)
        r, s = (int.from_bytes(raw[at : at + SIZE], "big") for at in (0, SIZE))
        key.verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return len(raw) == 2 * SIZE
