"""The employer's door: code and number, a one-time code, then what was served, an answer, own papers, the plan."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.access.context import acting
from casework.access.context import tracking as tracking_context
from casework.commands.base import CommandRefused
from casework.ids import as_id
from casework.models import Case, Party, Side
from casework.tracking import Tracked
from documents.issue import content
from documents.uploads import MOST_BYTES
from mediation.commands import door as commands
from mediation.commands import worker
from mediation.desks import employer
from mediation.engine.asker import asker
from mediation.views import codes
from mediation.views.case import find
from mediation.views.codes import Entrance
from mediation.views.rules import only_with

MOST_AT_ONCE = 10
View = Callable[..., HttpResponse]
DOOR = Entrance(
    side=Side.EMPLOYER, key="at_door", subject="door", template="door/code.html", asks="door",
    opens="door-confirm", confirms="door-confirm", resumes="door-inside", inside="door-inside", back="door", alone=True,
)  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the last four digits of the firm's number."""
    return codes.numbers(request, DOOR)


def opened(view: View) -> View:
    """Only after both numbers and the one-time code; else back to the first page."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, **rest: int) -> HttpResponse:
        found = codes.opened(request, DOOR)
        confirmed = found is not None and request.session.get(DOOR.confirmed)
        if not confirmed and codes.would_lose(request):
            return codes.ask_again(request, DOOR)
        if found is None:
            return redirect("door")
        if not request.session.get(DOOR.confirmed):
            return redirect("door-confirm")
        return view(request, found, **rest)

    return guarded


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """A one-time code to the firm's number on file."""
    return codes.one_time(request, DOOR)


@opened
@require_http_methods(["GET", "POST"])
def inside(request: HttpRequest, found: Tracked) -> HttpResponse:
    """Everything on one page; what is sent comes back to it."""
    problems: list[str] = []
    held = codes.held_words(request)["text"]
    if request.method == "POST" and not held:
        problems = _files(request, found) if request.FILES else _answer(request, found)
        if not problems:
            messages.success(request, _("It has arrived. The union answers here."))
            return redirect("door-inside")
    with tracking_context(found.case_id, found.party_id):
        services, party = employer.served(found), Party.objects.get(pk=found.party_id)
        context = {
            "name": party.name, "said": employer.said(found), "files": employer.files(found),
            "plan": employer.plan(found), "problems": problems, "text": held or request.POST.get("text", ""),
            "most_mb": MOST_BYTES // 1_000_000, "leave_url": reverse("track-leave"),
        }  # fmt: skip
    with acting(found.case_id, None):
        context["papers"] = employer.titles(found, services)
        context["exchanged"] = employer.exchanged(found)
        context["sign_url"] = reverse("door-sign") if employer.waits_for(found) else ""
    return render(request, "door/inside.html", context, status=422 if problems else 200)


def _answer(request: HttpRequest, found: Tracked) -> list[str]:
    try:
        with acting(found.case_id, None):
            case, party = _both(found)
            commands.answer(case, party, text=request.POST.get("text", ""), at=clock.now())
    except CommandRefused as error:
        return [str(error)]
    return []


def _files(request: HttpRequest, found: Tracked) -> list[str]:
    """Each file by itself: one that cannot be taken does not stop the others."""
    problems, told = [], request.POST.get("instalment", "")
    for each in request.FILES.getlist("files")[:MOST_AT_ONCE]:
        try:
            with acting(found.case_id, None):
                case, party = _both(found)
                data = each.read(MOST_BYTES + 1)
                worker.hand_in(
                    case, party, data=data, name=each.name or "", at=clock.now(),
                    instalment=int(told) if told.isdecimal() else None,
                )  # fmt: skip
        except CommandRefused as error:
            problems.append(f"{each.name}　{error}")
    return problems


def _both(found: Tracked) -> tuple[Case, Party]:
    return Case.objects.get(pk=found.case_id), Party.objects.get(pk=found.party_id)


@opened
@require_GET
def paper(request: HttpRequest, found: Tracked, paper_id: int) -> HttpResponse:
    """One served paper, under a neutral name. Raises: Http404, for any other."""
    with tracking_context(found.case_id, found.party_id):
        services = employer.served(found)
    with acting(found.case_id, None):
        row = employer.paper(found, services, paper_id)
        if row is None:
            raise Http404
        answer = HttpResponse(content(row), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="document.pdf"'
    return answer


@only_with("mediation.serve_notice")
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, case_id: int) -> HttpResponse:
    """The desk makes a code for an employer and shows it once, to go with the next service."""
    case, user = find(case_id), asker(request)
    context: dict[str, object] = {"case": case}
    if request.method == "POST":
        wanted = request.POST.get("party", "")
        try:
            with acting(case.pk, user):
                number = as_id(wanted)
                context["code"] = commands.open_door(
                    case, party_id=number, by=user, at=clock.now()
                )
        except CommandRefused as error:
            context["problem"] = error
    firms = Party.objects.filter(case=case, side=Side.EMPLOYER, left_on=None)
    context["firms"] = list(firms.select_related("employer", "person"))
    context["door"] = request.build_absolute_uri(reverse("door"))
    return render(
        request, "door/make.html", context, status=422 if "problem" in context else 200
    )
