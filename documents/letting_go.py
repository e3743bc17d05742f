"""Files that nobody needs any more: named in the transaction that empties their rows, removed by a job once it stands.

A crash between the two loses nothing: the job waits in the database, and done twice it is done once.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from casework.access import context
from casework.models import Case
from documents import storage
from documents.models import PaperState

# Columns with the hash of a file, and the way to the case.
FILES = (
    ("casework.Evidence", "case", "sha256"), ("casework.Service", "case", "proof_sha256"),
    ("casework.Payment", "instalment__agreement__case", "proof_sha256"),
    ("casework.Signature", "agreement__case", "proof_sha256"),
    ("casework.PaperReply", "case", "scan_sha256"), ("casework.Clue", "case", "photos"),
    ("casework.Session", "case", "proof_sha256"),
    ("casework.HazardPhoto", "inspection__case", "sha256"), ("casework.Enclosed", "case", "promised"),
    ("documents.Paper", "case", "sha256"), ("documents.Preview", "case", "sha256"),
    ("documents.Dossier", "case", "sha256"),
)  # fmt: skip
EMPTIED = ("documents.Paper", "documents.Dossier")  # their rows outlive their bytes

after_let_go: Callable[[list[str]], None] | None = None  # takes the hashes


def let_go(digests: Collection[str]) -> None:
    """Have files removed after this transaction, unless a row that stands holds the same bytes."""
    if digests and after_let_go is not None:
        after_let_go(sorted(digests))


def remove(digests: Collection[str]) -> int:
    """Remove those files that no row holds; answers how many. A file that is gone already is no error."""
    with transaction.atomic(), context.system("remove files"):
        free = set(digests) - set(_held(digests))
    for digest in free:
        storage.remove(digest)
    return len(free)


def of_case(case: Case) -> set[str]:
    """Hashes of all files of a case."""
    return {
        digest
        for rows, way, column in _tables()
        for digest in _read(rows.filter(**{way: case.pk}), column)
    }


def _held(digests: Collection[str]) -> Iterator[str]:
    for rows, way, column in _tables():
        named = f"{column}__overlap" if column == "photos" else f"{column}__in"
        found = rows.filter(**{f"{way}__destroyed_on": None, named: list(digests)})
        yield from _read(found, column)


def _tables() -> Iterator[tuple[QuerySet[Any], str, str]]:
    for label, way, column in FILES:
        rows = apps.get_model(label)._default_manager.all()
        yield rows.exclude(state=PaperState.EMPTIED) if label in EMPTIED else rows, way, column


def _read(rows: QuerySet[Any], column: str) -> Iterator[str]:
    for value in rows.values_list(column, flat=True):
        yield from (value if isinstance(value, list) else [value] if value else [])
