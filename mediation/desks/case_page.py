"""The case page: where is it, who has it since when, what is due and why."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.access.redaction import may_read
from casework.access.redaction import shown as masked
from casework.events import Kind
from casework.models import (
    Agreement,
    Case,
    ClaimOutcome,
    Evidence,
    Instalment,
    Party,
    Referral,
    User,
)
from casework.queries.calendar import current
from casework.queries.timeline import timeline
from casework.rules.lights import light
from casework.rules.taxonomy import cause_name
from documents.models import Paper
from mediation.commands.papers import allowed as on_demand
from mediation.commands.procuratorate import clues_of
from mediation.desks import corrections
from mediation.desks.clock_rows import clocks_of, next_clocks
from mediation.desks.deadlines import waiting_of
from mediation.desks.journey import journey_of
from mediation.desks.sum_checks import checks_of
from mediation.desks.triage_tables import decisions_of
from mediation.desks.words import light_words, names_of, role_words
from mediation.engine import run
from mediation.engine.clocks import rule_name
from mediation.engine.registry import path_of, starts_for
from mediation.forms.closing import OUTCOME_WORDS
from mediation.models import Process

EVENTS_SHOWN = 12
PAPERS_SHOWN = 12
STILL = ("CLOSED", "ARCHIVED", "ADVICE_ANSWERED", "REFUSED", "WITHDRAWN", "PERFORMED")


def head_of(case: Case) -> dict[str, Any]:
    """The head that every page of a case carries."""
    tags = [str(case.get_priority_display())] if case.priority in ("HIGH", "CRITICAL") else []
    if case.is_collective:
        tags.append(_("collective, %(n)s people") % {"n": case.group_size})
    if case.is_new_form:
        tags.append(_("new employment form"))
    return {
        "number": str(case),
        "names": names_of(case),
        "url": reverse("case", args=[case.pk]),
        "status": case.get_status_display(),
        "status_still": case.status in STILL,
        "cause": cause_name(case.main_cause) if case.main_cause else "",
        "sum_yuan": claimed(case),
        "tags": tags,
        "clocks": next_clocks(case),
    }


def claimed(case: Case) -> Decimal | None:
    """The sum of all claim lines in yuan, None when no line has a sum."""
    sums = [claim.amount_yuan for claim in case.claims.all() if claim.amount_yuan is not None]
    return sum(sums, Decimal()) if sums else None


def page_of(case: Case, user: User, *, all_papers: bool = False) -> dict[str, Any]:
    """Everything that case/detail.html prints."""
    events, papers = timeline(case, user), list(Paper.objects.filter(case=case))
    tasks = _tasks(case, user)
    main = next((task for task in tasks if task["url"]), None)
    clocks = clocks_of(case, clock.today())
    return {
        "head": head_of(case),
        "main": {"words": main["words"], "url": main["url"]} if main else None,
        "actions": _actions(case, user),
        "journey": journey_of(case),
        "parties": _agencies(case),
        "parties_more": {
            "words": _("All referrals and consents"),
            "url": reverse("case-referrals", args=[case.pk]),
        },
        "parties_note": _("as of %(day)s") % {"day": f"{clock.today():%Y-%m-%d}"},
        "clocks": clocks,
        "proposed": decisions_of(case),
        "sum_checks": [] if case.closed_on else checks_of(case, clock.today()),
        "deadlines_url": reverse("deadlines", args=[case.pk]),
        "longer_waits": waiting_of(case),
        "limitation_url": reverse("limitation", args=[case.pk]),
        "clocks_note": _("%(n)s rows") % {"n": len(clocks)},
        "events": [_event(each, case, papers) for each in reversed(events[-EVENTS_SHOWN:])],
        "events_more": {
            "words": _("Corrections"),
            "url": reverse("corrections", args=[case.pk]),
        }
        if corrections.made(events)
        else None,
        "events_note": _("only added to, never changed; %(n)s in all") % {"n": len(events)},
        "people": _people(case, user),
        "members_url": reverse("members", args=[case.pk]) if case.group_size > 1 else "",
        "papers": [
            _paper(each, case) for each in (papers if all_papers else papers[-PAPERS_SHOWN:])
        ],
        "papers_more": None
        if all_papers or len(papers) <= PAPERS_SHOWN
        else {"words": _("all papers"), "url": "?papers=all"},
        "papers_new": {
            "words": _("Issue a paper"),
            "url": reverse("papers-new", args=[case.pk]),
        }
        if on_demand(user)
        else None,
        "dossier_url": reverse("case-dossier", args=[case.pk])
        if user.has_perm("documents.bind_dossier")
        else "",
        "papers_note": _("%(n)s in all") % {"n": len(papers)},
        "claims": _claims(case),
        "claims_more": {
            "words": _("Work out a sum"),
            "url": reverse("case-calculators", args=[case.pk]),
        }
        if user.has_perm("casework.add_claim")
        else None,
        "letters": list(case.letters.exclude(state="DROPPED")),
        "clues": clues_of(case),
        "money": _money(case),
        "plan": _plan(case),
        "tasks": tasks,
        "cases_url": reverse("cases"),
        "evidence": _evidence(case, user),
        "evidence_url": reverse("case-evidence", args=[case.pk])
        if may_read(user.roles, "evidence") and user.has_perm("documents.view_paper")
        else "",
        "processes": [
            {"title": each.flow_class.process_title, "url": reverse("process", args=[each.pk])}
            for each in Process.objects.filter(case=case).order_by("created")
            if each.flow_class
        ],
    }


def _tasks(case: Case, user: User) -> list[dict[str, Any]]:
    calendar, found = current(), []
    for task in run.open_tasks(case.pk):
        mine = run.may_do(task, user)
        due = clock.day(task.due_at) if task.due_at else None
        found.append({
            "light": light_words(light(due, clock.today(), calendar)) if due else None,
            "words": str(task.flow_task.task_title),
            "who": task.owner.display_name if task.owner else _(task.role.replace("_", " ")),
            "url": reverse("task", args=[task.pk]) if mine else "",
        })  # fmt: skip
    return found


def _actions(case: Case, user: User) -> list[dict[str, str]]:
    return [
        {"words": str(node.task_title), "url": reverse("start", args=[case.pk, path_of(node)])}
        for node in starts_for(user, case)
    ]


def _agencies(case: Case) -> list[dict[str, Any]]:
    """The union first, then one cell a referral."""
    who = case.mediator or case.manager
    cells = [{
        "name": _("Union"), "light": {"state": "normal", "words": case.get_status_display()},
        "people": role_words(who) if who else "", "holder": True,
        "say_bold": who.display_name if who else _("not appointed"), "say": "", "facts": [],
    }]  # fmt: skip
    for row in Referral.objects.filter(case=case).select_related("agency", "office"):
        cells.append(_referral_cell(row))
    return cells


def _referral_cell(row: Referral) -> dict[str, Any]:
    facts = (
        [(_("sent"), f"{row.sent_at.astimezone(clock.SHANGHAI):%m-%d}")] if row.sent_at else []
    )
    if row.own_number:
        facts.append((_("their number"), row.own_number))
    if row.expected_on:
        facts.append((_("expected"), f"{row.expected_on:%m-%d}"))
    ended = row.ended_at is not None
    return {
        "name": row.agency.short, "light": {"state": "done" if ended else "normal", "words": row.get_state_display()},
        "people": row.office.name, "holder": False, "say_bold": "", "say": row.handler or row.result_text or row.reason,
        "facts": facts,
    }  # fmt: skip


def _event(each: Any, case: Case, papers: Sequence[Paper]) -> dict[str, Any]:
    words = dict(Kind.choices).get(each.kind, each.kind)
    paper = next(
        (row for row in papers if str(row.pk) == str(each.payload.get("paper", ""))), None
    )
    return {
        "at": each.at,
        "who": each.by_name or _("system"),
        "what": f"{words}{_detail(each)}",
        "sealed": _("sealed") if each.sealed else "",
        "paper": {"words": paper.title, "url": reverse("case-paper", args=[case.pk, paper.pk])}
        if paper
        else None,
    }


def _detail(each: Any) -> str:
    for name in ("title", "number", "rule", "office", "item", "party", "outcome"):
        if value := each.payload.get(name):
            return f"　{_in_words(name, value, clock.day(each.at))}"
    return ""


def _in_words(name: str, value: Any, on: date) -> str:
    if name == "rule":
        return rule_name(str(value), on)
    if name == "outcome":
        return str({**OUTCOME_WORDS, **dict(ClaimOutcome.choices)}.get(value, value))
    return str(value)


def _people(case: Case, user: User) -> list[dict[str, str]]:
    rows = []
    for party in case.parties.select_related("person", "employer", "contact"):
        if party.side == "WORKER" and not party.is_representative and party.ref > "W03":
            continue
        rows.append({"role": _side(party), "name": party.name, "note": _reach(party, user)})
    for role, person in ((_("Case manager"), case.manager), (_("Mediator"), case.mediator)):
        if person:
            rows.append({"role": role, "name": person.display_name, "note": person.phone})
    return rows


def _side(party: Party) -> str:
    if party.side == "EMPLOYER":
        return party.capacity or _("Employer")
    return _("Representative") if party.is_representative else _("Worker")


def _reach(party: Party, user: User) -> str:
    if party.person:
        return masked(party.person.phone, "phone", user.roles, "identity")
    return party.employer.contact if party.employer else ""


def _paper(each: Paper, case: Case) -> dict[str, Any]:
    ready = each.state == "READY"
    light_row = {
        "state": "done" if ready else "soon",
        "words": each.get_life_display() if ready else each.get_state_display(),
    }
    return {
        "words": each.title,
        "url": reverse("case-paper", args=[case.pk, each.pk]),
        "about_url": reverse("paper-about", args=[case.pk, each.pk]),
        "on": each.issued_on,
        "light": light_row,
    }


def _claims(case: Case) -> list[dict[str, Any]]:
    """One row a claim; members with the same sum stand in one row, with their number."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for claim in case.claims.select_related("party"):
        key = (claim.item, claim.amount_yuan, claim.get_outcome_display())
        groups.setdefault(key, []).append(claim.party.ref if claim.party else "")
    return [
        {
            "words": item
            if len(refs) == 1
            else _("%(item)s, %(n)s people") % {"item": item, "n": len(refs)},
            "each_yuan": amount if len(refs) > 1 else None,
            "sum_yuan": amount * len(refs) if amount is not None else None,
            "outcome": outcome,
        }
        for (item, amount, outcome), refs in groups.items()
    ]


