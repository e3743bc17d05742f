"""Meetings of the liaisons: the union calls and closes them, the offices read agenda, minutes and tasks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.liaison_meeting import late
from casework.models import LiaisonMeeting, Office, User
from casework.queries.liaison_meetings import to_speak_about
from mediation.commands import liaison_meeting as commands
from mediation.engine.asker import asker
from mediation.forms.liaison_meeting import WHY, CallForm, MinutesForm

UNPROCESSABLE, MOST = 422, 50


def _who(request: HttpRequest) -> tuple[User, bool]:
    """Who asks, and whether they may call a meeting. Raises: Http404 for anybody else."""
    user = asker(request)
    calls = user.has_perm("mediation.consult") and user.district is not None
    if not calls and not user.has_perm("mediation.give_opinion"):
        raise Http404
    return user, calls


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The meetings, newest first; the union's form has what is stuck as its agenda."""
    user, calls = _who(request)
    form = _call_form(user, request.POST or None) if calls else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (made := _called(form, user)) is not None:
            return redirect("liaison-meeting", made.pk)
        status = UNPROCESSABLE
    today = clock.today()
    rows = [
        {"row": row, "late": late(row, today)} for row in LiaisonMeeting.objects.all()[:MOST]
    ]
    return render(
        request, "referral/meetings.html", {"rows": rows, "form": form}, status=status
    )


def _call_form(user: User, data: Any) -> CallForm:
    rows = Office.objects.filter(district=user.district, is_open=True).exclude(
        agency_id="UNION"
    )
    offices = list(rows.select_related("agency").order_by("agency__order", "name"))
    stuck = to_speak_about(user.district, clock.today()) if user.district else []
    agenda = "\n".join(f"{office}　{number}　{WHY[why]}" for office, number, why in stuck)
    return CallForm(offices, data, initial={"agenda": agenda})


def _called(form: CallForm, user: User) -> LiaisonMeeting | None:
    if user.district is None:
        raise Http404
    try:
        return commands.call(
            user.district, starts_at=form.starts_at(), place=form.cleaned_data["place"],
            offices=form.chosen(), agenda=form.cleaned_data["agenda"], by=user, at=clock.now(),
        )  # fmt: skip
    except CommandRefused as refused:
        form.add_error(refused.field, str(refused))
        return None


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting; the union keeps its minutes and ticks off the tasks."""
    user, calls = _who(request)
    row = LiaisonMeeting.objects.select_related("called_by").filter(pk=number).first()
    if row is None or (request.method == "POST" and not calls):
        raise Http404
    form = MinutesForm(request.POST or None if "minutes" in request.POST else None)
    status, problem = 200, ""
    if request.method == "POST":
        try:
            if _acted(request, row, form, user):
                return redirect("liaison-meeting", row.pk)
        except CommandRefused as refused:
            problem = str(refused)
        status = UNPROCESSABLE
    offices = Office.objects.filter(pk__in=row.office_ids).order_by("name")
    context = {
        "row": row, "offices": offices, "today": clock.today().isoformat(), "problem": problem,
        "calls": calls, "form": form if calls and row.closed_at is None else None,
    }  # fmt: skip
    return render(request, "referral/meeting.html", context, status=status)


def _acted(request: HttpRequest, row: LiaisonMeeting, form: MinutesForm, user: User) -> bool:
    done, places = request.POST.get("done", ""), [str(at) for at in range(len(row.duties))]
    if done in places:
        commands.tick(row, place=places.index(done), at=clock.now())
        return True
    if not form.is_valid():
        return False
    commands.close(
        row, minutes=form.cleaned_data["minutes"], duties=form.tasks(), by=user, at=clock.now()
    )
    return True
