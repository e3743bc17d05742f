"""The directory of unions elsewhere and the paired districts."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import clock
from casework.commands import partners as commands
from casework.commands.base import CommandRefused
from casework.models import Pairing, Partner, Referral
from documents.gather.common import city
from mediation.commands.neighbour import MATTER
from mediation.engine.asker import asker
from mediation.forms.partners import PairForm, PartnerForm
from mediation.views.one_row import saved
from mediation.views.rules import only_with

SEE, MANAGE = "mediation.see_partners", "mediation.manage_partners"


@only_with(SEE)
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Every partner with the letters that the person may see, and every pair, those that stand first."""
    sent = dict(
        Referral.objects.filter(matter=MATTER, sent_at__isnull=False).order_by()
        .values_list("office").annotate(Count("pk"))
    )  # fmt: skip
    rows = Partner.objects.select_related("office")
    pairs = Pairing.objects.select_related("partner__office", "district")
    context = {
        "partners": [{"row": row, "sent": sent.get(row.office_id, 0)} for row in rows],
        "pairs": sorted(pairs, key=lambda row: row.until is not None),
        "may_manage": asker(request).has_perm(MANAGE),
    }
    return render(request, "neighbour/directory.html", context)


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def partner(request: HttpRequest, partner_id: int | None = None) -> HttpResponse:
    """Add a partner or change it. Raises: Http404."""
    rows = Partner.objects.select_related("office__agency")
    row = get_object_or_404(rows, pk=partner_id) if partner_id else None
    start = {} if row is None else {
        "province": row.province, "contact": row.contact, "agreed_on": row.agreed_on,
        **{name: getattr(row.office, name) for name in commands.FIELDS},
    }  # fmt: skip
    form = PartnerForm(request.POST or None, initial=start)
    return saved(
        request, form, str(row) if row else _("New partner"),
        lambda **data: commands.save_partner(row, home=city(), **data), _back(),
    )  # fmt: skip


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    """Pair two districts."""
    form = PairForm(request.POST or None)
    return saved(request, form, _("Pair two districts"), _pair, _back())


def _pair(*, partner: Partner, **data: Any) -> Pairing:
    return commands.pair(partner, **data)


@only_with(MANAGE)
@require_POST
def end_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """End a pair from today on. Raises: Http404."""
    row = get_object_or_404(Pairing, pk=pair_id)
    try:
        commands.part(row, on=clock.today(), by=asker(request), at=clock.now())
    except CommandRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Ended: %(name)s") % {"name": row})
    return redirect("partners")


def _back() -> tuple[str, str]:
    return "partners", _("Partner unions")
