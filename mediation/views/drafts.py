"""Half-typed text, kept on the server for its author; nothing stays in a shared desk's browser."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from casework import clock
from casework.access.context import as_person
from casework.commands import drafts as commands
from casework.commands.base import CommandRefused
from casework.models import Draft, User
from mediation.desks import drafts
from mediation.engine.asker import asker


def text_kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like login_required, but a form that comes after the session ended is held, not thrown away."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or "draft_key" not in request.POST:
            return login_required(view)(request, *args, **kwargs)
        from mediation.views.account import ask

        return ask(request, held=json.dumps(dict(request.POST.lists()), ensure_ascii=False))

    return guarded


def take_up(held: str, user: User) -> str:
    """Keep what was held through a log-in as the author's draft; answers its page, or nothing."""
    try:
        data = json.loads(held)
        form, key, author = (data[f"draft_{name}"][0] for name in ("form", "key", "author"))
        fields = {str(name): [str(each) for each in data[name]] for name in data}
    except (ValueError, KeyError, TypeError, IndexError):
        return ""
    if author != str(user.pk) or not drafts.fits(form, key):
        return ""
    typed = {name: values for name, values in fields.items() if name not in drafts.OWN}
    with as_person(user):
        try:
            row = commands.keep(form=form, key=key, fields=typed, by=user, at=clock.now())
        except CommandRefused:
            return ""
    return drafts.address_of(row)


@login_required
@require_POST
def save(request: HttpRequest, form: str) -> JsonResponse:
    """Keep what is typed; answers when it was kept. 413: too long, 410: the form was sent."""
    key = request.POST.get("draft_key", "")
    if request.POST.get("draft_author") != str(asker(request).pk) or not drafts.fits(form, key):
        return JsonResponse({"detail": "not this person's form"}, status=409)
    try:
        row = commands.keep(
            form=form,
            key=key,
            fields=drafts.typed_in(request),
            by=asker(request),
            at=clock.now(),
        )
    except commands.TooLong:
        return JsonResponse({"detail": "too long"}, status=413)
    except commands.AlreadySent:
        return JsonResponse({"detail": "sent"}, status=410)
    return JsonResponse(
        {"saved_at": row.saved_at.astimezone(clock.SHANGHAI).strftime("%H:%M:%S")}
    )


@never_cache
@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What the person has begun and not sent."""
    context = {"title": _("Drafts"), **drafts.rows_of(asker(request))}
    return render(request, "desks/drafts.html", context)


@login_required
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Throw a draft away; the list offers to put it back."""
    row = Draft.objects.filter(
        author=asker(request),
        form=request.POST.get("draft_form", ""),
        key=request.POST.get("draft_key", ""),
        ended_at__isnull=True,
    ).first()
    if row is not None:
        commands.drop(row, at=clock.now())
    return redirect("drafts")


@login_required
@require_POST
def put_back(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Undo: the draft waits again. Raises: Http404."""
    row = Draft.objects.filter(author=asker(request), pk=draft_id).first()
    if row is None or not row.body:
        raise Http404
    commands.put_back(row)
    return redirect(drafts.address_of(row))
