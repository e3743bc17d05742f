"""The liaison's desk: one referral a page, reached by log-in or by a signed link; looking changes nothing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from casework import clock, liaison_link, notify
from casework.access.context import acting, as_person
from casework.commands.base import CommandRefused
from casework.ids import as_id
from casework.models import Referral, User
from documents import issue, storage
from documents.models import Paper, PaperState
from mediation.commands import liaison_post
from mediation.desks import liaison as desk
from mediation.engine import run
from mediation.engine.asker import asker
from mediation.engine.errors import Invalid
from mediation.models import Task

COOKIE = "wufang_desk"
UNPROCESSABLE = 422


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, referral_id: int) -> HttpResponse:
    """One referral of the own office, for somebody who is logged in."""
    return _Desk(request, asker(request), referral_id, "").answer()


@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same page from a mail or a text; a device not used before asks for a code first."""
    link, user = _opened(token)
    if link is None or user is None:
        return render(request, "referral/link_over.html", status=404)
    with as_person(user):
        if not _is_known(request, user):
            return _ask_for_code(request, token, user)
        return _Desk(request, user, link.referral_id, token).answer()


def _opened(token: str) -> tuple[liaison_link.Link | None, User | None]:
    link = liaison_link.read(token, on=clock.today())
    user = User.objects.filter(pk=link.user_id, is_active=True).first() if link else None
    return link, user


def _is_known(request: HttpRequest, user: User) -> bool:
    here = isinstance(request.user, User) and request.user.pk == user.pk
    return here or liaison_link.is_known(
        request.COOKIES.get(COOKIE, ""), user.pk, clock.today()
    )


def _ask_for_code(request: HttpRequest, token: str, user: User) -> HttpResponse:
    """A one-time code to the person's own number; the page is alike whether or not it was sent."""
    subject, failed = f"desk:{user.pk}", False
    if request.method == "POST" and "send" not in request.POST:
        if notify.check_code(subject, request.POST.get("otp", "")):
            answer = redirect("referral-link", token=token)
            answer.set_cookie(
                COOKIE, liaison_link.device_of(user.pk, clock.today()), httponly=True,
                max_age=liaison_link.DEVICE_DAYS * 86400, samesite="Lax",
                secure=request.is_secure(),
            )  # fmt: skip
            return answer
        failed = True
    elif request.method == "POST":
        notify.send_code(subject, user.phone)
    context = {
        "sent": request.method == "POST", "failed": failed, "phone_mask": notify.mask(user.phone),
    }  # fmt: skip
    return render(request, "referral/new_device.html", context)


@never_cache
@login_required
@require_GET
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A paper of an open pack, or the office's own reply slip."""
    return _pdf(request, paper_id)


@never_cache
@require_GET
def paper_by_link(request: HttpRequest, token: str, paper_id: int) -> HttpResponse:
    """The same through a link: only papers of that one referral."""
    link, user = _opened(token)
    if link is None or user is None or not _is_known(request, user):
        raise Http404
    with as_person(user):
        if not desk.is_of(link.referral_id, paper_id):
            raise Http404
        return _pdf(request, paper_id)


@never_cache
@login_required
@require_GET
def file(request: HttpRequest, referral_id: int, file_id: int) -> HttpResponse:
    """A worker's file from an open pack of the own office."""
    if not asker(request).has_perm("mediation.answer_referral"):
        raise Http404
    return _file(referral_id, file_id)


@never_cache
@require_GET
def file_by_link(request: HttpRequest, token: str, file_id: int) -> HttpResponse:
    """The same through a link: only files of that one referral."""
    link, user = _opened(token)
    if link is None or user is None or not _is_known(request, user):
        raise Http404
    with as_person(user):
        return _file(link.referral_id, file_id)


