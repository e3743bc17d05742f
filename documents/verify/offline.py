"""The offline check of a paper's file against itself and, if there is one, against a register."""

import hashlib
import io
import json
from dataclasses import dataclass, field
from typing import Any

from documents import proof
from documents.facts.base import canonical
from documents.verify import ALTERED, ANSWERS, UNKNOWN

FACTS_NAME = "facts.json"


class RegisterRefused(ValueError):
    """The register is damaged, or not signed by the key that was given."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer, why, and what was read from the file."""

    answer: str
    reasons: tuple[str, ...]
    sha256: str
    sm3: str
    imprint: dict[str, Any] = field(default_factory=dict)


def read_register(text: str, fingerprint: str = "") -> dict[str, Any]:
    """The papers of a register whose signature holds. Raises: RegisterRefused."""
    try:
        data = json.loads(text)
        key, signed = data["key"], data["register"].encode()
        good = proof.holds(signed, data["signature"], proof.from_jwk(key))
        register = json.loads(signed)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RegisterRefused("登记簿已损坏，无法读取") from error
    if not good or register.get("kind") != "wufang-register":
        raise RegisterRefused("登记簿的签名不符，内容可能被改动")
    if fingerprint and fingerprint.replace(" ", "") != proof.fingerprint(key).replace(" ", ""):
        raise RegisterRefused(f"登记簿的签名公钥是 {proof.fingerprint(key)}，与给定的指纹不同")
    return {**register, "fingerprint": proof.fingerprint(key)}


def check(pdf: bytes, register: dict[str, Any] | None = None) -> Finding:
    """Whether a file is genuine, altered, superseded, voided or unknown."""
    hashes: dict[str, Any] = {
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "sm3": hashlib.new("sm3", pdf).hexdigest(),
    }
    facts = facts_inside(pdf)
    if facts is None:
        return Finding(answer=UNKNOWN, reasons=("文件里没有本系统文书的事实数据",), **hashes)
    imprint = facts.get("imprint", {})
    if wrong := _contradictions(facts, imprint, pdf):
        return Finding(answer=ALTERED, reasons=tuple(wrong), imprint=imprint, **hashes)
    if register is None:
        why = "事实数据与印在文书上的摘要一致；没有登记簿，不能判断文书是否由本单位出具、是否仍然有效"
        return Finding(answer=UNKNOWN, reasons=(why,), imprint=imprint, **hashes)
    answer, why = _in_register(pdf, str(imprint.get("check", "")), register)
    return Finding(answer=answer, reasons=(why,), imprint=imprint, **hashes)


def facts_inside(pdf: bytes) -> dict[str, Any] | None:
    """The facts attached to a paper; None when there are none or the file is no PDF."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            data = json.loads(document.attachments[FACTS_NAME].get_file().read_bytes())
    except (pikepdf.PdfError, KeyError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _contradictions(facts: dict[str, Any], imprint: dict[str, Any], pdf: bytes) -> list[str]:
    """Where a file contradicts itself: the hash of its facts, and what is printed on the page."""
    from documents.rendering.nets import extracted

    text = canonical({"code": imprint.get("code"), "facts": facts.get("facts")}).encode()
    found = []
    if hashlib.sha256(text).hexdigest() != imprint.get("facts_sha256"):
        found.append("事实数据与其SHA-256摘要不符")
    if (
        imprint.get("facts_sm3")
        and hashlib.new("sm3", text).hexdigest() != imprint["facts_sm3"]
    ):
        found.append("事实数据与其SM3摘要不符")
    printed = extracted(pdf)
    for name, value in (
        ("事实摘要", imprint.get("facts_sha256")),
        ("验证码", imprint.get("check")),
    ):
        if not value or str(value) not in printed:
            found.append(f"印在文书上的{name}与文件内的不同")
    return found


def _in_register(pdf: bytes, code: str, register: dict[str, Any]) -> tuple[str, str]:
    row = register["papers"].get(hashlib.sha256(f"wufang {code}".encode()).hexdigest())
    as_of = f"（登记簿截至{register['made_at'][:16]}）"
    if row is None:
        return UNKNOWN, f"登记簿里没有这个验证码{as_of}"
    life, sha256, _sm3, size = row[:4]
    if hashlib.sha256(pdf).hexdigest() == sha256:
        return ANSWERS[life], f"文件与出具时逐字节相同{as_of}"
    if len(pdf) > size > 0 and hashlib.sha256(pdf[:size]).hexdigest() == sha256:
        return _signed_since(pdf, size, life, as_of)
    return ALTERED, f"文件与出具时不同{as_of}"


def _signed_since(pdf: bytes, size: int, life: str, as_of: str) -> tuple[str, str]:
    """The issued bytes are a prefix: what was added must be signatures and nothing else."""
    from documents.signing.check import only_signatures_added

    if only_signatures_added(pdf, size):
        return ANSWERS[life], f"出具的内容未变，其后只加了有效的签名{as_of}"
    return ALTERED, f"出具之后文件被增补过，增补的不只是签名{as_of}"
