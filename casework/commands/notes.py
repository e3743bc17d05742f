"""A mediator's own notes and the offers of the sides: sealed, read by their author alone."""

from datetime import datetime

from django.db import transaction

from casework.commands.base import lock_case
from casework.events import Kind, record
from casework.models import Case, Note, User


@transaction.atomic
def write_note(case: Case, *, text: str, about: str, by: User, at: datetime) -> Note:
    """Keep a mediator's own note or an offer. The event never tells what it says.

    Source: 《人民法院在线调解规则》第十八、二十九条; 《特邀调解规定》第二十二、二十八条.
    """
    lock_case(case.pk)
    note = Note(case=case, author=by, about=about, text=text, at=at)
    note.save(force_insert=True)
    record(case, Kind.NOTE_WRITTEN, by=by, at=at, sealed=True, about=about)
    return note
