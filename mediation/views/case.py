"""The case page, and looking at a protected field."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from casework import clock
from casework.access.context import acting
from casework.events import Kind, record
from casework.models import Case, Party
from mediation.desks import case_page
from mediation.engine.asker import asker


def find(case_id: int) -> Case:
    """A case that the person may see. Raises: Http404."""
    case = (
        Case.objects.select_related("district", "mediator", "manager")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Http404
    return case


@never_cache
@login_required
@require_GET
def detail(request: HttpRequest, case_id: int) -> HttpResponse:
    """The whole case on one page."""
    case = find(case_id)
    user = asker(request)
    shown = case_page.page_of(case, user, all_papers=request.GET.get("papers") == "all")
    may_ask = user.has_perm("mediation.ask_photographs") and not case.closed_on
    phone_url = reverse("case-phone-files", args=[case.pk]) if may_ask else ""
    may_serve = user.has_perm("mediation.serve_notice") and not case.closed_on
    door_url = reverse("case-door", args=[case.pk]) if may_serve else ""
    unnamed = user.has_perm("casework.open_seal") and case.calls.filter(anonymous=True).exists()
    more = {
        "phone_url": phone_url, "door_url": door_url,
        "seal_url": reverse("case-seal", args=[case.pk]) if unnamed else "",
    }  # fmt: skip
    return render(request, "case/detail.html", {**shown, **more})


@login_required
@permission_required("casework.reveal", raise_exception=True)
@require_POST
def reveal(request: HttpRequest, case_id: int) -> HttpResponse:
    """Look at a worker's full telephone number: with a reason, once, and it is in the ledger."""
    case = find(case_id)
    reason = request.POST.get("reason", "").strip()
    party = Party.objects.filter(case=case, ref=request.POST.get("party", "")).first()
    if party is None or party.person is None:
        raise Http404
    if not reason:
        return redirect("case", case_id=case.pk)
    with acting(case.pk, asker(request)):
        record(
            case,
            Kind.IDENTITY_REVEALED,
            by=asker(request),
            at=clock.now(),
            party=party.ref,
            field="phone",
            reason=reason,
        )
    context = {
        "head": case_page.head_of(case),
        "party": party,
        "words": _("Telephone"),
        "value": party.person.phone,
    }
    return render(request, "case/revealed.html", context)
