"""Behind the employer's door: what the mediator showed to this side, and the agreement that waits for its signature."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.access.context import acting
from casework.events import Kind, record
from casework.models import Case, Party
from casework.tracking import Tracked
from documents import storage
from documents.issue import kept
from mediation.commands import signing as commands
from mediation.desks import employer
from mediation.views.employer import opened
from mediation.views.signing import Door, signing_page


@opened
@require_GET
def exchanged(request: HttpRequest, found: Tracked, evidence_id: int) -> HttpResponse:
    """One item that was shown to this side, under a neutral name; the look is in the ledger.

    Raises: Http404, for any other.
    """
    with acting(found.case_id, None):
        row = employer.shown_file(found, evidence_id)
        if row is None:
            raise Http404
        ref = Party.objects.values_list("ref", flat=True).get(pk=found.party_id)
        case = Case.objects.get(pk=found.case_id)
        record(case, Kind.EVIDENCE_VIEWED, by=ref, at=clock.now(), party=ref, sha256=row.sha256)
    answer = HttpResponse(storage.read(row.sha256), content_type=row.media_type)
    end = "pdf" if row.media_type == "application/pdf" else "jpg"
    answer["Content-Disposition"] = f'inline; filename="evidence.{end}"'
    return answer


@opened
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, found: Tracked) -> HttpResponse:
    """Read and sign, as by the link of the text message; without a text to sign back to the one page."""
    with acting(found.case_id, None):
        version = employer.signable(found)
    if version is None:
        return redirect("door-inside")
    door = Door(
        found.case_id, found.party_id, version.pk, version.content_sha256,
        reverse("door-sign-paper"), reverse("door-inside"),
    )  # fmt: skip
    return signing_page(request, door)


@opened
@require_GET
def sign_paper(request: HttpRequest, found: Tracked) -> HttpResponse:
    """The very bytes that are signed. Raises: Http404."""
    with acting(found.case_id, None):
        version = employer.signable(found)
        if version is None:
            raise Http404
        try:
            data = kept(commands.printed(version))
        except commands.StillPrinting as error:
            raise Http404 from error
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="document.pdf"'
    return answer
