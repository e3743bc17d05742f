"""Looking as another person: their menu and pages, read-only, in the audit; never their cases.

Who administers sees no case (the matrix keeps administration and case work apart), so the rows are
those of the administrator: none. It answers "which pages does this person have", not "what is in them".
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework import clock
from casework.commands.people_of_house import noted
from casework.models import HouseActKind, User
from mediation.engine.asker import asker

AS = "looking_as"
MANAGE = "casework.manage_users"
STOP = "/house/look/stop/"


class Looking:
    """Puts the other person before the page, keeps the rows of the one who looks, refuses every act."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A request that looks as somebody else may only read."""
        admin, other = request.user, request.session.get(AS)
        if not other or not isinstance(admin, User) or request.path == STOP:
            return self.get_response(request)
        found = User.objects.filter(pk=other, is_active=True).first()
        if found is None or not admin.has_perm(MANAGE):
            del request.session[AS]
            return self.get_response(request)
        if request.method not in ("GET", "HEAD") and not request.path.startswith("/i18n/"):
            return render(request, "house/only_looking.html", {"other": found}, status=403)
        request.user, request.rows_of, request.looking = found, admin, found  # type: ignore[attr-defined]
        return self.get_response(request)


def begin_looking(request: HttpRequest, user: User) -> HttpResponse:
    """Begin, with a row in the audit."""
    if user.pk == asker(request).pk or not user.is_active:
        messages.error(request, _("You can look as another active person only."))
        return redirect("house-person", user.pk)
    request.session[AS] = user.pk
    noted(HouseActKind.VIEW_BEGUN, by=asker(request), at=clock.now(), about=user.username)
    return redirect("home")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Stop, with a row in the audit."""
    other = request.session.pop(AS, None)
    user = User.objects.filter(pk=other).first() if other else None
    if user is None:
        return redirect("home")
    noted(HouseActKind.VIEW_ENDED, by=asker(request), at=clock.now(), about=user.username)
    return redirect("house-person", user.pk)
