"""What the union sees of its referrals: those of a case side by side, and each agency in figures."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from casework import clock
from casework.models import PaperReply
from casework.queries import at_once
from casework.queries.referral_statistics import OfAgency, per_agency
from documents import storage
from mediation.desks import case_page
from mediation.desks.referrals import consents_of, consultations_of, sides_of
from mediation.engine.asker import asker
from mediation.views.case import find

A_QUARTER = timedelta(days=90)


@never_cache
@login_required
@require_GET
def of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """All referrals of a case, whose days were spent, the history, and who agreed to what."""
    case = at_once.load(find(case_id))
    context = {
        "head": case_page.head_of(case), "sides": sides_of(case, asker(request)),
        "consents": consents_of(case), "case": case,
        "consultations": consultations_of(case),
    }  # fmt: skip
    return render(request, "referral/side_by_side.html", context)


@never_cache
@login_required
@require_GET
def reply_scan(request: HttpRequest, case_id: int, reply_id: int) -> HttpResponse:
    """The scan of an answer on paper, only to save. Raises: Http404."""
    row = (
        PaperReply.objects.filter(pk=reply_id, case_id=case_id).exclude(scan_sha256="").first()
    )
    if row is None:
        raise Http404
    answer = HttpResponse(storage.read(row.scan_sha256), content_type=row.scan_type)
    ending = "pdf" if row.scan_type == "application/pdf" else "jpg"
    answer["Content-Disposition"] = f'attachment; filename="{row.scan_sha256[:8]}.{ending}"'
    return answer


@never_cache
@login_required
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """ST12, for the districts that the person sees, in a period of sending."""
    if not asker(request).has_perm("mediation.see_late"):
        raise Http404
    until = _day(request.GET.get("until")) or clock.today()
    since = _day(request.GET.get("since")) or until - A_QUARTER
    rows = [_row(each) for each in per_agency(min(since, until), max(since, until))]
    context = {"rows": rows, "since": since, "until": until, "title": _("Linkage in figures")}
    return render(request, "referral/statistics.html", context)


def _day(words: str | None) -> date | None:
    try:
        return parse_date(words or "")
    except ValueError:
        return None


def _row(each: OfAgency) -> dict[str, Any]:
    return {
        "name": each.agency.name, "sent": each.sent, "answered": each.answered,
        "signed": each.signed, "returned": each.returned, "declined": each.declined,
        "lapsed": each.lapsed, "results": each.results, "days": each.answer_days,
        "signed_in_time": each.signed_in_time, "answered_in_time": each.answered_in_time,
        "signed_share": each.share(each.signed_in_time, each.sent),
        "answered_share": each.share(each.answered_in_time, each.sent),
        "returned_share": each.share(each.returned, each.sent),
    }  # fmt: skip
