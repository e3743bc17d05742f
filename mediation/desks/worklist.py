"""Work by deadline: one row a case, with light, next step and sum."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from casework.models import Case, Claim, Party, User, WorkerWord
from casework.queries.calendar import current
from casework.rules.lights import Light, light
from casework.rules.taxonomy import cause_name
from mediation.commands import desk
from mediation.desks import exchange, sessions
from mediation.desks.words import light_words
from mediation.engine.asker import asker
from mediation.models import Task
from mediation.queries import work_of

LIGHTS = ("overdue", "soon", "normal")
ASLEEP = "put_off"


def page_of(request: HttpRequest, title: str) -> dict[str, Any]:
    """What desks/work.html prints for the person who asks; the filter lives in the address."""
    user, today = asker(request), clock.today()
    tasks = work_of(user)
    chosen, words = request.GET.get("light", ""), request.GET.get("q", "").strip()
    waiting = {task.pk for task in tasks if desk.asleep(task, today)}
    lit = [(task, _light(task)) for task in tasks if (task.pk in waiting) == (chosen == ASLEEP)]
    every = rows_of(lit, user)
    rows = [
        row
        for row in every
        if not words or words in f"{row['number']} {row['worker']} {row['employer']}"
    ]
    counts = Counter(row["kind"] for row in every) if chosen != ASLEEP else Counter()
    if chosen == ASLEEP:
        counts = Counter(_kinds([task for task in tasks if task.pk not in waiting]))
    counts[ASLEEP] = len({_group(task) for task in tasks if task.pk in waiting})
    return {
        "title": title,
        "bands": exchange.alarms(user),
        "today": today,
        "sessions": sessions.today_of(user, tasks),
        "strip": _strip(counts, chosen, words),
        "rows": [row for row in rows if chosen in ("", ASLEEP, row["kind"])],
        "filters": {"q": words, "stages": [], "light": chosen},
        "empty": {"words": _("Nothing is waiting for you."), "next_words": "", "next_url": ""},
        "words_waiting": _words_waiting(user),
        "bulk": _bulk(chosen, today) if every else None,
        "undo": request.session.pop("undo", None),
    }


def _bulk(chosen: str, today: date) -> dict[str, Any]:
    """What can be done with ticked rows."""
    return {
        "back": chosen == ASLEEP,
        "first": today + timedelta(days=1),
        "last": today + timedelta(days=desk.LONGEST_DAYS),
        "reasons": [
            _("waits for papers of the other side"), _("the party asked for another day"),
            _("waits for an answer of an office"), _("needs a talk with the head first"),
        ],
    }  # fmt: skip


def _kinds(tasks: list[Task]) -> list[str]:
    """The light of each row, for the counts: the row's first step decides."""
    first: dict[Any, str] = {}
    for task in tasks:
        found = _light(task)
        first.setdefault(_group(task), found.kind if found else "normal")
    return list(first.values())


def _group(task: Task) -> Any:
    """What a row stands for: a case; on the desk of another agency a letter."""
    return (task.office_id and task.process.referral_id) or task.case_id


def _words_waiting(user: User) -> int:
    """How many workers wait for an answer from this person's desk."""
    if not user.has_perm("mediation.answer_worker"):
        return 0
    return WorkerWord.objects.filter(answered_at=None).count()


def _light(task: Task) -> Light | None:
    return light(clock.last_day(task.due_at), clock.today(), current()) if task.due_at else None


def _strip(counts: Counter[str], chosen: str, words: str) -> list[dict[str, Any]]:
    names = {
        "overdue": _("overdue"),
        "soon": _("within 3 working days"),
        "normal": _("on time"),
    }
    strip = [
        {
            "words": _("All"),
            "count": sum(counts[kind] for kind in LIGHTS),
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
    if counts[ASLEEP]:
        strip.append(
            {
                "words": _("put off"),
                "count": counts[ASLEEP],
                "url": f"?light={ASLEEP}",
                "chosen": chosen == ASLEEP,
                "state": "paused",
            }
        )
    return strip


def rows_of(lit: list[tuple[Task, Light | None]], user: User) -> list[dict[str, Any]]:
    """One row a case, with three more questions to the database however many there are."""
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
    groups: dict[Any, list[tuple[Task, Light | None]]] = {}
    for task, found in lit:
        groups.setdefault(_group(task), []).append((task, found))
    rows = []
    for steps in groups.values():
        task, found = steps[0]
        row = _row(task, found, cases.get(task.case_id), parties.get(task.case_id, []), sums)
        row["tasks"] = ",".join(str(each.pk) for each, _light in steps)
        row["note"] = _note([each for each, _light in steps], user)
        rows.append(row)
    return rows


def _note(tasks: list[Task], user: User) -> str:
    """What else is to be said of a row: more steps, put off, open at a colleague's."""
    said = []
    if len(tasks) > 1:
        more = len(tasks) - 1
        said.append(ngettext("and %(n)s more step", "and %(n)s more steps", more) % {"n": more})
    if mark := tasks[0].data.get(desk.PUT_OFF):
        day = f"{date.fromisoformat(mark['until']):%m-%d}"
        words = {"day": day, "why": mark["why"], "who": mark["by"]}
        said.append(_("put off until %(day)s by %(who)s: %(why)s") % words)
    if held := desk.held_by_other(tasks[0], user, clock.now()):
        said.append(_("open at %(who)s's since %(at)s") % held)
    return "; ".join(said)


def _row(
    task: Task,
    found: Light | None,
    case: Case | None,
    parties: list[Party],
    sums: dict[int, Any],
) -> dict[str, Any]:
    """One row. A liaison sees no case: the referral's letter stands for it, else what it is."""
    referral = task.process.referral
    title = str(task.flow_task.flow_class.process_title)
    workers = [each.name for each in parties if each.side == "WORKER"]
    firms = [each.name for each in parties if each.side == "EMPLOYER"]
    url = reverse("case", args=[case.pk]) if case else reverse("task", args=[task.pk])
    return {
        "light": light_words(found) if found else None,
        "kind": found.kind if found else "normal",
        "due": clock.last_day(task.due_at) if task.due_at else None,
        "number": str(case) if case else (referral.number if referral else title),
        "url": url,
        "worker": _many(workers) if case else _matter(referral),
        "employer": _(", ").join(firms),
        "cause": cause_name(case.main_cause) if case and case.main_cause else "",
        "stage": title,
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
