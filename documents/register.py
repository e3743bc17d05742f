"""The register of issued papers for those without a network: signed, and telling no code or name.

A row is found by the SHA-256 of a verification code, so the register lets nobody list the codes.
"""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from documents import proof
from documents.facts.base import canonical
from documents.models import Mark

KIND, VERSION = "wufang-register", 1


def hidden(code: str) -> str:
    """How a verification code stands in the register."""
    return hashlib.sha256(f"wufang {code}".encode()).hexdigest()


def extract(at: datetime) -> str:
    """The register as it stands, signed: a JSON text."""
    rows = {
        hidden(mark.check_code): [
            mark.life,
            mark.sha256,
            mark.sm3,
            mark.size,
            mark.facts_sha256,
        ]
        for mark in Mark.objects.exclude(sha256="").iterator(chunk_size=2000)
    }
    key = proof.house_key()
    text = canonical(
        {"kind": KIND, "version": VERSION, "made_at": at.isoformat(), "papers": rows}
    )
    return json.dumps(
        {
            "key": proof.jwk(key.public_key()),
            "signature": proof.sign(text.encode(), key),
            "register": text,
        },
        ensure_ascii=False,
    )


def path() -> Path:
    """Where the hourly register lies, for the public page to hand out."""
    return Path(settings.WUFANG_FILES) / "register.json"


def write(at: datetime) -> Path:
    """Make the register anew; readers see the old one or the new one, never half of it."""
    to, spare = path(), path().with_suffix(".part")
    to.parent.mkdir(parents=True, exist_ok=True)
    spare.write_text(extract(at), "utf-8")
    os.replace(spare, to)
    return to
