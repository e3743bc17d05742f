"""The bound file of a case: ask for a volume, see its progress, read it."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock
from casework.access.context import acting
from casework.models import Case
from casework.queries import at_once
from documents import dossier, stamping
from documents.models import Dossier, PaperState, VolumeKind
from mediation.desks import case_page
from mediation.engine.asker import asker
from mediation.views.case import find

SEALED = "documents.see_sealed_volume"


def rows_of(case: Case, *, sealed: bool) -> list[dict[str, Any]]:
    """The volumes that the person may have: how many papers, and the newest binding."""
    kinds = [VolumeKind.MAIN, VolumeKind.SEALED] if sealed else [VolumeKind.MAIN]
    newest = {row.volume: row for row in Dossier.objects.filter(case=case).order_by("id")}
    stamps = stamping.of_all([row.sha256 for row in newest.values()])
    papers = dossier.pieces_by_volume(case, kinds)
    return [
        {
            "kind": kind, "papers": papers[kind], "newest": newest.get(kind),
            "stamp": stamps.get(newest[kind].sha256) if kind in newest else None,
        }
        for kind in kinds
        if papers[kind] or kind in newest
    ]  # fmt: skip


@never_cache
@login_required
@permission_required("documents.bind_dossier", raise_exception=True)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """The volumes of a case; a POST asks for one, and asking twice is asking once."""
    case, user = find(case_id), asker(request)
    if request.method == "POST":
        kind = request.POST.get("volume", "")
        if kind not in VolumeKind.values or (
            kind == VolumeKind.SEALED and not user.has_perm(SEALED)
        ):
            raise Http404
        with acting(case_id, user):
            locked = Case.objects.select_for_update(no_key=True).get(pk=case_id)
            dossier.ask(locked, kind, by=user, at=clock.now())
        return redirect("case-dossier", case_id=case_id)
    at_once.load(case)
    context = {
        "head": case_page.head_of(case),
        "case_id": case_id,
        "rows": rows_of(case, sealed=user.has_perm(SEALED)),
    }
    return render(request, "case/dossier.html", context)


@never_cache
@login_required
@permission_required("documents.bind_dossier", raise_exception=True)
@require_GET
def progress(request: HttpRequest, case_id: int) -> HttpResponse:
    """The same rows, for the page that looks again."""
    rows = rows_of(find(case_id), sealed=asker(request).has_perm(SEALED))
    return render(request, "case/dossier_rows.html", {"case_id": case_id, "rows": rows})


@never_cache
@login_required
@permission_required("documents.bind_dossier", raise_exception=True)
@require_GET
def volume(request: HttpRequest, case_id: int, dossier_id: int) -> HttpResponse:
    """A bound volume. The sealed one is found only by those who may read it."""
    row = Dossier.objects.filter(pk=dossier_id, case_id=case_id, state=PaperState.READY).first()
    if row is None or (row.volume == VolumeKind.SEALED and not asker(request).has_perm(SEALED)):
        raise Http404
    answer = HttpResponse(dossier.kept(row), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{row.case_id}-{row.volume.lower()}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
