"""A person's passkeys: made, listed and removed with the password; asked for at log-in beside the code."""

import ipaddress
import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casework import clock
from casework.access.doorway import needs_second_factor
from casework.commands import passkeys, second_factor
from casework.commands.base import CommandRefused
from casework.ids import as_id
from casework.models import User
from mediation.engine.asker import asker
from mediation.forms.passkeys import NewKeyForm, OwnForm

MAKING = "passkey_making"
UNPROCESSABLE = 422
LONGEST = 20_000


class PasswordDiffers(CommandRefused):
    """The present password does not fit."""


def place_of(request: HttpRequest) -> dict[str, str]:
    """For which host a key is, and the whole address that the browser must report."""
    host = request.get_host()
    return {"host": host.rsplit(":", 1)[0], "origin": f"{request.scheme}://{host}"}


def possible(request: HttpRequest) -> bool:
    """Browsers know keys only for a host with a name, over https (or on this machine)."""
    host = place_of(request)["host"]
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def answer_of(request: HttpRequest) -> dict[str, Any]:
    """What the key answered, as the page sent it; empty when it is nothing that can be read."""
    try:
        found = json.loads(request.POST.get("answer", "")[:LONGEST])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@sensitive_post_parameters("password")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """List, ask to make, keep, remove; new recovery codes."""
    user, act = asker(request), request.POST.get("act", "")
    if request.method == "GET":
        return _page(request, user)
    if act == "keep":
        return _keep(request, user)
    form = NewKeyForm(request.POST) if act == "make" else OwnForm(request.POST, auto_id=False)
    if form.is_valid():
        try:
            return _with_password(request, user, act, form.cleaned_data)
        except CommandRefused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    return _page(request, user, form)


def _with_password(
    request: HttpRequest, user: User, act: str, data: dict[str, Any]
) -> HttpResponse:
    """Make, renew, remove: whoever sits here knows the password. Raises: PasswordDiffers, and those of each act."""
    if not user.check_password(data["password"]):
        raise PasswordDiffers(field="password")
    if act == "make":
        return _ask(request, user, data["name"])
    if act == "codes" and user.has_second_factor:
        codes = second_factor.renew_codes(user, at=clock.now())
        return render(request, "account/recovery.html", {"codes": codes})
    key = as_id(request.POST.get("key", ""))
    passkeys.remove(user, key, must=needs_second_factor(user), at=clock.now())
    messages.success(request, _("The key is removed."))
    return redirect("account-keys")


def _ask(request: HttpRequest, user: User, name: str) -> HttpResponse:
    """The password fits: the browser may make a key. Raises: TooManyKeys."""
    options, state = passkeys.ask_to_make(user, **place_of(request))
    request.session[MAKING] = {"state": state, "name": name}
    return _page(request, user, options=options)


def _keep(request: HttpRequest, user: User) -> HttpResponse:
    making = request.session.pop(MAKING, None)
    form = NewKeyForm()
    try:
        if making is None:
            raise passkeys.KeyDoesNotFit
        codes = passkeys.keep(
            user, answer_of(request), making["state"], name=making["name"], at=clock.now(),
            **place_of(request),
        )  # fmt: skip
    except CommandRefused as error:
        form = NewKeyForm({"name": making["name"] if making else ""})
        form.errors.clear()
        form.add_error(None, str(error))
        return _page(request, user, form)
    if codes:
        return render(request, "account/recovery.html", {"codes": codes})
    messages.success(request, _("The key is kept: log-in takes it from now on."))
    return redirect("account-keys")


def _page(
    request: HttpRequest, user: User, form: Any = None, options: dict[str, Any] | None = None
) -> HttpResponse:
    failed = form is not None and bool(form.errors)
    context = {
        "keys": passkeys.keys_of(user), "form": form or NewKeyForm(), "possible": possible(request),
        "make": form if isinstance(form, NewKeyForm) else NewKeyForm(),
        "options": json.dumps(options) if options else "", "second": user.has_second_factor,
        "left": second_factor.left(user), "must": needs_second_factor(user) and not user.has_second_factor,
    }  # fmt: skip
    return render(
        request, "account/keys.html", context, status=UNPROCESSABLE if failed else 200
    )
