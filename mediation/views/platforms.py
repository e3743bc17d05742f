"""The page of the grass-roots platforms: matters in by file with a look first, results back, referrals out, answers in."""

from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casework import clock
from casework.commands.base import CommandRefused
from casework.models import Agency, Case
from documents import storage
from mediation.engine.asker import asker
from mediation.exchange import platforms as adapter
from mediation.exchange.platform_files import NotATable
from mediation.views.rules import only_with

SALT, HOLD = "platform-file", 3600
UNPROCESSABLE = 422
STATES: dict[str, tuple[str, Any]] = {
    adapter.NEW: ("normal", _("new")), adapter.KNOWN: ("not-begun", _("here already")),
    adapter.TWICE: ("soon", _("twice in this file")), adapter.WRONG: ("overdue", _("cannot be used")),
    adapter.DONE: ("done", _("taken in")),
}  # fmt: skip


class FileForm(forms.Form):
    """A platform and its file."""

    agency = forms.ChoiceField(label=_("Platform"))
    what = forms.ChoiceField(
        label=_("What is in it"),
        choices=(("MATTERS", _("matters for us")), ("ANSWERS", _("answers to our referrals"))),
    )
    file = forms.FileField(
        label=_("File"), help_text=_("CSV, XLSX or JSON; the first row names the columns."), required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agency.objects.filter(code__in=adapter.PLATFORMS)
        self.fields["agency"].choices = [(row.code, row.name) for row in rows]  # type: ignore[attr-defined]


@never_cache
@only_with("mediation.record_paper_reply")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Look at a file first; what was looked at is taken in by a second press, without choosing it again."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, status=200 if request.method == "GET" else UNPROCESSABLE)
    agency, what = form.cleaned_data["agency"], form.cleaned_data["what"]
    by, at = asker(request), clock.now()
    try:
        data, looked = _data(request, form)
        if what == "ANSWERS":
            lines = adapter.answers(agency, data, by=by, at=at)
        elif looked:
            lines = adapter.bring_in(agency, data, by=by, at=at)
        else:
            lines = adapter.dry_run(agency, data, by=by, at=at)
    except CommandRefused as refused:
        form.add_error("file", str(refused))
        return _show(request, form, status=UNPROCESSABLE)
    kept = "" if looked or what == "ANSWERS" else signing.dumps(storage.keep(data), salt=SALT)
    return _show(request, form, lines=lines, kept=kept)


def _data(request: HttpRequest, form: FileForm) -> tuple[bytes, bool]:
    """The bytes, and whether they were looked at before (then they come from where they were kept)."""
    if kept := request.POST.get("kept", ""):
        try:
            return storage.read(signing.loads(kept, salt=SALT, max_age=HOLD)), True
        except (signing.BadSignature, storage.BytesLost) as error:
            raise NotATable(field="file") from error
    file = form.cleaned_data["file"]
    if file is None:
        raise NotATable(field="file")
    return file.read(), False


def _show(
    request: HttpRequest, form: FileForm, lines: Any = (), kept: str = "", status: int = 200
) -> HttpResponse:
    seen = set(
        Case.objects.filter(
            pk__in=[each.case_id for each in lines if each.case_id]
        ).values_list("pk", flat=True)
    )
    rows = [
        {
            "row": each.row, "number": each.number, "words": each.words,
            "light": dict(zip(("state", "words"), STATES[each.state], strict=True)),
            "url": reverse("case", args=[each.case_id]) if each.case_id in seen else "",
        }
        for each in lines
    ]  # fmt: skip
    fresh = sum(each.state == adapter.NEW for each in lines)
    platforms = Agency.objects.filter(code__in=adapter.PLATFORMS)
    context = {"form": form, "rows": rows, "kept": kept, "fresh": fresh, "platforms": platforms}
    return render(request, "exchange/platforms.html", context, status=status)


@never_cache
@only_with("mediation.record_paper_reply")
@require_POST
def download(request: HttpRequest, agency: str, what: str) -> HttpResponse:
    """The results that go back to a platform, or our open referrals to it. Raises: Http404."""
    if agency not in adapter.PLATFORMS or what not in ("results", "referrals"):
        raise Http404
    if what == "results":
        data = adapter.results(agency)
    else:
        data = adapter.outgoing(agency, by=asker(request), at=clock.now())
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    name = f"{agency}-{what}-{clock.today():%Y%m%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
