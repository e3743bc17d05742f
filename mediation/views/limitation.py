"""The limitation page of a case: a warning with its proof, to read and to print. It blocks nothing."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from casework import clock
from mediation.desks import limitation
from mediation.views.case import find


class FactsForm(forms.Form):
    """What the file does not say yet; used for this look only."""

    ended_on = forms.DateField(
        label=_("Employment ended on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    knew_on = forms.DateField(
        label=_("Knew or should have known on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    still_employed = forms.BooleanField(label=_("Employment still runs"), required=False)


@never_cache
@login_required
@require_GET
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Limitation claim by claim, worker by worker."""
    case = find(case_id)
    form = FactsForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    facts = limitation.Facts(**given)
    context = limitation.page_of(case, facts, clock.today())
    return render(request, "case/limitation.html", {**context, "case": case, "form": form})
