"""Reading and signing an agreement from outside: the worker in the portal, the employer through a link.

Looking changes nothing. A code to the number on file opens the text, a second one signs it.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock, notify, sign_link
from casework.access.context import acting
from casework.commands.base import CommandRefused
from casework.models import Agreement, AgreementState, Case, Party, Payment, Signature
from casework.sign_link import SignLink
from casework.tracking import Tracked
from documents import storage
from documents.issue import kept
from mediation.commands import drawing
from mediation.commands import signing as commands
from mediation.engine.asker import asker
from mediation.forms import agreement_shown as desk
from mediation.views.behind_code import after_code, frame
from mediation.views.case import find

OPENED = "sign_opened"


@dataclass(frozen=True, slots=True)
class Door:
    """One party before one frozen text, and the addresses of this way in."""

    case_id: int
    party_id: int
    agreement_id: int
    content: str
    pdf_url: str
    back_url: str = ""


@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The employer's way: a link to exactly this text, opened by a code to the number on file."""
    link = _link(token)
    if link is None:
        return render(request, "sign/over.html", status=404)
    if request.session.get(OPENED) != _held(link):
        return _open(request, link)
    pdf = reverse("sign-paper", args=[token])
    return signing_page(
        request, Door(link.case_id, link.party_id, link.agreement_id, link.content, pdf)
    )


@never_cache
@require_GET
def paper_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The very bytes that are signed."""
    link = _link(token)
    if link is None or request.session.get(OPENED) != _held(link):
        raise Http404
    with acting(link.case_id, None):
        version = Agreement.objects.filter(pk=link.agreement_id, content_sha256=link.content)
        try:
            data = kept(commands.printed(version.get()))
        except (Agreement.DoesNotExist, commands.StillPrinting) as error:
            raise Http404 from error
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="document.pdf"'
    return answer


@after_code
@require_http_methods(["GET", "POST"])
def in_portal(request: HttpRequest, found: Tracked) -> HttpResponse:
    """The worker's way: the text that waits for the own signature."""
    with acting(found.case_id, None):
        version = desk.to_be_signed(found.case_id)
        paper = commands.paper_of(version) if version else None
    if version is None or paper is None:
        return render(request, "sign/nothing.html", frame())
    pdf = reverse("track-paper", args=[paper.pk])
    door = Door(
        found.case_id, found.party_id, version.pk, version.content_sha256, pdf,
        reverse("track-status"),
    )  # fmt: skip
    return signing_page(request, door)


@never_cache
@login_required
@require_GET
def proof(request: HttpRequest, case_id: int, signature_id: int) -> HttpResponse:
    """The scan of a signature, or the paper signed by certificate, for those who may sign or seal."""
    find(case_id)
    by = asker(request)
    if not any(by.has_perm(f"mediation.{may}_agreement") for may in ("sign", "seal", "review")):
        raise Http404
    row = Signature.objects.filter(pk=signature_id, agreement__case_id=case_id).first()
    if row is None or not row.proof_sha256:
        raise Http404
    return picture_or_pdf(row.proof_sha256, f"signature-{row.pk}")


@never_cache
@login_required
@require_GET
def payment_proof(request: HttpRequest, case_id: int, payment_id: int) -> HttpResponse:
    """The bank slip of a payment, for those who record payments."""
    find(case_id)
    row = Payment.objects.filter(pk=payment_id, instalment__agreement__case_id=case_id).first()
    if row is None or not row.proof_sha256 or not asker(request).has_perm("mediation.record_payment"):  # fmt: skip
        raise Http404
    return picture_or_pdf(row.proof_sha256, f"payment-{row.pk}")


def picture_or_pdf(sha256: str, name: str) -> HttpResponse:
    """A kept scan as what it is."""
    data = storage.read(sha256)
    kind, end = ("application/pdf", "pdf") if data[:5] == b"%PDF-" else ("image/jpeg", "jpg")
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}.{end}"'
    return answer


def _link(token: str) -> SignLink | None:
    return sign_link.read(token, on=clock.today())


def _held(link: SignLink) -> str:
    return f"{link.agreement_id}:{link.party_id}"


def _open(request: HttpRequest, link: SignLink) -> HttpResponse:
    """A code first; the page is alike whether or not it was sent, and tells nothing of the matter."""
    with acting(link.case_id, None):
        phone = _phone(link.party_id)
    subject = commands.subject_of(link.agreement_id, link.party_id, "open")
    failed = False
    if "send" in request.POST:
        notify.send_code(subject, phone)
    elif request.method == "POST":
        if notify.check_code(subject, request.POST.get("otp", "")):
            request.session.cycle_key()
            request.session.set_expiry(0)
            request.session[OPENED] = _held(link)
            return redirect(request.path)
        failed = True
    context = {
        "sent": request.method == "POST",
        "failed": failed,
        "phone_mask": notify.mask(phone),
    }
    return render(request, "sign/open.html", context)


def _phone(party_id: int) -> str:
    rows = Party.objects.select_related("person", "employer", "contact")
    return notify.mobile_of(rows.get(pk=party_id))


def signing_page(request: HttpRequest, door: Door) -> HttpResponse:
    """The text, and signing it. A refusal keeps the used tries of the code."""
    problem, sent = "", False
    if "send" in request.POST:
        with acting(door.case_id, None):
            phone = _phone(door.party_id)
        notify.send_code(commands.subject_of(door.agreement_id, door.party_id, "sign"), phone)
        sent = True
    elif request.method == "POST":
        problem, sent = _sign(request, door), True
    context = _shown(door)
    told = {
        "problem": problem,
        "sent": sent,
        "drawn": drawing.again(request.POST.get("drawn", "")),
    }
    return render(request, "sign/page.html", {**context, **told})


def _sign(request: HttpRequest, door: Door) -> str:
    """Sign; answers what is wrong, in words."""
    try:
        with acting(door.case_id, None):
            case, party = (
                Case.objects.get(pk=door.case_id),
                Party.objects.get(pk=door.party_id),
            )
            commands.sign_by_code(
                case, party, agreement_id=door.agreement_id, content=door.content,
                code=request.POST.get("otp", ""), read="read" in request.POST, at=clock.now(),
                drawn=request.POST.get("drawn", ""),
            )  # fmt: skip
    except CommandRefused as refusal:
        return str(refusal)
    return ""


def _shown(door: Door) -> dict[str, Any]:
    with acting(door.case_id, None):
        version = Agreement.objects.get(pk=door.agreement_id)
        mine = version.signatures.filter(party_id=door.party_id).first()
        told = desk.told_to(version, door.party_id)
        phone = notify.mask(_phone(door.party_id))
    return {
        **told, "pdf_url": door.pdf_url, "back_url": door.back_url, "phone_mask": phone,
        "signed_at": mine.signed_at.astimezone(clock.SHANGHAI) if mine else None,
        "replaced": version.state == AgreementState.SUPERSEDED, "mark": version.content_sha256,
    }  # fmt: skip
