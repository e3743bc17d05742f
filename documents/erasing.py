"""The papers and files of a case that is destroyed: contents and bytes go; numbers, hashes and marks stay.

So numbers have no gap, the ledger still verifies, and a printed copy can still be checked by its code.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction

from casework.models import Case
from documents import storage
from documents.models import Dossier, Paper, PaperState, Preview

# Columns with the hash of a file, and the way to the case.
FILES = (
    ("casework.Evidence", "case", "sha256"), ("casework.Service", "case", "proof_sha256"),
    ("casework.Payment", "instalment__agreement__case", "proof_sha256"),
    ("casework.Signature", "agreement__case", "proof_sha256"), ("casework.Session", "case", "proof_sha256"),
    ("casework.PaperReply", "case", "scan_sha256"), ("casework.Clue", "case", "photos"),
    ("casework.HazardPhoto", "inspection__case", "sha256"), ("casework.Enclosed", "case", "promised"),
    ("documents.Paper", "case", "sha256"), ("documents.Preview", "case", "sha256"),
    ("documents.Dossier", "case", "sha256"),
)  # fmt: skip
GONE = "卷宗已按规定销毁"


def take_out(case: Case) -> int:
    """Empty every paper of a case and remove its files once the transaction stands; answers how many files.

    Call in the context of the system. A file that another case holds too (the same bytes) stays for that case.
    """
    mine = set(_hashes(case, own=True))
    for digest in mine - set(_hashes(case, own=False, among=mine)):
        transaction.on_commit(partial(storage.remove, digest))
    Paper.objects.filter(case=case).update(
        state=PaperState.EMPTIED, facts="", failure=GONE, reason=""
    )
    Dossier.objects.filter(case=case).update(state=PaperState.EMPTIED, failure=GONE, sha256="")
    Preview.objects.filter(case=case).delete()
    return len(mine)


def _hashes(case: Case, *, own: bool, among: set[str] | None = None) -> Iterator[str]:
    """Hashes of files of this case, or of those `among` them that cases not destroyed hold."""
    for label, way, column in FILES:
        rows: Any = apps.get_model(label)._default_manager.all()
        if own:
            rows = rows.filter(**{way: case.pk})
        else:
            rows = rows.exclude(**{way: case.pk}).filter(**{f"{way}__destroyed_on": None})
            named = f"{column}__overlap" if column == "photos" else f"{column}__in"
            rows = rows.filter(**{named: list(among or ())})
        for value in rows.values_list(column, flat=True):
            yield from (value if isinstance(value, list) else [value] if value else [])
