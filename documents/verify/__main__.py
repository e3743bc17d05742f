"""`python -m documents.verify FILE... [--register FILE] [--key FINGERPRINT]`: no network, no database.

Exit status: 0 all genuine, 1 one is altered, superseded or withdrawn, 2 one is unknown or unreadable.
"""

import argparse
import sys
from pathlib import Path

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
        answers = [_one(path, register) for path in asked.files]
    except (OSError, UnicodeDecodeError, offline.RegisterRefused) as refusal:
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
    return parser.parse_args(arguments)


def _one(path: Path, register: dict[str, object] | None) -> str:
    found = offline.check(path.read_bytes(), register)
    lines = [f"{path.name}: {WORDS[found.answer]}（{found.answer}）"]
    lines += [f"  {reason}" for reason in found.reasons]
    if found.imprint:
        lines.append(f"  {found.imprint.get('code')} {found.imprint.get('number')}")
    lines += [f"  SHA-256 {found.sha256}", f"  SM3     {found.sm3}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return found.answer


if __name__ == "__main__":
    sys.exit(main())
