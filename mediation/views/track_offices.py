"""The worker's page of offices: to whom, why, with what data, since when, what next; and a way to say no."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import clock
from casework.access.context import acting
from casework.access.context import tracking as tracking_context
from casework.events import Kind
from casework.models import Agency, Case, Consent, Deadline, Event, Party, Referral
from casework.tracking import Tracked
from mediation.commands import consent as commands
from mediation.forms.referral_words import PACK_WORDS, matter_name
from mediation.views.behind_code import after_code, frame


@after_code
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, found: Tracked) -> HttpResponse:
    """What each office has; POST says no to one of them."""
    if request.method == "POST":
        _refuse(found, request.POST.get("agency", ""))
        return redirect("track-offices")
    with tracking_context(found.case_id, found.party_id):
        context = {"rows": _rows(found)}
    return render(request, "track/offices.html", {**frame(), **context})


def _refuse(found: Tracked, code: str) -> None:
    agency = Agency.objects.filter(pk=code).exclude(pk="UNION").first()
    if agency is None:
        raise Http404
    with acting(found.case_id, None):
        case = Case.objects.get(pk=found.case_id)
        party = Party.objects.get(pk=found.party_id, case=case)
        commands.refuse(case, agency=agency, party=party, by=None, at=clock.now())


def _rows(found: Tracked) -> list[dict[str, Any]]:
    """One row an agency that was asked, or may be: from the worker's own consents and the referrals."""
    sent = Referral.objects.filter(case_id=found.case_id, sent_at__isnull=False)
    consents = list(
        Consent.objects.filter(party_id=found.party_id, agency__isnull=False).order_by("id")
    )
    asked: dict[str, list[Referral]] = {}
    for row in sent.select_related("office", "agency"):
        asked.setdefault(row.agency_id, []).append(row)
    codes = dict.fromkeys([*asked, *(str(row.agency_id) for row in consents)])
    names = Agency.objects.in_bulk(list(codes))
    return [_row(names[code], asked.get(code, []), consents) for code in codes]


def _row(agency: Agency, referrals: list[Referral], consents: list[Consent]) -> dict[str, Any]:
    mine = [row for row in consents if row.agency_id == agency.pk]
    standing = [row for row in mine if row.withdrawn_at is None]
    kinds = dict.fromkeys(kind for row in standing for kind in row.kinds if kind in PACK_WORDS)
    return {
        "code": agency.pk, "name": agency.name, "may_refuse": bool(standing),
        "refused": bool(mine) and not standing,
        "data": "、".join(str(PACK_WORDS[kind]) for kind in kinds),
        "matters": [
            {"words": matter_name(row.matter), "office": row.office.name, "since": clock.day(row.sent_at) if row.sent_at else None,
             "state": row.get_state_display(), "next": _next(row), "said": _said(row)}
            for row in referrals
        ],
    }  # fmt: skip


def _said(row: Referral) -> dict[str, Any] | None:
    """The last thing that the office told, in its plain words: the result, else how it goes."""
    if row.result_text:
        return {"on": row.result_on, "words": row.result_text}
    told = Event.objects.filter(
        case_id=row.case_id, kind=Kind.REFERRAL_PROGRESSED, payload__referral=str(row.pk)
    )
    last = told.order_by("-seq").first()
    if last is None:
        return None
    return {"on": date.fromisoformat(str(last.payload["on"])), "words": last.payload["words"]}


def _next(row: Referral) -> str:
    words = {
        "SENT": _("The office signs for it."), "SIGNED": _("The office answers."),
        "RETURNED": _("The union sends what is missing."), "ACCEPTED": _("The office works on it."),
    }.get(row.state, "")  # fmt: skip
    due = Deadline.objects.filter(referral=row, state="OPEN").order_by("due").first()
    if words and due is not None and due.rule in ("P-10", "P-11", "P-12"):
        return _("%(what)s By %(day)s.") % {"what": words, "day": due.due.isoformat()}
    return words