def _money(case: Case) -> dict[str, Any]:
    agreement = Agreement.objects.filter(case=case, effective_on__isnull=False).last()
    paid = (
        [row.paid_yuan for row in Instalment.objects.filter(agreement=agreement)]
        if agreement
        else []
    )
    return {
        "people": case.group_size if case.group_size > 1 else None,
        "claimed": claimed(case),
        "agreed": agreement.total_yuan if agreement else None,
        "paid": sum(paid, Decimal()) if paid else None,
    }


def _evidence(case: Case, user: User) -> list[dict[str, Any]]:
    """What the workers handed in, for those who may read it."""
    if not may_read(user.roles, "evidence"):
        return []
    rows = Evidence.objects.filter(case=case, taken_back_at=None).select_related(
        "party__person"
    )
    return [
        {
            "words": row.title or row.name or row.sha256[:8], "who": row.party.name, "at": row.made_at,
            "url": reverse("case-file", args=[case.pk, row.pk]), "kb": max(1, row.size // 1024),
        }
        for row in rows
    ]  # fmt: skip


def _plan(case: Case) -> list[dict[str, Any]]:
    calendar = current()
    rows = Instalment.objects.filter(
        agreement__case=case, agreement__effective_on__isnull=False
    )
    return [
        {
            "no": row.number, "due": row.accelerated_to or row.due_on, "yuan": row.amount_yuan,
            "light": light_words(light(row.due_on, clock.today(), calendar, done_on=row.paid_on), row.paid_on)
            if row.paid_on or row.state == "PENDING" else {"state": "overdue", "words": row.get_state_display()},
        }
        for row in rows
    ]  # fmt: skip


def side_of(case: Case, user: User) -> dict[str, Any]:
    """The case beside a task."""
    return {
        "clocks": next_clocks(case),
        "people": _people(case, user),
        "claims": [
            {"words": claim.item, "sum_yuan": claim.amount_yuan}
            for claim in case.claims.all()[:8]
        ],
        "papers": [
            _paper(each, case) for each in Paper.objects.filter(case=case).order_by("-id")[:5]
        ],
    }
