"""The archive: the list of terms, one file with its hold and what is decided about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casework import clock
from casework.access.context import acting
from casework.commands import disposal, keeping
from casework.commands.base import CommandRefused
from casework.ids import as_id
from casework.models import Case, Disposal, Keeping, LegalHold
from mediation.commands import archive as commands
from mediation.desks import archive
from mediation.desks.registers import page_links
from mediation.engine.asker import asker
from mediation.forms import archive as made
from mediation.views.rules import only_with

SEE = "casework.see_retention"
PAGE, UNPROCESSABLE = 50, 422
# What can be done: the form, and what the person must hold.
ACTS: dict[str, tuple[type[forms.Form], str]] = {
    "hold": (made.HoldForm, "casework.hold_file"), "lift": (made.LiftForm, "casework.hold_file"),
    "longer": (made.LongerForm, "casework.review_retention"),
    "hand": (made.HandForm, "casework.review_retention"),
    "ask": (made.AskForm, "casework.review_retention"),
    "agree": (made.DecideForm, "casework.agree_destruction"),
    "refuse": (made.DecideForm, "casework.agree_destruction"),
}  # fmt: skip


class NumberDiffers(CommandRefused):
    """This is not the number of this file."""


@only_with(SEE)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Files by what their term asks for: over first."""
    today, words = clock.today(), request.GET.get("q", "").strip()[:40]
    wanted = request.GET.get("list", "")
    chosen = wanted if wanted in archive.states() else "due"
    rows = archive.rows_of(today, chosen, words)
    pages = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "strip": archive.strip(today, chosen), "rows": [archive.row(each) for each in pages],
        "pages": page_links(pages, f"list={chosen}&q={words}"), "q": words, "chosen": chosen,
        "title": archive.states()[chosen], "terms": archive.terms(today),
    }  # fmt: skip
    return render(request, "archive/list.html", context)


@only_with(SEE)
@require_GET
def one(request: HttpRequest, case_id: int) -> HttpResponse:
    """One file. Raises: Http404."""
    return _page(request, case_id, {})


@only_with(SEE)
@require_POST
def act(request: HttpRequest, case_id: int) -> HttpResponse:
    """Hold, lift, keep longer, hand over, ask to destroy, decide. Raises: Http404."""
    wanted = request.POST.get("act", "")
    if wanted not in ACTS or not asker(request).has_perm(ACTS[wanted][1]):
        raise Http404
    kept, case = _found(case_id)
    form = ACTS[wanted][0](request.POST, auto_id=_names(wanted))
    if form.is_valid():
        try:
            with acting(case_id, asker(request)):
                _do(wanted, kept, case, request, form.cleaned_data)
        except CommandRefused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Done: %(name)s") % {"name": kept or case})
            return redirect("archive-file", case_id)
    return _page(request, case_id, {wanted: form})


def _do(
    wanted: str,
    kept: Keeping | None,
    case: Case | None,
    request: HttpRequest,
    data: dict[str, Any],
) -> None:
    """One act. Raises: Http404, CommandRefused."""
    more: dict[str, Any] = {"by": asker(request), "at": clock.now()}
    if wanted == "hold" and case is not None:
        keeping.place_hold(case, **data, **more)
        return
    if wanted == "lift":
        keeping.lift_hold(_row(LegalHold, request, case_id=_id(kept, case)), **data, **more)
        return
    if kept is None:
        raise Http404
    simple: dict[str, Callable[..., Any]] = {
        "longer": disposal.keep_longer, "hand": disposal.hand_over, "ask": commands.ask,
    }  # fmt: skip
    if wanted in simple:
        simple[wanted](kept, **data, **more)
        return
    agree, asked = wanted == "agree", _row(Disposal, request, keeping=kept)
    if agree and data["number"].strip() != kept.number:
        raise NumberDiffers(field="number")
    commands.decide(asked, agree=agree, words=data["words"], **more)


def _id(kept: Keeping | None, case: Case | None) -> int:
    return kept.case_id if kept else case.pk if case else 0


def _row(model: type[Any], request: HttpRequest, **of: Any) -> Any:
    found = model.objects.filter(pk=as_id(request.POST.get("row", "")), **of).first()
    if found is None:
        raise Http404
    return found


def _found(case_id: int) -> tuple[Keeping | None, Case | None]:
    """The term and the case, of which a destroyed one exists no more. Raises: Http404."""
    kept = (
        archive.files(clock.today()).select_related("district").filter(case_id=case_id).first()
    )
    case = Case.objects.filter(pk=case_id).first()
    if kept is None and case is None:
        raise Http404
    return kept, case


def _names(act: str) -> str:
    """Seven forms stand on one page: each field has a name of its own there."""
    return f"id_{act}_%s"


def _page(request: HttpRequest, case_id: int, sent: dict[str, forms.Form]) -> HttpResponse:
    kept, case = _found(case_id)
    user, today = asker(request), clock.today()
    disposals = kept.disposals.select_related("asked_by", "decided_by") if kept else []
    asked = next((each for each in disposals if each.agreed is None), None)
    holds = LegalHold.objects.filter(case_id=case_id).select_related("placed_by", "lifted_by")
    context = {
        "row": archive.row(kept) if kept else None, "case": case, "number": kept or case,
        "holds": holds, "disposals": disposals, "asked": asked, "open": next(iter(sent), ""),
        "may": {each: user.has_perm(needed) for each, (_form, needed) in ACTS.items()},
        "may_decide": asked is not None and asked.asked_by_id != user.pk,
        "over": bool(kept and kept.state == "KEPT" and kept.ends_on and kept.ends_on < today),
        "kept": bool(kept and kept.state == "KEPT"), "user_id": user.pk,
        "forms": {
            name: sent.get(name) or form(auto_id=_names(name))
            for name, (form, _needed) in ACTS.items()
        },
        "form": next(iter(sent.values()), None),
        "case_id": case_id, "name": kept.number if kept else str(case),
    }  # fmt: skip
    status = UNPROCESSABLE if sent else 200
    return render(request, "archive/file.html", context, status=status)
