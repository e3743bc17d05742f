"""What a liaison's page shows of a referral: the open pack, and until when to act."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Deadline, Pack, Referral
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.forms.referral_words import pack_rows


def pack_context(pack: Pack | None, row: Referral) -> dict[str, Any]:
    """What an open pack shows; without one, words that say how to get a new one."""
    if pack is None:
        return {
            "closed_words": _("The data of this referral are no longer open to you. Ask the union for a new pack."),
        }  # fmt: skip
    facts = pack_rows(pack.fields, but=("facts",))
    half = (len(facts) + 1) // 2
    note = (
        _("The worker agreed to these data being passed on.")
        if row.consent_id
        else _("Passed on in an emergency: %(ground)s") % {"ground": row.ground}
    )
    return {
        "valid_words": _("valid until %(day)s") % {"day": pack.expires_on.isoformat()},
        "facts_left": facts[:half],
        "facts_right": facts[half:],
        "story": pack.fields.get("facts", ""),
        "story_note": note,
        "pack_papers": [_paper(each) for each in pack.papers],
        "pack_files": [
            {
                "id": int(each["id"]),
                "words": each["name"] or each["sha256"][:8],
                "kb": max(1, each["size"] // 1024),
                "mark": each["sha256"][:16],
            }
            for each in pack.fields.get("files", [])
        ],
        "pack_hash": pack.sha256[:16],
    }


def _paper(named: dict[str, Any]) -> dict[str, Any]:
    number = int(named["id"])
    where = reverse("referral-paper", args=[number])
    return {"id": number, "words": named["title"], "number": named["number"], "url": where}


def band_of(row: Referral) -> dict[str, Any] | None:
    """Until when to sign or to answer, in words, with its light."""
    due = (
        Deadline.objects.filter(referral=row, rule__in=("P-10", "P-11"), state="OPEN")
        .order_by("due")
        .first()
    )
    if due is None:
        return None
    found = light(due.due, clock.today(), current())
    words = (
        _("Please answer by %(day)s.")
        if due.rule == "P-10"
        else _("Please sign for it by %(day)s.")
    )
    kinds = {"overdue": "alarm", "soon": "warn"}
    kind = kinds["overdue"] if found.late else kinds.get(found.kind, "")
    return {
        "kind": kind,
        "fact": words % {"day": due.due.isoformat()},
        "consequence": _("Agreed between the agencies; not a period of the law.")
        if due.nature != "statutory"
        else due.article,
    }
