"""Between the password and the desk: a starting password is changed, a second factor is asked for and set up."""

import json
import time
from collections.abc import Callable

import segno
from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casework import clock
from casework.access.backend import address_of, delay_of, failures_of
from casework.access.doorway import needs_second_factor
from casework.commands import passkeys, people_of_house, second_factor
from casework.commands.base import CommandRefused
from casework.models import Attempt, User
from mediation.engine.asker import asker
from mediation.forms.house import CodeForm, OwnPasswordForm
from mediation.views.drafts import take_up
from mediation.views.passkeys import answer_of, place_of, possible

HALF = "half_way"  # the person whose password was right, until the code is
SECRET = "second_secret"  # noqa: S105 - a name in the session
OPEN = (
    "/account/",
    "/logout/",
    "/i18n/",
    "/static/",
    "/login/",
    "/track/",
    "/calculators/",
    "/paper/",
)


class Doorway:
    """Nobody passes with a starting password, nor without a second factor where the role needs one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send to the page that is missing, once somebody is logged in."""
        user = request.user
        if isinstance(user, User) and not request.path.startswith(OPEN):
            if user.must_change_password:
                return _stop(request, "account-password")
            if needs_second_factor(user) and not user.has_second_factor:
                return _stop(request, "account-second")
        return self.get_response(request)


def _stop(request: HttpRequest, name: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return HttpResponse(status=403)
    return redirect(name)


def half_way(request: HttpRequest, user: User, wanted: str, held: str) -> HttpResponse:
    """The password fits; the code is still to come."""
    request.session.cycle_key()
    request.session[HALF] = {"user": user.pk, "next": wanted, "held": held}
    return redirect("login-code")


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor; slower after failures, never locked."""
    half = request.session.get(HALF)
    user = User.objects.filter(pk=half["user"], is_active=True).first() if half else None
    if half is None or user is None:
        return redirect("login")
    by_key = "answer" in request.POST
    form = CodeForm(None if by_key else request.POST or None)
    if request.method == "POST" and (by_key or form.is_valid()):
        if (
            _key_opens(request, user)
            if by_key
            else _passes(request, user, form.cleaned_data["code"])
        ):
            del request.session[HALF]
            begin_session(request, user, backend="casework.access.backend.RoleBackend")
            return redirect(take_up(half["held"], user) or half["next"] or "home")
        form = form if form.is_bound else CodeForm({})
        form.errors.clear()
        refused = passkeys.KeyDoesNotFit if by_key else second_factor.CodeDoesNotFit
        form.add_error("code", str(refused()))
    return render(
        request, "account/code.html", {"form": form, "options": _ask_key(request, user)}
    )


def _ask_key(request: HttpRequest, user: User) -> str:
    """What the browser asks the person's key, as JSON; nothing when there is no key or no way to ask it."""
    if not possible(request) or not passkeys.keys_of(user):
        return ""
    options, state = passkeys.ask_to_open(user, **place_of(request))
    request.session[HALF] = {**request.session[HALF], "key": state}
    return json.dumps(options)


def _key_opens(request: HttpRequest, user: User) -> bool:
    """Each question is asked once: an answer that was seen on the way opens nothing."""
    state = request.session[HALF].get("key")
    request.session[HALF] = {**request.session[HALF], "key": None}
    if state is None:
        return False
    answer, place = answer_of(request), place_of(request)
    return _tried(
        request, user, lambda: passkeys.opens(user, answer, state, at=clock.now(), **place)
    )


def _passes(request: HttpRequest, user: User, typed: str) -> bool:
    return _tried(request, user, lambda: second_factor.passes(user, typed, at=clock.now()))


def _tried(request: HttpRequest, user: User, fits: Callable[[], bool]) -> bool:
    """Whether a code or a key fits; a failure makes the next try slower."""
    buckets = [f"second:{user.pk}", f"second-from:{address_of(request)}"]
    time.sleep(delay_of(max(failures_of(bucket) for bucket in buckets)))
    if fits():
        return True
    Attempt.objects.bulk_create([Attempt(bucket=bucket, at=clock.now()) for bucket in buckets])
    return False


@sensitive_post_parameters("old", "new", "again")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """The person's own new password."""
    user, form = asker(request), OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            people_of_house.change_password(
                user, old=data["old"], new=data["new"], at=clock.now()
            )
        except CommandRefused as error:
            form.add_error(error.field, str(error))
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed."))
            return redirect("home")
    context = {"form": form, "must": user.must_change_password}
    return render(request, "account/password.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Set up the second factor, look how many recovery codes are left, make new ones, remove it."""
    user = asker(request)
    if user.second_secret:
        return _manage(request, user)
    secret = request.session.setdefault(SECRET, second_factor.fresh_secret())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.set_up(
                user, secret=secret, code=form.cleaned_data["code"], at=clock.now()
            )
        except CommandRefused as error:
            form.add_error("code", str(error))
        else:
            del request.session[SECRET]
            return render(request, "account/recovery.html", {"codes": codes})
    context = {
        "form": form, "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": segno.make(second_factor.address_of(user, secret)).svg_data_uri(scale=5, border=2),
        "must": needs_second_factor(user),
    }  # fmt: skip
    return render(request, "account/second.html", context, status=422 if form.errors else 200)


def _manage(request: HttpRequest, user: User) -> HttpResponse:
    """Both acts ask for a code again: an unwatched desk must not lose its lock."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _passes(request, user, form.cleaned_data["code"]):
            form.add_error("code", str(second_factor.CodeDoesNotFit()))
        elif "renew" in request.POST:
            codes = second_factor.renew_codes(user, at=clock.now())
            return render(request, "account/recovery.html", {"codes": codes})
        else:
            second_factor.remove(user, by=user, at=clock.now())
            messages.success(request, _("Log-in asks for the password only from now on."))
            return redirect("home")
    context = {
        "form": form,
        "left": second_factor.left(user),
        "must": needs_second_factor(user),
    }
    return render(request, "account/second_kept.html", context)
