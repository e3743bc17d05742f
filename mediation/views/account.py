"""Log in and out, for staff and liaisons. Workers have no account: they have a code."""

from django.conf import settings
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from casework.models import User
from mediation.desks.words import role_words
from mediation.views.doorway import half_way
from mediation.views.drafts import take_up


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password. A failure answers 200: it must be remembered, not rolled back."""
    if request.user.is_authenticated:
        return redirect("home")
    form = AuthenticationForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        if user.has_second_factor:
            return half_way(request, user, _next(request), request.POST.get("held", ""))
        begin_session(request, user)
        return redirect(take_up(request.POST.get("held", ""), user) or _next(request))
    wanted = request.POST.get("next", request.GET.get("next", ""))
    return ask(request, form, wanted=wanted, held=request.POST.get("held", ""))


def ask(
    request: HttpRequest,
    form: AuthenticationForm | None = None,
    *,
    wanted: str = "",
    held: str = "",
) -> HttpResponse:
    """The page that asks; `held` is the text of a form that came after the session had ended."""
    context = {
        "form": form or AuthenticationForm(request), "next": wanted, "held": held, "demo": _demo(),
    }  # fmt: skip
    return render(request, "account/login.html", context)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    fits = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if fits else "home"


def _demo() -> list[dict[str, str]]:
    """The user names of the demo (never passwords); nothing in a real house."""
    if not settings.WUFANG_DEMO:
        return []
    rows = User.objects.filter(is_active=True).order_by("id")
    return [
        {"name": user.username, "role": f"{user.display_name} {role_words(user)}"}
        for user in rows
    ]


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session and clear what the browser kept."""
    end_session(request)
    answer = redirect("login")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
