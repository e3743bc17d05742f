"""`python -m tests.browser.old.unpack FOLDER`: Chromium 86 out of its npm package, ready to run."""

import sys
from pathlib import Path

import brotli

PACKED = Path(__file__).parent / "node_modules" / "chrome-aws-lambda" / "bin" / "chromium.br"
NAME = "chromium"


def unpack(folder: Path) -> Path:
    """Write the binary beside its place, then move it there: a half-written one is never seen."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{NAME}"
    fresh.write_bytes(brotli.decompress(PACKED.read_bytes()))
    fresh.chmod(0o755)
    return fresh.replace(folder / NAME)


if __name__ == "__main__":
    unpack(Path(sys.argv[1]))
