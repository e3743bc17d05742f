"""Who signed a paper by certificate: whose name each certificate bears, and whether its authority is trusted.

The house trusts the roots that its administrator keeps in a folder (WUFANG_SIGN_ROOTS).
Source: 《电子签名法》第十三条（专有、控制、可发现改动）、第十六条（依法设立的电子认证服务提供者）.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from documents.signing.authority import MARK
from documents.signing.people import judged

IDENTITY = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")


@dataclass(frozen=True, kw_only=True)
class Signer:
    """One certificate under a paper: the names in it, an identity number if it holds one, and its chain."""

    names: frozenset[str]
    identity: str
    trusted: bool

    def is_of(self, name: str, identity: str = "") -> bool:
        """Whether it is the certificate of this person or firm; another identity number rules it out."""
        if self.identity and identity and self.identity != _plain(identity):
            return False
        return _plain(name) in self.names


def signers(pdf: bytes, roots: Sequence[bytes], at: datetime) -> list[Signer]:
    """Whose certificates stand under a paper, first signature first, judged at a moment. Raises: ValueError."""
    return [_signer(row, status) for row, status in judged(pdf, roots, at)]


def _signer(signature: Any, status: Any) -> Signer:
    subject = signature.signer_cert.subject.native
    words = [str(subject.get(key, "")) for key in ("common_name", "organization_name")]
    parts = [
        part for word in words for part in (word.replace(MARK, ""), *re.split(r"[@_\s]", word))
    ]
    identity = IDENTITY.search(_plain(" ".join(str(value) for value in subject.values())))
    return Signer(
        names=frozenset(map(_plain, parts)) - {""}, identity=identity[0] if identity else "",
        trusted=bool(status.trusted),
    )  # fmt: skip


def _plain(words: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).upper()
