"""Cuts packaged fonts into the families papers use: once per machine, into the cache.

Why cut: a whole Noto collection costs a paper more than half its time, an .otf with new glyph ids
prints blank in some readers, and unequal vertical metrics lose one of the 22 lines of a page.
"""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from documents import fontcut, fonts
from documents.fontcut import Cut

NOTO = Path("/usr/share/fonts/opentype/noto")
TRUETYPE = Path("/usr/share/fonts/truetype")
FANDOL = "FandolFang-Regular.otf"
FANDOL_PACKAGE = "texlive-lang-chinese"


class SourceMissing(Exception):
    """A font package is not installed; the message names the one command that mends it."""


def build(where: Path, *, say: Callable[[str], None], force: bool = False) -> bool:
    """Cut all families into `where`; True when something was made, False when it was all there.

    Raises: SourceMissing. About 35 MB and half a minute on two cores.
    """
    if not force and fonts.manifest(where).get("build") == fonts.BUILD and _whole(where):
        return False
    where.mkdir(parents=True, exist_ok=True)
    fang = _fandol(where, say)
    fresh = Path(tempfile.mkdtemp(prefix="cut-", dir=where))
    covered: set[int] = set()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(fontcut.make, cut, fresh) for cut in plan(fang)]
        for job in jobs:
            family, size, points = job.result()
            covered |= points
            say(f"{family}: {len(points)} characters, {size / 1e6:.1f} MB")
    _replace(where / "faces", fresh)
    _write_index(where, covered, fang)
    return True


def plan(fang: Path | None) -> list[Cut]:
    """The cuts, slowest first. Without Fandol, 楷 stands in for 仿宋. Raises: SourceMissing."""
    serif, serif_bold = NOTO / "NotoSerifCJK-Regular.ttc", NOTO / "NotoSerifCJK-Bold.ttc"
    sans = NOTO / "NotoSansCJK-Regular.ttc"
    kai = TRUETYPE / "lxgw-wenkai" / "LXGWWenKai-Regular.ttf"
    latin = TRUETYPE / "liberation" / "LiberationSerif-Regular.ttf"
    hana_a, hana_b = (TRUETYPE / "hanazono" / f"HanaMin{x}.ttf" for x in "AB")
    _need(
        {
            serif: "fonts-noto-cjk",
            kai: "fonts-lxgw-wenkai",
            latin: "fonts-liberation",
            hana_a: "fonts-hanazono",
        }
    )
    common = _gb2312() | _cmap(kai) & _gbk()
    return [
        Cut(
            family=fonts.SONG,
            source=serif,
            face=_sc(serif),
            keep=_gbk() | _range(0x3400, 0x4DBF),
        ),
        Cut(family=fonts.TITLE, source=serif_bold, face=_sc(serif_bold), keep=common),
        Cut(family=fonts.HEI, source=sans, face=_sc(sans), keep=common),
        Cut(family=fonts.FANG, source=fang or kai),
        Cut(family=fonts.KAI, source=kai),
        Cut(family=fonts.LATIN, source=latin, keep=fontcut.ASCII),
        Cut(family=fonts.HAN_A, source=hana_a),
        Cut(family=fonts.HAN_B, source=hana_b),
    ]


def _fandol(where: Path, say: Callable[[str], None]) -> Path | None:
    kept = where / "sources" / FANDOL
    if kept.exists():
        return kept
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return None
    say(f"fetching the 仿宋 face from {FANDOL_PACKAGE} (49 MB, once; TeX is not installed)")
    with tempfile.TemporaryDirectory(dir=where) as room:
        got = subprocess.run(
            ["apt-get", "download", "-q", FANDOL_PACKAGE],
            cwd=room,
            capture_output=True,
            check=False,
        )
        packages = list(Path(room).glob("*.deb"))
        if got.returncode or not packages:
            return None
        kept.parent.mkdir(exist_ok=True)
        return _unpack(packages[0], kept)


def _unpack(package: Path, kept: Path) -> Path | None:
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as feed:
        assert feed.stdout
        with tarfile.open(fileobj=feed.stdout, mode="r|") as tar:
            for member in tar:
                if member.name.endswith("/" + FANDOL) and (file := tar.extractfile(member)):
                    kept.write_bytes(file.read())
    return kept if kept.exists() else None


def _need(sources: dict[Path, str]) -> None:
    gone = sorted({package for path, package in sources.items() if not path.exists()})
    if gone:
        raise SourceMissing(
            "Fonts are missing: apt-get install -y --no-install-recommends " + " ".join(gone)
        )


def _sc(collection: Path) -> int:
    from fontTools.ttLib import TTCollection

    faces = TTCollection(str(collection), lazy=True).fonts
    names = [face["name"].getDebugName(1) or "" for face in faces]
    return next(
        n for n, name in enumerate(names) if name.endswith(" SC") and "Mono" not in name
    )


def _cmap(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(path, lazy=True).getBestCmap())


def _range(low: int, high: int) -> frozenset[int]:
    return frozenset(range(low, high + 1))


def _gbk() -> frozenset[int]:
    marks = _range(0xA0, 0xFF) | _range(0x2000, 0x27BF) | _range(0x3000, 0x303F)
    return marks | _range(0x3200, 0x33FF) | _range(0x4E00, 0x9FFF) | _range(0xFE30, 0xFFEF)


def _gb2312() -> frozenset[int]:
    signs = (bytes((a, b)) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF))
    text = "".join(sign.decode("gb2312", "ignore") for sign in signs)
    return frozenset(map(ord, text)) | _range(0x2460, 0x24FF)


def _whole(where: Path) -> bool:
    files = fonts.manifest(where).get("files", {})
    return isinstance(files, dict) and all((where / "faces" / name).exists() for name in files)


def _replace(target: Path, fresh: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    fresh.chmod(0o755)
    fresh.rename(target)


def _spans(points: Iterable[int]) -> Iterable[str]:
    start = last = None
    for point in sorted(points):
        if last is not None and point == last + 1:
            last = point
            continue
        if start is not None:
            yield f"{start:x}-{last:x}"
        start = last = point
    if start is not None:
        yield f"{start:x}-{last:x}"


def _write_index(where: Path, covered: set[int], fang: Path | None) -> None:
    faces = where / "faces"
    (where / "coverage.txt").write_text("\n".join(_spans(covered)), "ascii")
    (where / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{faces}</dir><cachedir>{where / 'fc-cache'}</cachedir></fontconfig>\n",
        "utf-8",
    )
    remarks = (
        []
        if fang
        else ["仿宋 could not be fetched (texlive-lang-chinese): 楷体 stands in for it."]
    )
    files = {path.name: path.stat().st_size for path in sorted(faces.glob("*.ttf"))}
    (where / fonts.MANIFEST).write_text(
        json.dumps(
            {"build": fonts.BUILD, "files": files, "remarks": remarks}, ensure_ascii=False
        ),
        "utf-8",
    )
