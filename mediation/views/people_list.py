"""A list of people: shown with what is wrong, brought in after a second look, taken back while nobody uses it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from casework import clock
from casework.commands import people_list
from casework.commands.base import CommandRefused
from casework.sheets import MOST_BYTES, read_table
from mediation.desks.workbook import MEDIA_TYPE, one_sheet
from mediation.engine.asker import asker
from mediation.views.rules import only_with

MANAGE, UNPROCESSABLE = "casework.manage_users", 422


class ListForm(forms.Form):
    """The file."""

    widths = {"file": "w12"}
    file = forms.FileField(label=gettext_lazy("List (xlsx or csv)"))


@only_with(MANAGE)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """First the dry run; then, if nothing is wrong and it is confirmed, the accounts with their passwords, once."""
    if request.method == "GET" and "example" in request.GET:
        return _workbook("people.xlsx", people_list.HEAD, [list(people_list.EXAMPLE)])
    if request.POST.get("pledge"):
        return _import(request)
    form = ListForm(request.POST or None, request.FILES or None)
    lines: list[people_list.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            table = read_table(form.cleaned_data["file"].read(MOST_BYTES + 1))
            lines = people_list.check(people_list.lines_of(table), clock.today())
        except CommandRefused as error:
            form.add_error("file", str(error))
    return _page(request, form, lines)


def _import(request: HttpRequest) -> HttpResponse:
    try:
        lines = people_list.check(people_list.pledged(request.POST["pledge"]), clock.today())
        if any(line.wrong for line in lines):
            return _page(request, ListForm(), lines)
        made = people_list.bring_in(lines, by=asker(request), at=clock.now())
    except CommandRefused as error:
        form = ListForm({})
        form.errors.clear()
        form.add_error("file", str(error))
        return _page(request, form, [])
    head = (_("Name"), _("User name"), _("Starting password"))
    return _workbook("passwords.xlsx", head, [list(row) for row in made])


def _workbook(name: str, head: tuple[str, ...], rows: list[list[str]]) -> HttpResponse:
    answer = HttpResponse(one_sheet(_("People"), list(head), rows), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(
    request: HttpRequest, form: forms.Form, lines: list[people_list.Line]
) -> HttpResponse:
    wrong = sum(bool(line.wrong) for line in lines)
    context: dict[str, Any] = {
        "form": form, "lines": lines, "wrong": wrong, "head": people_list.HEAD,
        "pledge": people_list.pledge(lines) if lines and not wrong else "",
        "roles": [each for each in people_list.roles_by_word() if not each.isascii()],
        "submit_words": _("Check the list"),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors or wrong else 200
    return render(request, "house/bring_in.html", context, status=status)


@only_with(MANAGE)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Deactivate what the last import made."""
    try:
        gone, stay = people_list.take_back(number, by=asker(request), at=clock.now())
    except CommandRefused as error:
        messages.error(request, str(error))
    else:
        words = _("%(n)s accounts deactivated; %(stay)s stay because somebody logged in.")
        messages.success(request, words % {"n": gone, "stay": stay})
    return redirect("house-people")
