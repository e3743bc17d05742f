"""The archivist's list: which files are kept how long and why, which terms end, what is held."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.commands.keeping import rule_of
from casework.models import Disposal, Keeping, LegalHold
from casework.rules.retention import in_force
from mediation.desks.words import mark_words

SOON_DAYS = 90


def states() -> dict[str, str]:
    """The lists, in the order of the filter."""
    return {
        "due": _("term over"), "soon": _("ends within 90 days"), "asked": _("waits for a second person"),
        "held": _("legal hold"), "kept": _("term runs"), "handed": _("handed to the archive"),
        "destroyed": _("destroyed"),
    }  # fmt: skip


def files(today: date) -> Any:
    """All files with a term that the person sees, each in one list: what holds it comes before its day."""
    holds = LegalHold.objects.filter(case_id=OuterRef("case_id"), lifted_at=None)
    waiting = Disposal.objects.filter(keeping_id=OuterRef("pk"), agreed=None)
    soon = today + timedelta(days=SOON_DAYS)
    place = Case(
        When(state="DESTROYED", then=Value("destroyed")), When(state="HANDED", then=Value("handed")),
        When(Exists(holds), then=Value("held")), When(Exists(waiting), then=Value("asked")),
        When(ends_on__lt=today, then=Value("due")), When(ends_on__lte=soon, then=Value("soon")),
        default=Value("kept"),
    )  # fmt: skip
    return Keeping.objects.annotate(place=place)


def strip(today: date, chosen: str) -> list[dict[str, Any]]:
    """One word a list with its count, in one question."""
    counted = files(today).order_by().values_list("place").annotate(Count("id"))
    counts: dict[str, int] = dict(counted)
    return [
        {
            "words": words, "count": counts.get(name, 0), "url": f"?list={name}",
            "chosen": name == chosen, "state": "",
        }
        for name, words in states().items()
    ]  # fmt: skip


def rows_of(today: date, chosen: str, words: str) -> "QuerySet[Keeping]":
    """One list; a number of a case narrows it."""
    rows: QuerySet[Keeping] = files(today).filter(place=chosen).select_related("district")
    if words:
        rows = rows.filter(number__icontains=words)
    newest = "-ended_on" if chosen in ("handed", "destroyed") else "ends_on"
    return rows.order_by(newest, "id")


def terms(today: date) -> list[dict[str, Any]]:
    """How long what is kept, class by class, as it holds today."""
    said = "zh" if (get_language() or "").startswith("zh") else "en"
    return [
        {
            "name": kind.name[said], "years": kind.years, "ground": kind.ground[said],
            "mark": mark_words(kind.mark), "since": kind.since,
            "floor": kind.floor.text[said] if kind.floor else "",
        }
        for kind in in_force(today)
    ]  # fmt: skip


def row(each: Any) -> dict[str, Any]:
    """One file in words."""
    kind, said = rule_of(each), "zh" if (get_language() or "").startswith("zh") else "en"
    return {
        "number": each.number, "url": reverse("archive-file", args=[each.case_id]),
        "kind": kind.name[said], "ground": kind.ground[said], "mark": mark_words(kind.mark),
        "floor": kind.floor.text[said] if kind.floor else "",
        "floor_mark": mark_words(kind.floor.mark) if kind.floor else "",
        "years": kind.years, "district": each.district or "", "counted_from": each.counted_from,
        "ends_on": each.ends_on, "ended_on": each.ended_on, "light": _light(each),
    }  # fmt: skip


def _light(each: Any) -> dict[str, str]:
    lights = {
        "destroyed": "done", "handed": "done", "held": "paused", "asked": "soon", "due": "overdue",
        "soon": "soon", "kept": "normal",
    }  # fmt: skip
    words = _("kept for ever") if each.place == "kept" and each.ends_on is None else ""
    return {"state": lights[each.place], "words": words or states()[each.place]}
