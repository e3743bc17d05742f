"""Cuts packaged fonts into the families papers use: once per machine, into the cache.

Why cut: a whole Noto collection costs a paper more than half its time, an .otf with new glyph ids
prints blank in some readers, and unequal vertical metrics lose one of the 22 lines of a page.
"""

import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from documents import fonts

NOTO = Path("/usr/share/fonts/opentype/noto")
TRUETYPE = Path("/usr/share/fonts/truetype")
FANDOL = "FandolFang-Regular.otf"
FANDOL_PACKAGE = "texlive-lang-chinese"
ASCENT, DESCENT = 0.88, 0.12
ASCII = frozenset(range(0x20, 0x7F))
PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
DROPPED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "DSIG",
    "vhea",
    "vmtx",
    "VORG",
    "kern",
    "hdmx",
    "LTSH",
)


class SourceMissing(Exception):
    """A font package is not installed; the message names the one command that mends it."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One family of ours: which file it comes from and which characters it keeps."""

    family: str
    source: Path
    face: int = 0
    keep: frozenset[int] | None = None  # None: everything the source has


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
        jobs = [pool.submit(make, cut, fresh) for cut in plan(fang)]
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
        Cut(family=fonts.LATIN, source=latin, keep=ASCII),
        Cut(family=fonts.HAN_A, source=hana_a),
        Cut(family=fonts.HAN_B, source=hana_b),
    ]


def make(cut: Cut, into: Path) -> tuple[str, int, set[int]]:
    """Make one family; its name, its size in bytes, and the code points it draws."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    face = hb.Face(hb.Blob.from_file_path(str(cut.source)), cut.face)
    wish = hb.SubsetInput()
    points = set(face.unicodes) & ((cut.keep or frozenset(range(0x110000))) | {0x20})
    points -= {n for block in PRIVATE for n in block}
    if cut.family != fonts.LATIN:
        points -= ASCII - {0x20}
    wish.sets(hb.SubsetInputSets.UNICODE).update(points)
    tags = wish.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    tags.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED)
    flags = hb.SubsetFlags
    wish.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
    font = TTFont(io.BytesIO(hb.subset(face, wish).blob.data), recalcBBoxes=False)
    if "CFF " in font:
        _to_glyf(font)
    _name(font, cut.family)
    _metrics(font)
    path = into / f"{cut.family.replace(' ', '')}.ttf"
    font.save(path)
    return cut.family, path.stat().st_size, points


def _to_glyf(font: Any) -> None:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(
            Cu2QuPen(pen, 1.0 * font["head"].unitsPerEm / 1000, reverse_direction=True)
        )
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphs, font["glyf"].glyphOrder = glyphs, order
    for name in order:
        glyphs[name].recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyphs[name], "xMin", 0))
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for field in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
        "maxPoints",
        "maxContours",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxComponentDepth",
    ):
        setattr(profile, field, 1 if field == "maxZones" else 0)
    profile.recalc(font)


def _name(font: Any, family: str) -> None:
    table = font["name"]
    table.names = []
    plain = family.replace(" ", "")
    for number, text in ((1, family), (2, "Regular"), (3, plain), (4, family), (6, plain)):
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass, font["OS/2"].usWidthClass = 400, 5
    font["OS/2"].fsSelection, font["head"].macStyle = 0x40, 0


def _metrics(font: Any) -> None:
    unit = font["head"].unitsPerEm
    up, down = round(ASCENT * unit), round(DESCENT * unit)
    head, os2 = font["hhea"], font["OS/2"]
    head.ascent, head.descent, head.lineGap = up, -down, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = up, -down, 0
    os2.usWinAscent, os2.usWinDescent = up, down


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
