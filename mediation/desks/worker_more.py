"""What a worker sees after the one-time code: papers, files, who looked; in short sentences."""

from typing import Any

from django.utils.translation import gettext as _

from casework.access.roles import label
from casework.events import Kind
from casework.models import (
    Event,
    Evidence,
    Party,
    WordKind,
    WordResult,
    WorkerWord,
)
from documents.issue import facts_of
from documents.models import Paper
from mediation.commands.own_data import ways_to_complain

LOOKED = (Kind.IDENTITY_REVEALED, Kind.REFERRAL_SENT, Kind.CALL_RECORDED, Kind.CASE_ACCEPTED)
MOST = 50
EACH_ITS_OWN = ("D09", "D10", "D13")  # one for each party, with what concerns that party


def papers(case_id: int, party_id: int) -> list[Paper]:
    """The papers that the code may see and that are printed; of notices to each party only the own ones."""
    name = Party.objects.select_related("person").get(pk=party_id).name
    rows = Paper.objects.filter(case_id=case_id, state="READY", life="VALID")
    return [row for row in rows if row.code not in EACH_ITS_OWN or _addressee(row) == name]


def _addressee(row: Paper) -> str:
    return str(getattr(facts_of(row), "addressee", ""))


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