def _file(referral_id: int, file_id: int) -> HttpResponse:
    """Only to save: nothing from outside is shown in place. Raises: Http404."""
    found = desk.file_of(referral_id, file_id)
    if found is None:
        raise Http404
    answer = HttpResponse(storage.read(found["sha256"]), content_type=found["media_type"])
    ending = "pdf" if found["media_type"] == "application/pdf" else "jpg"
    answer["Content-Disposition"] = f'attachment; filename="{found["sha256"][:8]}.{ending}"'
    return answer


def _pdf(request: HttpRequest, paper_id: int) -> HttpResponse:
    found = Paper.objects.filter(pk=paper_id).first()
    if found is None:
        raise Http404
    if found.state != PaperState.READY:
        return render(request, "referral/paper_waits.html", {"paper": found}, status=202)
    answer = HttpResponse(issue.kept(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.code}-{found.pk}.pdf"'
    return answer


class _Desk:
    """The page of one referral, for one person; `token` is the link that it came by, if any."""

    def __init__(self, request: HttpRequest, user: User, referral_id: int, token: str) -> None:
        self.request, self.user, self.token = request, user, token
        row = Referral.objects.filter(pk=referral_id).first()
        if row is None or not user.has_perm("mediation.answer_referral"):
            raise Http404
        self.row = row
        self.task = desk.open_task(row, user)

    def answer(self) -> HttpResponse:
        """Show it, or carry out what was sent."""
        if self.request.method != "POST":
            return self.show()
        if "forward" in self.request.POST:
            return self._forward()
        if self.task is None:
            return self.show(status=409)
        return self._carry_out(self.task)

    def show(self, form: Any = None, status: int = 200) -> HttpResponse:
        """The page; opening it changes nothing."""
        context = desk.page_of(self.row, self.task, self.user, form, self._url)
        return render(self.request, "referral/answer.html", context, status=status)

    def _url(
        self, paper_id: int | None = None, referral_id: int | None = None,
        file_id: int | None = None,
    ) -> str:  # fmt: skip
        """Addresses that stay within the way the person came."""
        if file_id is not None:
            name, way = (
                ("referral-link-file", self.token)
                if self.token
                else ("referral-file", self.row.pk)
            )
            return reverse(name, args=[way, file_id])
        if not self.token:
            if paper_id is not None:
                return reverse("referral-paper", args=[paper_id])
            return reverse("referral", args=[referral_id or self.row.pk])
        if paper_id is not None:
            return reverse("referral-link-paper", args=[self.token, paper_id])
        if referral_id is None or referral_id == self.row.pk:
            return reverse("referral-link", args=[self.token])
        fresh = liaison_link.make(
            referral_id=referral_id, user_id=self.user.pk, on=clock.today()
        )
        return reverse("referral-link", args=[fresh])

    def _carry_out(self, task: Task) -> HttpResponse:
        """Answering signs for it as well; if the answer cannot be used, nothing was signed."""
        data, at = self.request.POST, clock.now()
        try:
            with transaction.atomic():
                if task.flow_task.name == "sign_for":
                    run.complete(task_id=task.pk, by=self.user, data={}, at=at)
                    task = desk.open_task(self.row, self.user) or task
                if "only_sign" not in data:
                    run.complete(task_id=task.pk, by=self.user, data=data, at=at)
        except Invalid as error:
            return self.show(error.form, UNPROCESSABLE)
        except CommandRefused as error:
            with acting(self.row.case_id, self.user):
                form = desk.form_of(self.row, self.user, data)
                form.is_valid()
                form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.show(form, UNPROCESSABLE)
        return redirect(f"{self._url()}?sent=1")

    def _forward(self) -> HttpResponse:
        """Hand it to a colleague of the same office, who is told; nobody loses the right to answer."""
        colleague = desk.colleagues(self.user).filter(
            pk__in=[as_id(each) for each in self.request.POST.getlist("to")]
        )  # fmt: skip
        for each in colleague:
            with acting(self.row.case_id, self.user):
                liaison_post.forward(self.row, to=each, by=self.user, at=clock.now())
            return redirect(self._url())
        raise Http404
