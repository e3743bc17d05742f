"""A look at a paper before it is issued: printed by the same press, stamped, numbered by nothing."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from casework import clock
from casework.access import context
from casework.models import Case, User
from documents import guard, letting_go, storage, wording
from documents.catalogue import kind_of
from documents.compose import compose, speaker
from documents.facts import base
from documents.models import PaperState, Preview
from documents.rendering import RenderFailed, render

STAMP, NUMBER = "预览　未签发", "（编号于签发时生成）"
NO_CODE = "00000000" * 2

after_make: Callable[[int], None] | None = None  # takes the preview's id


@transaction.atomic
def make(code: str, *, case: Case, facts: Any, by: User, at: datetime) -> Preview:
    """Freeze what would be printed and have it printed; the maker's earlier looks at it go.

    Raises: FactMissing, Contradiction, Unprintable, as issuing would.
    """
    base.require(facts)
    guard.require_printable(facts)
    drop(case, code, by)
    made = Preview.objects.create(
        case=case, code=code, facts=base.canonical(base.freeze(facts)), made_by=by, made_at=at
    )
    if after_make is not None:
        after_make(made.pk)
    return made


def drop(case: Case, code: str, by: User) -> None:
    """Forget what a person looked at: the paper was issued, or looked at anew."""
    rows = Preview.objects.filter(case=case, code=code, made_by=by)
    letting_go.let_go(set(rows.exclude(sha256="").values_list("sha256", flat=True)))
    rows.delete()


def facts_of(preview: Preview) -> Any:
    """The facts that were looked at."""
    return base.thaw(kind_of(preview.code).facts, json.loads(preview.facts))


def print_preview(preview_id: int) -> None:
    """Print a preview that waits; one that was dropped meanwhile is left alone."""
    with transaction.atomic(), context.system("print a preview"):
        row = Preview.objects.select_for_update(no_key=True).filter(pk=preview_id).first()
        if row is None or row.state == PaperState.READY:
            return
        facts = facts_of(row)
        try:
            active = wording.current(row.code)
            source = active.source if active else ""
            sheet = render(
                compose(facts, imprint_of(row, facts), archival=False, source=source)
            )
        except RenderFailed as refusal:
            row.state, row.failure = PaperState.FAILED, str(refusal)[:240]
        else:
            row.state, row.sha256 = PaperState.READY, hashlib.sha256(sheet.pdf).hexdigest()
            storage.write(sheet.pdf, row.sha256)
        row.save(update_fields=["state", "failure", "sha256"])


def imprint_of(row: Preview, facts: Any) -> base.Imprint:
    """What stands where number, code and day of issue will be."""
    kind = kind_of(row.code)
    return base.Imprint(
        code=row.code,
        number=NUMBER if kind.series else "",
        issued_on=clock.day(row.made_at),
        issued_at=row.made_at.astimezone(clock.SHANGHAI),
        check=NO_CODE,
        facts_sha256=base.digest(row.code, facts),
        seal_name=speaker(kind, facts),
        address="（预览不可查验）",
        stamp=STAMP,
    )
