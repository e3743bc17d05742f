"""Pages about dangers: one inspection with its photographs, the duty roster, the seal of an anonymous caller."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.access.context import acting, has_district
from casework.commands import hazard as file
from casework.commands.base import CommandRefused
from casework.commands.case import open_seal
from casework.models import Case, Duty, HazardPhoto, Inspection
from documents.storage import read
from mediation.desks import case_page
from mediation.engine.asker import asker
from mediation.forms.duty import DutyForm
from mediation.forms.house import ReasonForm
from mediation.views.rules import only_with

DAYS_SHOWN, UNPROCESSABLE = 14, 422


@only_with("mediation.see_hazards")
@require_GET
def inspection(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """One inspection: what was found, what is mended, the photographs. Raises: Http404."""
    row = Inspection.objects.select_related("case").filter(pk=inspection_id).first()
    if row is None:
        raise Http404
    context = {"inspection": row, "head": case_page.head_of(row.case)}
    return render(request, "supervision/inspection.html", context)


@only_with("documents.view_paper")
@require_GET
def photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    """A photograph, as cleaned. Raises: Http404."""
    row = HazardPhoto.objects.filter(pk=photo_id).first()
    if row is None:
        raise Http404
    answer = HttpResponse(read(row.sha256), content_type="image/jpeg")
    answer["Content-Disposition"] = f'inline; filename="{row.sha256[:8]}.jpg"'
    return answer


@only_with("mediation.see_duty")
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Two weeks of duty; a day without people is said. The lead of a desk names them."""
    user, today = asker(request), clock.today()
    district = user.district if has_district(user) else None
    may_change = user.has_perm("mediation.manage_duty")
    form = DutyForm(request.POST or None, district=district) if may_change else None
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = file.set_duty(district, today=today, **form.cleaned_data)
        except CommandRefused as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(
                request, _("On duty: %(who)s") % {"who": f"{made.on:%m-%d} {made.first}"}
            )
            return redirect("duty")
    days = [today + timedelta(days=n) for n in range(DAYS_SHOWN)]
    rows = Duty.objects.filter(district=district, on__in=days).select_related("first", "second")
    named = {row.on: row for row in rows}
    context = {
        "days": [{"on": day, "row": named.get(day), "today": day == today} for day in days],
        "form": form, "place": district, "submit_words": _("Name them"),
    }  # fmt: skip
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "supervision/duty.html", context, status=status)


@only_with("casework.open_seal")
@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who called and stays unnamed: shown once, for a reason, and it stands in the ledger. Raises: Http404."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not case.calls.filter(anonymous=True).exists():
        raise Http404
    form, told = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            with acting(case.pk, asker(request)):
                told = open_seal(
                    case, reason=form.cleaned_data["reason"], by=asker(request), at=clock.now()
                )
        except CommandRefused as error:
            form.add_error(None, str(error))
    head = case_page.head_of(case)
    context = {
        "head": head, "form": form, "told": _words(told) if told else None,
        "submit_words": _("Open the seal"), "back_words": head["number"], "url": head["url"],
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "supervision/seal.html", context, status=status)


def _words(told: dict[str, str]) -> list[tuple[str, str]]:
    words = {
        "name": _("Name"), "phone": _("Telephone"), "sex": _("Sex"), "birth_year": _("Year of birth"),
        "identity_number": _("Identity number"), "address": _("Address"),
        "recording_id": _("Recording"), "home_province": _("Home province"),
        "worker_kind": _("Kind of worker"), "union_member": _("Union member"),
        "second_contact": _("Second contact"),
    }  # fmt: skip
    return [(words[name], value) for name, value in told.items() if name in words]
