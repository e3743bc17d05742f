"""What a worker sees after the one-time code: papers, files, who looked; in short sentences."""

from typing import Any

from django.utils.translation import gettext as _

from casework.access.roles import label
from casework.events import Kind
from casework.models import (
    Event,
    Evidence,
    WordKind,
    WordResult,
    WorkerWord,
)
from documents.models import Paper
from mediation.commands.own_data import ways_to_complain

LOOKED = (Kind.IDENTITY_REVEALED, Kind.REFERRAL_SENT, Kind.CALL_RECORDED, Kind.CASE_ACCEPTED)
MOST = 50


def papers(case_id: int) -> list[Paper]:
    """The papers that the code may see and that are printed."""
    return list(Paper.objects.filter(case_id=case_id, state="READY", life="VALID"))


def files(case_id: int, party_id: int) -> list[dict[str, Any]]:
    """What the worker handed in."""
    rows = Evidence.objects.filter(case_id=case_id, party_id=party_id, taken_back_at=None)
    return [
        {"id": row.pk, "name": row.name, "at": row.made_at, "kb": max(1, row.size // 1024),
         "mark": row.sha256[:8]}
        for row in rows
    ]  # fmt: skip


def words(case_id: int, party_id: int) -> list[dict[str, Any]]:
    """What the worker said, with the answers."""
    kinds = dict(WordKind.choices)
    return [
        {"kind": str(kinds.get(row.kind, "")), "text": row.text, "at": row.at, "answer": row.answer,
         "answered_at": row.answered_at, "result": row.get_result_display() if row.result else "",
         "ways": ways_to_complain() if row.result == WordResult.REFUSED else []}
        for row in WorkerWord.objects.filter(case_id=case_id, party_id=party_id)
    ]  # fmt: skip


def looks(case_id: int) -> list[dict[str, Any]]:
    """Who had the data in hand, by role and day, never by name."""
    rows = Event.objects.filter(case_id=case_id, kind__in=LOOKED).order_by("-seq")[:MOST]
    said = {
        Kind.IDENTITY_REVEALED: _("looked at your telephone number"),
        Kind.REFERRAL_SENT: _("sent your matter to another office"),
        Kind.CALL_RECORDED: _("took your call"),
        Kind.CASE_ACCEPTED: _("took your matter on"),
    }
    return [
        {"on": row.at, "who": _(label(row.by_role)) if row.by_role else _("the system"),
         "what": said[Kind(row.kind)]}
        for row in rows
    ]  # fmt: skip
