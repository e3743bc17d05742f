"""The public check of a paper, by code or by file, and what is needed to check offline."""

import hashlib

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from documents import proof, register, stamping, verify
from documents.verify.page import page

LARGEST = 30 * 2**20


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a paper is genuine; asks for the code or the file when none is given.

    A file is hashed and forgotten: it is neither opened nor kept.
    """
    asked = code or request.POST.get("code", "") or request.GET.get("code", "")
    sent = request.FILES.get("paper")
    context: dict[str, object] = {
        "asked": asked,
        "verdict": verify.verdict(asked) if asked else None,
    }
    if sent is not None and (sent.size or 0) > LARGEST:
        context["too_large"] = True
    elif sent is not None:
        digest = hashlib.sha256()
        for chunk in sent.chunks():
            digest.update(chunk)
        context |= {
            "verdict": verify.of_file(digest.hexdigest(), asked),
            "sent_sha256": digest.hexdigest(),
        }
    context["stamp"] = stamping.of_bytes(_named(context))
    context["fingerprint"] = proof.fingerprint(proof.jwk(proof.house_key().public_key()))
    context["has_register"] = register.path().exists()
    return render(request, "documents/check.html", context)


def _named(context: dict[str, object]) -> str:
    """The bytes that the answer is about: those sent if we know them, else those under the code."""
    verdict = context["verdict"]
    mark = verdict.mark if isinstance(verdict, verify.Verdict) else None
    sent = str(context.get("sent_sha256", ""))
    return sent if sent and stamping.of_bytes(sent) else mark.sha256 if mark else ""


@require_GET
def stamp(request: HttpRequest, sha256: str) -> HttpResponse:
    """The time stamp on bytes (DER), for those who judge it with their own roots."""
    row = stamping.of_bytes(sha256)
    if row is None or not row.token:
        raise Http404
    answer = HttpResponse(bytes(row.token), content_type="application/timestamp-token")
    answer["Content-Disposition"] = f'attachment; filename="{sha256[:16]}.tst"'
    return answer


@require_GET
def checker(request: HttpRequest) -> HttpResponse:
    """The offline checker, to be kept and opened without a network."""
    answer = HttpResponse(page(), content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="paper-checker.html"'
    return answer


@require_GET
def register_file(request: HttpRequest) -> FileResponse:
    """The signed register of papers as it was last made (hourly): no code, no name."""
    try:
        file = register.path().open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename="register.json")
