"""The worker's further pages, after the one-time code: papers, files, money, words, own data."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.access.context import acting
from casework.access.context import tracking as tracking_context
from casework.commands import case as file
from casework.commands.base import CommandRefused
from casework.events import Kind, record
from casework.models import Case, Evidence, Party, WordKind
from casework.tracking import Tracked
from documents.issue import content
from documents.uploads import MOST_BYTES
from mediation.commands import worker as commands
from mediation.desks import worker, worker_data, worker_more
from mediation.views import codes
from mediation.views.behind_code import after_code, frame

RATED = ("very_satisfied", "satisfied", "neutral", "not_satisfied")
MOST_AT_ONCE = 10


def _page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"track/{name}.html", {**frame(), **context}, status=status)


@after_code
@require_GET
def papers(request: HttpRequest, found: Tracked) -> HttpResponse:
    """The papers of the matter."""
    with tracking_context(found.case_id, found.party_id):
        rows = [
            {
                "words": row.title,
                "on": row.issued_on,
                "url": reverse("track-paper", args=[row.pk]),
            }
            for row in worker_more.papers(found.case_id, found.party_id)
        ]
    return _page(request, "papers", papers=rows)


@after_code
@require_GET
def paper(request: HttpRequest, found: Tracked, paper_id: int) -> HttpResponse:
    """One paper, under a neutral name. Raises: Http404."""
    with tracking_context(found.case_id, found.party_id):
        mine = worker_more.papers(found.case_id, found.party_id)
        row = next((each for each in mine if each.pk == paper_id), None)
        if row is None:
            raise Http404
        answer = HttpResponse(content(row), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="document.pdf"'
    return answer


@after_code
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, found: Tracked) -> HttpResponse:
    """Hand in photographs and papers; several at once; a wrong one can be taken back."""
    problems: list[str] = []
    if request.method == "POST":
        problems, kept = _take(request, found)
        if kept and not problems:
            messages.success(request, _("%(n)s files have arrived.") % {"n": kept})
            return redirect("track-files")
    with tracking_context(found.case_id, found.party_id):
        rows = worker_more.files(found.case_id, found.party_id)
    return _page(
        request, "files", files=rows, problems=problems, most_mb=MOST_BYTES // 1_000_000
    )


def _take(request: HttpRequest, found: Tracked) -> tuple[list[str], int]:
    """Each file by itself: one that cannot be taken does not stop the others."""
    problems, kept = [], 0
    given = request.FILES.getlist("files")
    if not given:
        return [_("Choose a photograph first.")], 0
    for each in given[:MOST_AT_ONCE]:
        try:
            with acting(found.case_id, None):
                case, party = _both(found)
                commands.hand_in(
                    case, party, data=each.read(MOST_BYTES + 1), name=each.name or "",
                    at=clock.now(),
                )  # fmt: skip
            kept += 1
        except CommandRefused as error:
            problems.append(f"{each.name}　{error}")
    if len(given) > MOST_AT_ONCE:
        problems.append(_("Ten files at once are enough. Send the others next."))
    return problems, kept


def _both(found: Tracked) -> tuple[Case, Party]:
    party = Party.objects.select_related("person").get(pk=found.party_id)
    return Case.objects.get(pk=found.case_id), party


@after_code
@require_POST
def take_back(request: HttpRequest, found: Tracked, file_id: int) -> HttpResponse:
    """Take a wrong file back. Raises: Http404."""
    with acting(found.case_id, None):
        row = Evidence.objects.filter(
            pk=file_id, case_id=found.case_id, party_id=found.party_id, taken_back_at=None
        ).first()
        if row is None:
            raise Http404
        commands.take_back(row, at=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("track-files")


@after_code
@require_POST
def paid(request: HttpRequest, found: Tracked, number: int) -> HttpResponse:
    """The money came, or it did not. Raises: Http404."""
    act = commands.confirm_payment if "yes" in request.POST else commands.deny_payment
    try:
        with acting(found.case_id, None):
            case, party = _both(found)
            act(case, party, number=number, at=clock.now())
    except commands.NoSuchPayment as error:
        raise Http404 from error
    except CommandRefused as error:
        messages.error(request, str(error))
    else:
        done = _("Noted: you have the money.") if "yes" in request.POST else _("Noted: the union asks where the money is.")  # fmt: skip
        messages.success(request, done)
    return redirect("track-plan")


@after_code
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, found: Tracked) -> HttpResponse:
    """Disagree, correct, ask for a call or for deletion; with the answers so far."""
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    held, problem = codes.held_words(request), ""
    if held["text"]:  # it was written before the session ended: read it once more, then send
        kind, text = held["kind"], held["text"]
    elif request.method == "POST":
        try:
            if kind not in WordKind.values:
                raise commands.NothingSaid
            with acting(found.case_id, None):
                case, party = _both(found)
                commands.say(case, party, kind=kind, text=text, at=clock.now())
        except CommandRefused as error:
            problem = str(error)
        else:
            messages.success(request, _("It has arrived. The union answers here."))
            return redirect("track-say")
    with tracking_context(found.case_id, found.party_id):
        rows = worker_more.words(found.case_id, found.party_id)
    chosen = kind or request.GET.get("kind", "")
    kinds = [(value, words, value == chosen) for value, words in WordKind.choices]
    return _page(
        request, "say", 422 if problem else 200,
        kinds=kinds, text=text, problem=problem, words=rows,
    )  # fmt: skip


@after_code
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, found: Tracked) -> HttpResponse:
    """How it was."""
    choice = request.POST.get("satisfaction", "")
    if request.method == "POST" and choice in RATED:
        with acting(found.case_id, None):
            file.rate_call(_both(found)[0], satisfaction=choice, by=None, at=clock.now())
        messages.success(request, _("Thank you."))
        return redirect("track-status")
    words = (_("very satisfied"), _("satisfied"), _("neutral"), _("not satisfied"))
    return _page(request, "rate", choices=zip(RATED, words, strict=True))


@after_code
@require_GET
def looks(request: HttpRequest, found: Tracked) -> HttpResponse:
    """Who looked at my matter, by role."""
    with tracking_context(found.case_id, found.party_id):
        rows = worker_more.looks(found.case_id)
    return _page(request, "looks", looks=rows)


@after_code
@require_GET
def data(request: HttpRequest, found: Tracked) -> HttpResponse:
    """What is on file about me, and what I may do with it."""
    with tracking_context(found.case_id, found.party_id):
        rows = worker_data.own_data(found.case_id, found.party_id)
        size = worker_data.size_along(found.case_id, found.party_id)
    return _page(request, "data", data=rows, kb=max(1, size // 1000))


@after_code
@require_POST
def along(request: HttpRequest, found: Tracked) -> FileResponse:
    """Data and papers to take along; it is in the ledger that they were taken."""
    with tracking_context(found.case_id, found.party_id):
        made = worker_data.along(found.case_id, found.party_id)
    with acting(found.case_id, None):
        case, party = _both(found)
        record(case, Kind.DATA_TAKEN, by=party.ref, at=clock.now(), party=party.ref)
    return FileResponse(
        made, as_attachment=True, filename="my-data.zip", content_type="application/zip"
    )


@after_code
@require_GET
def slip(request: HttpRequest, found: Tracked) -> HttpResponse:
    """A slip to print: neutral, with the fingerprints of what was handed in; never the code."""
    story = worker.story_of(found)
    with tracking_context(found.case_id, found.party_id):
        rows = worker_more.files(found.case_id, found.party_id)
    return _page(request, "slip", story=story, files=rows, today=clock.today())
