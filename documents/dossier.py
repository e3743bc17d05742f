"""The bound file of a case (D32): asked for on a page, made by a job, read when it is ready."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.access import context
from casework.models import Case, User
from documents import binding, editions, issue, leaves, stamping, storage
from documents.facts.base import Contradiction, FactMissing
from documents.gather import archive, sealed
from documents.guard import Unprintable
from documents.leaves import Leaf
from documents.models import Dossier, Life, Paper, PaperState, VolumeKind
from documents.scans import Scan, ending

NAMES = {VolumeKind.MAIN: "正卷", VolumeKind.SEALED: "副卷"}
REFUSALS = (FactMissing, Contradiction, Unprintable, issue.PaperNotReady, storage.BytesLost,
            binding.PagesDiffer)  # fmt: skip

after_ask: Callable[[int], None] | None = None  # takes the dossier's id


@transaction.atomic
def ask(case: Case, volume: str, *, by: User, at: datetime) -> Dossier:
    """Ask for a volume; while one is being bound, that one is the answer. Call it under the case's lock."""
    there = Dossier.objects.filter(case=case, volume=volume, state=PaperState.PENDING).first()
    if there:
        return there
    total = pieces_of(case, volume)
    made = Dossier.objects.create(
        case=case, volume=volume, asked_at=at, asked_by=by, total=total
    )
    if after_ask is not None:
        after_ask(made.pk)
    return made


def pieces_of(case: Case, volume: str) -> int:
    """How many pieces a volume will have: its papers, and one for all that is sealed besides."""
    return pieces_by_volume(case, [volume])[volume]


def pieces_by_volume(case: Case, volumes: Sequence[str]) -> dict[str, int]:
    """The same for several volumes, asked together."""
    counts, found = archive.counts(case), {}
    for volume in volumes:
        inner = volume == VolumeKind.SEALED
        found[volume] = counts[inner] + (inner and sealed.there_is(case))
    return found


def make(dossier_id: int) -> Dossier:
    """Bind a volume that waits; its failure is kept in words. Done twice it is done once."""
    row = _load(dossier_id)
    if row.state != PaperState.PENDING:
        return row
    try:
        pieces = _printed(row)
        cover = _cover(row, pieces)
        bound = binding.bind(
            title=f"{row.case}劳动争议调解卷宗（{NAMES[VolumeKind(row.volume)]}）",
            cover=cover,
            pieces=[_piece(place, leaf) for place, leaf in enumerate(pieces, 1)],
            expected=[leaf.pages for leaf in pieces],
            at=row.asked_at,
            say=lambda done: _progress(row, done),
        )
    except REFUSALS as refusal:
        return _note(row, state=PaperState.FAILED, failure=str(refusal)[:240])
    sha256 = hashlib.sha256(bound.pdf).hexdigest()
    storage.write(bound.pdf, sha256)
    with transaction.atomic():
        stamping.ask(sha256, at=row.asked_at)
        return _note(
            row, state=PaperState.READY, sha256=sha256, size=len(bound.pdf), pages=bound.pages
        )


def kept(row: Dossier) -> bytes:
    """The bytes of a bound volume. Raises: BeingPrinted, PaperNotReady, BytesLost."""
    if row.state == PaperState.PENDING:
        raise issue.BeingPrinted
    if row.state == PaperState.FAILED:
        raise issue.PaperNotReady(row.failure)
    return storage.read(row.sha256)


def _load(dossier_id: int) -> Dossier:
    with transaction.atomic(), context.system("bind a file"):
        return Dossier.objects.select_related("case", "asked_by").get(pk=dossier_id)


def _note(row: Dossier, **changes: object) -> Dossier:
    """Write progress or result in a transaction of its own, so that the page sees it."""
    for name, value in changes.items():
        setattr(row, name, value)
    with transaction.atomic(), context.system("bind a file"):
        row.save(update_fields=list(changes))
    return row


def _progress(row: Dossier, done: int) -> None:
    _note(row, done=done)


def _printed(row: Dossier) -> list[Leaf]:
    """The pieces of the volume, each printed by now. Raises: PaperNotReady, FactMissing."""
    inner = row.volume == VolumeKind.SEALED
    with transaction.atomic(), context.system("bind a file"):
        waiting = archive.pieces(row.case, sealed=inner)
    for paper in waiting:
        if paper.state != PaperState.READY:
            issue.content(paper)
    besides = leaves.of_sealed_matter(row)
    if not waiting and not besides:
        raise FactMissing("缺少必备事项：卷内文件")
    with transaction.atomic(), context.system("bind a file"):
        found = archive.pieces(row.case, sealed=True) if inner else archive.laid(row.case)
        _note(row, total=len(found) + len(besides))
    return [*besides, *(_leaf(each) for each in found)]


def _leaf(each: Paper | Scan) -> Leaf:
    return leaves.of_scan(each) if isinstance(each, Scan) else leaves.of_paper(each)


def _cover(row: Dossier, pieces: list[Leaf]) -> bytes:
    """Cover and catalogue (D32) as they must be for these pieces; an older one gives way."""
    name = NAMES[VolumeKind(row.volume)]
    with transaction.atomic(), context.acting(row.case_id, row.asked_by):
        case = Case.objects.select_for_update(no_key=True).get(pk=row.case_id)
        keys: dict[str, Any] = {"volume": name, "pieces": archive.lines(pieces)}
        older = [
            paper
            for paper in Paper.objects.filter(case=case, code="D32", life=Life.VALID)
            if issue.facts_of(paper).volume == name
        ]
        paper = issue.issue("D32", case=case, by=row.asked_by, at=row.asked_at, **keys)
        for each in older:
            if each.pk != paper.pk:
                editions.give_way(each, "卷内文件有变化")
    printed = issue.content(paper)
    with transaction.atomic(), context.system("bind a file"):
        paper.refresh_from_db()
    _note(row, cover=paper)
    return printed


def _piece(place: int, leaf: Leaf) -> binding.Piece:
    words = f"{place} {leaf.title}" + (f" {leaf.number}" if leaf.number else "")
    end = ending(leaf.original) if leaf.original else "pdf"
    name = f"{place:03d}-{leaf.code}-{leaf.title}.{end}"
    return binding.Piece(words=words, name=name, pdf=leaf.pdf, original=leaf.original)
