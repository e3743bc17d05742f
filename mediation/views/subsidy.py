"""Bought legal services: the ledger with its workbook, and the list of lawyers and firms."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.commands import lawyers as commands
from casework.ids import as_id
from casework.models import LawFirm, Lawyer, Subsidy, SubsidyState, SubsidyYear
from mediation.commands.subsidy import quota
from mediation.desks.registers import page_links, strip
from mediation.desks.workbook import MEDIA_TYPE, one_sheet
from mediation.engine.asker import asker
from mediation.forms.lawyers import FirmForm, LawyerForm
from mediation.views.one_row import saved
from mediation.views.rules import only_with

SEE, MANAGE = "mediation.see_subsidies", "mediation.manage_lawyers"
PAGE = 50
FIRST_YEAR = 2025


@only_with(SEE)
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """Every voucher of a year that the person may see, and what is left of the year's money (ST22)."""
    year, state = _year(request), request.GET.get("state", "")
    seen = _rows(year)
    chosen = seen.filter(state=state) if state in SubsidyState else seen
    pages = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Legal services"), "rows": pages.object_list,
        "strip": strip(seen, "state", SubsidyState.choices, state, f"&year={year}"),
        "figures": _figures(seen), "quotas": _quotas(request, year), "year": str(year),
        "years": [str(each) for each in range(clock.today().year, FIRST_YEAR - 1, -1)],
        "xlsx_url": reverse("subsidies-xlsx") + f"?year={year}&state={state}",
        "may_manage": asker(request).has_perm(MANAGE),
        "pages": page_links(pages, f"state={state}&year={year}"),
    }  # fmt: skip
    return render(request, "subsidy/ledger.html", context)


@only_with(SEE)
@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook; no account and no content of a case."""
    year, state = _year(request), request.GET.get("state", "")
    rows = _rows(year)
    rows = rows.filter(state=state) if state in SubsidyState else rows
    head = [
        _("Voucher"), _("Case number"), _("District"), _("Lawyer"), _("Firm"), _("Granted"),
        _("Reserved (yuan)"), _("Sum applied for (yuan)"), _("State"), _("Confirmed by"),
        _("Settled by"), _("Paid on"), _("Number of the payment"),
    ]  # fmt: skip
    made = one_sheet(_("Legal services"), head, [_line(row) for row in rows])
    answer = HttpResponse(made, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="subsidies-{year}.xlsx"'
    return answer


def _rows(year: int) -> Any:
    return Subsidy.objects.filter(granted_on__year=year).select_related(
        "case__district", "lawyer__firm", "claimed_by", "decided_by"
    )


def _line(row: Subsidy) -> list[Any]:
    total = float(row.total_yuan) if row.total_yuan is not None else ""
    return [
        row.number, str(row.case), str(row.case.district or ""), row.lawyer.name,
        str(row.lawyer.firm), f"{row.granted_on}", float(row.reserved_yuan), total,
        str(row.get_state_display()), str(row.claimed_by or ""), str(row.decided_by or ""),
        f"{row.paid_on or ''}", row.paid_ref,
    ]  # fmt: skip


def _figures(seen: Any) -> list[dict[str, Any]]:
    """ST22: cases, the sum paid, what one case costs."""
    paid = seen.filter(state__in=(SubsidyState.SETTLED, SubsidyState.PAID)).order_by()
    found = paid.aggregate(cases=Count("case", distinct=True), sum=Sum("total_yuan"))
    cases, total = found["cases"], found["sum"] or 0
    mean = f"{total / cases:,.2f}" if cases else "—"
    return [
        {"words": _("Cases settled"), "value": cases},
        {"words": _("Sum (yuan)"), "value": f"{total:,.2f}"},
        {"words": _("Cost per case (yuan)"), "value": mean},
    ]


def _quotas(request: HttpRequest, year: int) -> list[dict[str, Any]]:
    """The year's money: of the person's own district, or of all for who works for the city."""
    rows = SubsidyYear.objects.filter(year=year).select_related("district")
    own = asker(request).district_id
    today = clock.today()
    limit = quota(today if year >= today.year else today.replace(year=year, month=12, day=28))
    return [
        {"row": row, "limit": limit, "left": limit - row.taken_yuan}
        for row in rows
        if own is None or own % 10_000 == 0 or row.district_id == own
    ]


def _year(request: HttpRequest) -> int:
    words, today = request.GET.get("year", ""), clock.today().year
    return as_id(words) if FIRST_YEAR <= as_id(words) <= today else today


@only_with(MANAGE)
@require_GET
def lawyers(request: HttpRequest) -> HttpResponse:
    """Who works for the union; accounts are not shown."""
    context = {"lawyers": Lawyer.objects.select_related("firm"), "firms": LawFirm.objects.all()}
    return render(request, "subsidy/lawyers.html", context)


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def lawyer(request: HttpRequest, lawyer_id: int | None = None) -> HttpResponse:
    """Make or change a lawyer. Raises: Http404."""
    row = get_object_or_404(Lawyer, pk=lawyer_id) if lawyer_id else Lawyer()
    names = ("name", "licence", "phone", "holder", "bank", "is_active")
    start = {name: getattr(row, name) for name in names} | {"firm": row.firm_id}
    form = LawyerForm(request.POST or None, initial=start, known=bool(lawyer_id))
    return saved(
        request, form, row.name or _("New lawyer"),
        lambda **data: commands.save_lawyer(row, **data), _back(),
    )  # fmt: skip


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def firm(request: HttpRequest, firm_id: int | None = None) -> HttpResponse:
    """Make or change a firm. Raises: Http404."""
    row = get_object_or_404(LawFirm, pk=firm_id) if firm_id else LawFirm()
    start = {"name": row.name, "licence": row.licence, "phone": row.phone}
    form = FirmForm(request.POST or None, initial=start)
    return saved(
        request, form, row.name or _("New firm"),
        lambda **data: commands.save_firm(row, **data), _back(),
    )  # fmt: skip


def _back() -> tuple[str, str]:
    return "lawyers", _("Lawyers and firms")
