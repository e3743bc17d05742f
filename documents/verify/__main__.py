"""`python -m documents.verify FILE... [--register FILE] [--key FINGERPRINT]`: no network, no database.

Exit status: 0 all genuine, 1 one is altered, superseded or withdrawn, 2 one is unknown or unreadable.
"""

import argparse
import sys
from pathlib import Path

from documents.signing import people
from documents.verify import ALTERED, GENUINE, SUPERSEDED, UNKNOWN, VOIDED, offline

WORDS = {
    GENUINE: "真实有效",
    ALTERED: "已被改动",
    SUPERSEDED: "已被新文本代替",
    VOIDED: "已被撤销",
    UNKNOWN: "无法确认",
}
STATUS = {GENUINE: 0, UNKNOWN: 2}


def main(arguments: list[str] | None = None) -> int:
    """Check files and say what was found."""
    asked = _asked(arguments)
    register = None
    try:
        if asked.register:
            register = offline.read_register(asked.register.read_text("utf-8"), asked.key)
            sys.stdout.write(
                f"登记簿 {register['made_at']}  公钥指纹 {register['fingerprint']}\n"
            )
        roots = people.roots_in(asked.roots) if asked.roots else []
        answers = [_one(path, register, roots) for path in asked.files]
    except (OSError, ValueError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    return max(STATUS.get(answer, 1) for answer in answers)


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m documents.verify", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--register", type=Path, help="the signed register (register.json)")
    parser.add_argument(
        "--key", default="", help="fingerprint of the key that must have signed it"
    )
    parser.add_argument(
        "--roots", type=Path, help="folder of root certificates to trust for signatures"
    )
    return parser.parse_args(arguments)


def _one(path: Path, register: dict[str, object] | None, roots: list[bytes]) -> str:
    data = path.read_bytes()
    found = offline.check(data, register)
    lines = [f"{path.name}: {WORDS[found.answer]}（{found.answer}）"]
    lines += [f"  {reason}" for reason in found.reasons]
    if found.imprint:
        lines.append(f"  {found.imprint.get('code')} {found.imprint.get('number')}")
    lines += _signers(data, roots)
    lines += [f"  SHA-256 {found.sha256}", f"  SM3     {found.sm3}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return found.answer


def _signers(pdf: bytes, roots: list[bytes]) -> list[str]:
    """Who signed by certificate, and what that is worth; nothing for a file that is no PDF."""
    try:
        rows = people.signatures(pdf, roots)
    except ValueError:
        return []
    return [
        f"  签名 {row.by}{f'（{row.organisation}）' if row.organisation else ''}"
        f" {f'{row.at:%Y-%m-%d %H:%M}' if row.at else ''}：{'签名完好' if row.holds else '签名已失效'}，"
        f"{'根证书可信' if row.trusted else '根证书不在信任之列'}（颁发者 {row.issuer}）"
        for row in rows
    ]


if __name__ == "__main__":
    sys.exit(main())
