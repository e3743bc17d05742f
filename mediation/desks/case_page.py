"""The case page: where is it, who has it since when, what is due and why."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.access.redaction import may_read
from casework.models import Case, User
from casework.queries import at_once
from casework.queries.timeline import newest
from casework.rules.taxonomy import cause_name
from documents.models import Paper
from mediation.commands.neighbour import open_partners
from mediation.commands.papers import allowed as on_demand
from mediation.commands.procuratorate import clues_of
from mediation.desks import call_backs, corrections
from mediation.desks.case_events import event_row, paper_row, signed_scans
from mediation.desks.case_money import claim_rows, claimed, money_of, plan_rows
from mediation.desks.case_people import agencies_of, people_of
from mediation.desks.case_work import acts_of, evidence_rows, stages_of, task_rows
from mediation.desks.clock_rows import clocks_of, next_clocks
from mediation.desks.deadlines import waiting_of
from mediation.desks.journey import journey_of
from mediation.desks.sum_checks import checks_of
from mediation.desks.triage_tables import decisions_of
from mediation.desks.words import names_of
from mediation.queries import all_processes

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


def page_of(case: Case, user: User, *, all_papers: bool = False) -> dict[str, Any]:
    """Everything that case/detail.html prints."""
    more: dict[str, Any] = {
        f"processes:{case.pk}": all_processes(case),
        "partners": open_partners(),
    }
    at_once.load(case, **more)
    tasks = task_rows(case, user)
    main = next((task for task in tasks if task["url"]), None)
    return {
        "head": head_of(case),
        "main": {"words": main["words"], "url": main["url"]} if main else None,
        "actions": acts_of(case, user),
        "tasks": tasks,
        "processes": stages_of(case),
        "proposed": decisions_of(case),
        "letters": [row for row in case.letters.all() if row.state != "DROPPED"],
        "clues": clues_of(case),
        "call_back": call_backs.of_case(case, user, clock.now()),
        "cases_url": reverse("cases"),
        **_parties_card(case, user),
        **_clocks_card(case),
        **_history_cards(case, user, all_papers=all_papers),
        **_money_card(case, user),
        **_evidence_card(case, user),
    }


def _parties_card(case: Case, user: User) -> dict[str, Any]:
    more = {
        "words": _("All referrals and consents"),
        "url": reverse("case-referrals", args=[case.pk]),
    }
    return {
        "journey": journey_of(case),
        "parties": agencies_of(case),
        "parties_more": more,
        "parties_note": _("as of %(day)s") % {"day": f"{clock.today():%Y-%m-%d}"},
        "people": people_of(case, user),
        "members_url": reverse("members", args=[case.pk]) if case.group_size > 1 else "",
    }


def _clocks_card(case: Case) -> dict[str, Any]:
    clocks = clocks_of(case, clock.today())
    return {
        "clocks": clocks,
        "clocks_note": _("%(n)s rows") % {"n": len(clocks)},
        "deadlines_url": reverse("deadlines", args=[case.pk]),
        "longer_waits": waiting_of(case),
        "limitation_url": reverse("limitation", args=[case.pk]),
    }


def _history_cards(case: Case, user: User, *, all_papers: bool) -> dict[str, Any]:
    """What happened, newest first, and the papers: the last twelve of each, with how many there are."""
    events, total, corrected = newest(case, user, EVENTS_SHOWN, mark=corrections.HEADS)
    papers = list(Paper.objects.filter(case=case).defer("facts"))
    cut = not all_papers and len(papers) > PAPERS_SHOWN
    new = {"words": _("Issue a paper"), "url": reverse("papers-new", args=[case.pk])}
    bind, scans = user.has_perm("documents.bind_dossier"), signed_scans(case, user)
    return {
        "events": [event_row(each, case, papers) for each in events],
        "events_more": {
            "words": _("Corrections"),
            "url": reverse("corrections", args=[case.pk]),
        }
        if corrected
        else None,
        "events_note": _("only added to, never changed; %(n)s in all") % {"n": total},
        "papers": [
            paper_row(each, case, scans) for each in (papers[-PAPERS_SHOWN:] if cut else papers)
        ],
        "papers_more": {"words": _("all papers"), "url": "?papers=all"} if cut else None,
        "papers_new": new if on_demand(user) else None,
        "papers_note": _("%(n)s in all") % {"n": len(papers)},
        "dossier_url": reverse("case-dossier", args=[case.pk]) if bind else "",
        "kept_url": reverse("archive-file", args=[case.pk])
        if user.has_perm("casework.see_retention")
        else "",
    }


def _money_card(case: Case, user: User) -> dict[str, Any]:
    more = {
        "words": _("Work out a sum"),
        "url": reverse("case-calculators", args=[case.pk]),
    }
    return {
        "claims": claim_rows(case),
        "claims_more": more if user.has_perm("casework.add_claim") else None,
        "sum_checks": [] if case.closed_on else checks_of(case, clock.today()),
        "money": money_of(case),
        "plan": plan_rows(case),
    }


def _evidence_card(case: Case, user: User) -> dict[str, Any]:
    may = may_read(user.roles, "evidence") and user.has_perm("documents.view_paper")
    return {
        "evidence": evidence_rows(case, user),
        "evidence_url": reverse("case-evidence", args=[case.pk]) if may else "",
    }


def side_of(case: Case, user: User) -> dict[str, Any]:
    """The case beside a task."""
    papers = Paper.objects.filter(case=case).defer("facts").order_by("-id")[:5]
    scans = signed_scans(case, user)
    return {
        "clocks": next_clocks(case),
        "people": people_of(case, user),
        "claims": [
            {"words": claim.item, "sum_yuan": claim.amount_yuan}
            for claim in list(case.claims.all())[:8]
        ],
        "papers": [paper_row(each, case, scans) for each in papers],
    }
