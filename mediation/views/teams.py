"""The three teams: what one passed on, who belongs to them, and a list of new members."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.access.context import has_district, system
from casework.commands import onboarding
from casework.commands.base import CommandRefused
from casework.commands.team import member_of
from casework.models import Case, Clue, District, Team, TeamMember, User
from casework.sheets import MOST_BYTES, read_table
from documents.storage import read
from mediation.desks.registers import page_links, strip
from mediation.desks.workbook import MEDIA_TYPE, one_sheet
from mediation.engine.asker import asker
from mediation.views.rules import only_with

PAGE, MOST, UNPROCESSABLE = 50, 100, 422


@only_with("mediation.pass_on_clue")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I passed on, newest first, and what came of each."""
    user = asker(request)
    rows = list(Clue.objects.filter(reporter=user)[:MOST])
    context = {"rows": _with_standing(rows), "member": member_of(user, clock.today())}
    return render(request, "teams/mine.html", context)


def _with_standing(rows: list[Clue]) -> list[dict[str, Any]]:
    """Ticket number and headline of each: the file itself is not the member's to read."""
    ids = [row.case_id for row in rows]
    with system("what came of a problem passed on"):
        found = {case.pk: case for case in Case.objects.filter(pk__in=ids)}
        return [
            {
                "row": row, "number": found[row.case_id].ticket_no,
                "status": found[row.case_id].get_status_display(),
            }
            for row in rows
        ]  # fmt: skip


@only_with("mediation.see_work")
@require_GET
def photo(request: HttpRequest, clue_id: int, number: int) -> HttpResponse:
    """A photograph that was passed on: for who passed it on, and for the union. Raises: Http404."""
    row = Clue.objects.filter(pk=clue_id).first()
    if row is None or not 0 < number <= len(row.photos):
        raise Http404
    return HttpResponse(read(row.photos[number - 1]), content_type="image/jpeg")


@only_with("mediation.manage_teams")
@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Who belongs to the teams of the person's district, and how much each passed on (ST26)."""
    team = request.GET.get("team", "")
    seen = TeamMember.objects.select_related("user", "district")
    if within := _within(asker(request)):
        seen = seen.filter(district=within)
    chosen = seen.filter(team=team) if team in Team else seen
    pages = Paginator(chosen.order_by("district", "team", "id"), PAGE).get_page(
        request.GET.get("page")
    )
    passed = dict(
        Clue.objects.filter(member__in=[row.pk for row in pages]).order_by()
        .values_list("member").annotate(Count("pk"))
    )  # fmt: skip
    context = {
        "rows": [{"row": row, "passed": passed.get(row.pk, 0)} for row in pages],
        "strip": strip(seen, "team", Team.choices, team),
        "pages": page_links(pages, f"team={team}"),
    }  # fmt: skip
    return render(request, "teams/members.html", context)


class ListForm(forms.Form):
    """A workbook or CSV."""

    file = forms.FileField(
        label=gettext_lazy("List"),
        help_text=gettext_lazy("xlsx, or csv in UTF-8; 300 rows at once."),
    )


@only_with("mediation.manage_teams")
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """First the check, row by row; then, if nothing is wrong, the accounts; the passwords come once, as a workbook."""
    if request.method == "POST" and request.POST.get("pledge"):
        return _import(request)
    form = ListForm(request.POST or None, request.FILES or None)
    lines: list[onboarding.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            table = read_table(form.cleaned_data["file"].read(MOST_BYTES + 1))
            lines = _checked(request, onboarding.lines_of(table))
        except CommandRefused as error:
            form.add_error("file", str(error))
    return _page(request, form, lines)


def _checked(request: HttpRequest, lines: list[onboarding.Line]) -> list[onboarding.Line]:
    return onboarding.check(lines, clock.today(), within=_within(asker(request)))


def _import(request: HttpRequest) -> HttpResponse:
    form = ListForm()
    try:
        lines = _checked(request, onboarding.pledged(request.POST["pledge"]))
        if any(line.wrong for line in lines):
            return _page(request, form, lines)
        made = onboarding.bring_in(lines, on=clock.today(), by=asker(request), at=clock.now())
    except CommandRefused as error:
        form = ListForm({})
        form.add_error("file", str(error))
        return _page(request, form, [])
    head = [_("Name"), _("User name"), _("Starting password")]
    answer = HttpResponse(one_sheet(_("New members"), head, [list(row) for row in made]))
    answer["Content-Type"] = MEDIA_TYPE
    answer["Content-Disposition"] = 'attachment; filename="members.xlsx"'
    return answer


def _page(request: HttpRequest, form: forms.Form, lines: list[onboarding.Line]) -> HttpResponse:
    wrong = sum(bool(line.wrong) for line in lines)
    context: dict[str, Any] = {
        "form": form, "lines": lines, "wrong": wrong, "head": onboarding.HEAD,
        "pledge": onboarding.pledge(lines) if lines and not wrong else "",
        "submit_words": _("Check the list"),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors or wrong else 200
    return render(request, "teams/bring_in.html", context, status=status)


def _within(user: User) -> District | None:
    return user.district if has_district(user) else None
