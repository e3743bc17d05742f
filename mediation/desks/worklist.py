"""Work by deadline: one row a case, with light, next step and sum."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.models import Case, Claim, Party, User, WorkerWord
from casework.queries.calendar import current
from casework.rules.lights import Light, light
from casework.rules.taxonomy import cause_name
from mediation.desks import exchange
from mediation.desks.words import light_words
from mediation.engine.asker import asker
from mediation.models import Task
from mediation.queries import work_of

LIGHTS = ("overdue", "soon", "normal")


def page_of(request: HttpRequest, title: str) -> dict[str, Any]:
    """What desks/work.html prints for the person who asks; the filter lives in the address."""
    tasks = work_of(asker(request))
    chosen, words = request.GET.get("light", ""), request.GET.get("q", "").strip()
    lit = [(task, _light(task)) for task in tasks]
    rows = [
        row
        for row in rows_of(lit)
        if not words or words in f"{row['number']} {row['worker']} {row['employer']}"
    ]
    counts = Counter(found.kind if found else "normal" for _task, found in lit)
    return {
        "title": title,
        "bands": exchange.alarms(asker(request)),
        "today": clock.today(),
        "strip": _strip(counts, chosen, words),
        "rows": [row for row in rows if not chosen or row["kind"] == chosen],
        "filters": {"q": words, "stages": [], "light": chosen},
        "empty": {"words": _("Nothing is waiting for you."), "next_words": "", "next_url": ""},
        "words_waiting": _words_waiting(asker(request)),
    }


def _words_waiting(user: User) -> int:
    """How many workers wait for an answer from this person's desk."""
    if not user.has_perm("mediation.answer_worker"):
        return 0
    return WorkerWord.objects.filter(answered_at=None).count()


def _light(task: Task) -> Light | None:
    return light(clock.day(task.due_at), clock.today(), current()) if task.due_at else None


def _strip(counts: Counter[str], chosen: str, words: str) -> list[dict[str, Any]]:
    names = {
        "overdue": _("overdue"),
        "soon": _("within 3 working days"),
        "normal": _("on time"),
    }
    strip = [
        {
            "words": _("All"),
            "count": sum(counts.values()),
            "url": "?",
            "chosen": not chosen,
            "state": "",
        }
    ]
    for kind in LIGHTS:
        query = urlencode({"light": kind, **({"q": words} if words else {})})
        strip.append(
            {
                "words": names[kind],
                "count": counts[kind],
                "url": f"?{query}",
                "chosen": chosen == kind,
                "state": kind,
            }
        )
    return strip


def rows_of(lit: list[tuple[Task, Light | None]]) -> list[dict[str, Any]]:
    """The rows, with three more questions to the database however many there are."""
    ids = {task.case_id for task, _found in lit}
    cases = Case.objects.in_bulk(ids)
    parties: dict[int, list[Party]] = {}
    for party in (
        Party.objects.filter(case_id__in=ids)
        .select_related("person", "employer")
        .order_by("ref")
    ):
        parties.setdefault(party.case_id, []).append(party)
    sums = dict(
        Claim.objects.filter(case_id__in=ids)
        .values("case_id")
        .annotate(total=Sum("amount_yuan"))
        .values_list("case_id", "total")
    )
    return [
        _row(task, found, cases.get(task.case_id), parties.get(task.case_id, []), sums)
        for task, found in lit
    ]


def _row(
    task: Task,
    found: Light | None,
    case: Case | None,
    parties: list[Party],
    sums: dict[int, Any],
) -> dict[str, Any]:
    """One row. A liaison sees no case: the referral's letter stands for it."""
    referral = task.process.referral
    workers = [each.name for each in parties if each.side == "WORKER"]
    firms = [each.name for each in parties if each.side == "EMPLOYER"]
    url = reverse("case", args=[case.pk]) if case else reverse("task", args=[task.pk])
    return {
        "light": light_words(found) if found else None,
        "kind": found.kind if found else "normal",
        "due": clock.day(task.due_at) if task.due_at else None,
        "number": str(case) if case else (referral.number if referral else ""),
        "url": url,
        "worker": _many(workers) if case else _matter(referral),
        "employer": _(", ").join(firms),
        "cause": cause_name(case.main_cause) if case and case.main_cause else "",
        "stage": str(task.flow_task.flow_class.process_title),
        "next": str(task.flow_task.task_title),
        "next_url": reverse("task", args=[task.pk]),
        "sum_yuan": sums.get(task.case_id),
        "state": "",
    }


def _many(workers: list[str]) -> str:
    if len(workers) > 1:
        return _("%(name)s and others, %(count)s people") % {
            "name": workers[0],
            "count": len(workers),
        }
    return workers[0] if workers else _("anonymous caller")


def _matter(referral: Any) -> str:
    from mediation.forms.referral_words import matter_name

    return str(matter_name(referral.matter)) if referral else ""
