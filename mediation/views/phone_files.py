"""Photographs by the caller's telephone: the desk shows a QR code, the telephone sends, nothing else is seen."""

from datetime import datetime

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework import clock, upload_link
from casework.access.context import acting
from casework.commands.base import CommandRefused
from casework.models import Evidence
from documents.uploads import MOST_BYTES
from mediation.commands import phone_files as commands
from mediation.desks.case_page import head_of
from mediation.engine.asker import asker
from mediation.views.case import find
from mediation.views.rules import only_with

ASK = "mediation.ask_photographs"
MOST_AT_ONCE = 10
GONE = 410


@only_with(ASK)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, case_id: int) -> HttpResponse:
    """Make a link and show it as a QR code: once, and never again."""
    case = find(case_id)
    context = {"head": head_of(case), "hours": upload_link.HOURS}
    if request.method == "POST":
        try:
            with acting(case.pk, asker(request)):
                link = commands.make(case, party_id=None, by=asker(request), at=clock.now())
        except CommandRefused as error:
            return render(
                request, "case/phone_files.html", {**context, "problem": error}, status=422
            )
        path = reverse("phone-files", args=[upload_link.token(link)])
        address = request.build_absolute_uri(path)
        picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2)
        context |= {"address": address, "picture": picture, "until": link.until}
    return render(request, "case/phone_files.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What the telephone opens. Looking changes nothing; a link that is over says so, and no more."""
    at = clock.now()
    link = upload_link.read(token, at=at)
    if link is None:
        return _over(request)
    with acting(link.case_id, None):
        if not upload_link.is_open(link):
            return _over(request)
    problems: list[str] = []
    if request.method == "POST" and "done" in request.POST:
        with acting(link.case_id, None):
            commands.end(link, at=at)
        return redirect("phone-files-done")
    if request.method == "POST":
        problems = _take(request, link, at)
    with acting(link.case_id, None):
        rows = Evidence.objects.filter(party_id=link.party_id, taken_back_at=None)
        came = rows.filter(made_at__gte=link.until - upload_link.LASTS).count()
    context = {"came": came, "problems": problems, "most_mb": MOST_BYTES // 1_000_000}
    return render(request, "track/phone_files.html", context)


def _take(request: HttpRequest, link: upload_link.Link, at: datetime) -> list[str]:
    """Each file by itself: one that cannot be taken does not stop the others."""
    problems = []
    given = request.FILES.getlist("files")
    if not given:
        return [_("Choose a photograph first.")]
    for each in given[:MOST_AT_ONCE]:
        try:
            with acting(link.case_id, None):
                commands.send(link, data=each.read(MOST_BYTES + 1), name=each.name or "", at=at)
        except CommandRefused as error:
            problems.append(f"{each.name}　{error}")
    if len(given) > MOST_AT_ONCE:
        problems.append(_("Ten files at once are enough. Send the others next."))
    return problems


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "track/phone_over.html", status=GONE)


@never_cache
def done(request: HttpRequest) -> HttpResponse:
    """Thank you; nothing else is told."""
    if request.method != "GET":
        raise Http404
    return render(request, "track/phone_done.html")
