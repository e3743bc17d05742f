"""The worker's pages: code and last four digits, then a one-time code for money and papers.

The code never stands in an address. What was opened lives in the session, which ends with the browser.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.access.context import tracking as tracking_context
from casework.ids import as_id
from casework.models import Party, Session, SessionState, TimeOffer
from casework.tracking import Tracked
from mediation.desks import told, worker, worker_money
from mediation.forms.agreement_shown import to_be_signed
from mediation.models import Process
from mediation.views import codes
from mediation.views.behind_code import CONFIRMED, TRACK, after_code, frame, opened


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the last four digits of the worker's number."""
    return codes.numbers(request, TRACK)


@never_cache
@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Where it is, in one sentence, before everything else."""
    found = opened(request)
    if found is None:
        return redirect("track")
    story = worker.story_of(found)
    confirmed = request.session.get(CONFIRMED, False)
    context = {
        "hello": worker.greeting(found),
        "sentence": story.sentence,
        "plain": story.plain,
        "holder": story.holder,
        "confirmed": confirmed,
        "next": {"day": story.next_day, "hour": story.next_at, "words": story.next_words}
        if story.next_day
        else None,
        "steps": story.steps,
        "notes": story.notes,
        "details_url": "" if confirmed else reverse("track-confirm"),
        "plan_url": reverse("track-plan") if confirmed else "",
        "sign_url": reverse("track-sign") if confirmed and _waits(found) else "",
        "appointment_url": reverse("track-appointment")
        if confirmed and _chooses(found)
        else "",
        "offices_url": reverse("track-offices") if confirmed else "",
        "group_url": reverse("track-group") if confirmed and _speaks(found) else "",
        "diagram_url": reverse("track-steps") if confirmed else "",
    }
    return render(request, "track/status.html", {**frame(), **context})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """A one-time code to the worker's number on file."""
    return codes.one_time(request, TRACK)


def _waits(found: Tracked) -> bool:
    """Whether a frozen text waits for this worker's signature."""
    with tracking_context(found.case_id, found.party_id):
        version = to_be_signed(found.case_id)
        return version is not None and not version.signatures.filter(party_id=found.party_id).exists()  # fmt: skip


def _chooses(found: Tracked) -> bool:
    """Whether times for a session were offered to this worker, and none is planned yet."""
    with tracking_context(found.case_id, found.party_id):
        planned = Session.objects.filter(case_id=found.case_id, state=SessionState.PLANNED)
        return (
            TimeOffer.objects.filter(party_id=found.party_id).exists() and not planned.exists()
        )


def _speaks(found: Tracked) -> bool:
    """Whether the others of a group elected this worker."""
    with tracking_context(found.case_id, found.party_id):
        rows = Party.objects.filter(pk=found.party_id, left_on__isnull=True)
        return rows.filter(is_representative=True, case__group_size__gt=1).exists()


@after_code
@require_GET
def plan(request: HttpRequest, found: Tracked) -> HttpResponse:
    """The worker's own money: shares, paid and to come; of a group also the common total."""
    with tracking_context(found.case_id, found.party_id):
        context = worker_money.plan_of(found)
    return render(request, "track/plan.html", {**frame(), **context})


@after_code
@require_GET
def steps(request: HttpRequest, found: Tracked) -> HttpResponse:
    """The live process in the worker's words, as a list and as a picture; what runs now stands first."""
    with tracking_context(found.case_id, found.party_id):
        rows = Process.objects.filter(case_id=found.case_id).order_by("-created", "-id")
        tellings = [telling for row in rows if (telling := told.telling_of(row))]
    context = {
        "diagrams": [
            {
                "title": each.flow.process_title,
                "svg_url": f"{reverse('track-diagram')}?process={each.process.pk}",
                "steps": told.twin_of(each),
            }
            for each in tellings
        ],
        "holder": worker.story_of(found).holder,
    }
    return render(request, "track/diagram.html", {**frame(), **context})


@after_code
@require_GET
def picture(request: HttpRequest, found: Tracked) -> HttpResponse:
    """One process as SVG: of the opened case only, and none of the house's own. Raises: Http404."""
    with tracking_context(found.case_id, found.party_id):
        wanted = as_id(request.GET.get("process", ""))
        row = Process.objects.filter(case_id=found.case_id, pk=wanted).first()
        telling = told.telling_of(row) if row else None
    if telling is None:
        raise Http404
    return HttpResponse(told.svg_of(telling), content_type="image/svg+xml")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget what was opened, at once; the quick way out ends on a page that tells nothing."""
    request.session.flush()
    answer = redirect("calculators" if "quick" in request.POST else "track")
    answer["Clear-Site-Data"] = '"cache"'
    return answer
