"""The evidence list of a case: what, whose, pages, hash, to whom shown, who looked."""

from collections import Counter
from typing import Any

from django.urls import reverse

from casework.events import Kind
from casework.models import Case, Event, Evidence, EvidenceShown


def page_of(case: Case) -> dict[str, Any]:
    """Everything that case/evidence.html prints."""
    rows = Evidence.objects.filter(case=case).select_related("party__person", "party__employer")
    shown: dict[int, list[EvidenceShown]] = {}
    for each in (
        EvidenceShown.objects.filter(case=case).select_related("session").order_by("at")
    ):
        shown.setdefault(each.evidence_id, []).append(each)
    looked = Counter(
        str(event.payload.get("sha256", ""))
        for event in Event.objects.filter(case=case, kind=Kind.EVIDENCE_VIEWED)
    )
    return {
        "case": case, "crumbs": [{"words": str(case), "url": reverse("case", args=[case.pk])}],
        "rows": [
            {
                "no": number, "title": row.title or row.name or row.sha256[:8], "who": row.party.name,
                "source": row.source, "original": row.is_original, "pages": row.pages, "at": row.made_at,
                "sha256": row.sha256, "shown": shown.get(row.pk, []), "looked": looked[row.sha256],
                "back": row.taken_back_at,
                "url": "" if row.taken_back_at else reverse("case-file", args=[case.pk, row.pk]),
            }
            for number, row in enumerate(rows, 1)
        ],
        "pages_in_all": sum(row.pages or 0 for row in rows if row.taken_back_at is None),
    }  # fmt: skip
