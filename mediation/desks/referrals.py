"""The referrals of a case and its consents, as their page prints them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.events import Kind
from casework.models import Case, Consent, Consultation, Opinion, PaperReply, User
from casework.queries.calendar import current
from casework.queries.consultations import asked_of
from casework.queries.referrals import Side, side_by_side
from casework.rules.lights import light
from documents.models import Paper
from mediation.desks.words import light_words
from mediation.engine import run
from mediation.forms.referral_words import MATTERS, PACK_WORDS, REASON_WORDS, matter_name


def sides_of(case: Case, user: User) -> list[dict[str, Any]]:
    """One column a referral: state and light, facts, days by each party, history with links."""
    rows = Paper.objects.filter(case=case, code__in=("D03", "D04", "D07"), life="VALID")
    papers = list(rows.defer("facts"))
    told = list(case.paper_replies.all())
    tasks = {
        task.process.referral_id: task for task in run.open_tasks(case.pk) if task.process.referral_id
    }  # fmt: skip
    return [
        {
            **_side(each, papers, tasks.get(each.referral.pk), user),
            "replies": [_reply(row) for row in told if row.referral_id == each.referral.pk],
        }
        for each in side_by_side(case, current(), clock.now())
    ]


def _side(each: Side, papers: list[Paper], task: Any, user: User) -> dict[str, Any]:
    row = each.referral
    return {
        "matter": matter_name(row.matter),
        "office": row.office.name,
        "agency": row.agency.short,
        "number": row.number,
        "light": _light(each),
        "state": row.get_state_display(),
        "facts": _facts(each),
        "office_days": each.spent["office"],
        "union_days": each.spent["union"],
        "came_from": row.came_from.office.name if row.came_from else "",
        "papers": [
            {"words": paper.title, "url": reverse("case-paper", args=[row.case_id, paper.pk])}
            for paper in papers
            if paper.subject_id == row.pk
        ],
        "history": [
            {"at": event.at, "who": event.by_name or _("system"), "what": _what(event)}
            for event in each.events
        ],
        "next": {
            "words": str(task.flow_task.task_title),
            "url": reverse("task", args=[task.pk]),
        }
        if task is not None and run.may_do(task, user)
        else None,
    }


def _reply(row: PaperReply) -> dict[str, Any]:
    """An answer on paper: how it came, from whom, and its scan."""
    scan = reverse("paper-reply", args=[row.case_id, row.pk]) if row.scan_sha256 else ""
    return {
        "way": row.get_way_display(), "on": row.came_on, "who": row.said_by,
        "number": row.letter_number, "url": scan,
    }  # fmt: skip


def _light(each: Side) -> dict[str, str]:
    if each.due is not None:
        return light_words(light(each.due.due, clock.today(), current()))
    ended = each.referral.ended_at is not None
    return {
        "state": "done" if ended else "normal",
        "words": str(each.referral.get_state_display()),
    }


def _facts(each: Side) -> list[tuple[str, str]]:
    row = each.referral
    found = [
        (_("sent"), f"{row.sent_at.astimezone(clock.SHANGHAI):%m-%d}" if row.sent_at else ""),
        (_("signed for"), f"{row.signed_at.astimezone(clock.SHANGHAI):%m-%d}" if row.signed_at else ""),
        (_("their number"), row.own_number), (_("Handler"), row.handler),
        (_("expected"), f"{row.expected_on:%m-%d}" if row.expected_on else ""),
        (_("Reason"), str(REASON_WORDS.get(row.reason_code, row.reason_code))),
        (_("Result"), row.result_text), (_("Number of the document"), row.result_number),
        (_("Sum (yuan)"), str(row.result_yuan or "")),
    ]  # fmt: skip
    return [(label, words) for label, words in found if words]


def _what(event: Any) -> str:
    words = str(dict(Kind.choices).get(event.kind, event.kind))
    for name in ("words", "reason", "missing", "own_number", "matter"):
        if value := event.payload.get(name):
            told = "、".join(value) if isinstance(value, list) else str(value)
            return f"{words}　{MATTERS.get(told, told)}"
    return words


def consents_of(case: Case) -> list[dict[str, Any]]:
    """Who agreed to what, to whom, since when; withdrawn and refused ones stay in the list."""
    rows = Consent.objects.filter(case=case, agency__isnull=False).select_related(
        "party__person", "agency"
    )
    return [
        {
            "who": row.party.name if row.party else "", "agency": row.agency.short if row.agency else "",
            "kinds": "、".join(str(PACK_WORDS.get(kind, kind)) for kind in row.kinds if kind in PACK_WORDS),
            "since": row.given_at,
            "state": _("refused") if row.how == "refused" else _("taken back") if row.withdrawn_at else _("stands"),
            "light": "not-begun" if row.withdrawn_at else "done", "until": row.withdrawn_at,
        }
        for row in rows.order_by("given_at", "id")
    ]  # fmt: skip


def consultations_of(case: Case) -> list[dict[str, Any]]:
    """The joint consultations; the database shows an opinion to the house once its meeting was held."""
    found = []
    rows = sorted(case.consultations.all(), key=lambda each: each.pk)
    opinions = Opinion.objects.filter(consultation__in=rows) if rows else []
    told = {(each.consultation_id, each.office_id): each.text for each in opinions}
    invited = asked_of(rows)
    for row in rows:
        found.append({
            "question": row.question, "opened_at": row.opened_at, "minutes": row.minutes,
            "duties": row.duties,
            "opinions": [
                {"office": office.name, "words": told.get((row.pk, office.pk)) or _unread(row, given)}
                for office, given in invited[row.pk]
            ],
        })  # fmt: skip
    return found


def _unread(row: Consultation, given: datetime | None) -> str:
    """Of an opinion that is not read: that it is there, under seal, or that none came."""
    if given is not None:
        return _("given, sealed until the meeting")
    return _("no opinion") if row.closed_at else _("no opinion yet")
