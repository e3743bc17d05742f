"""Behind a worker's two numbers and the one-time code: what was opened, and the frame of the pages there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from casework.models import Side
from casework.tracking import Tracked
from mediation.views import codes
from mediation.views.codes import Entrance

View = Callable[..., HttpResponseBase]

TRACK = Entrance(
    side=Side.WORKER, key="tracked", subject="track", template="track/code.html", asks="track",
    opens="track-status", confirms="track-confirm", resumes="track-say", inside="track-status", back="track-status", alone=False,
)  # fmt: skip
OPENED, CONFIRMED = TRACK.key, TRACK.confirmed


def opened(request: HttpRequest) -> Tracked | None:
    """Whose matter this session has opened, if any."""
    return codes.opened(request, TRACK)


def after_code(view: View) -> View:
    """Only after both numbers and the one-time code; else back to what is still missing."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found, confirmed = opened(request), request.session.get(CONFIRMED)
        if not (found and confirmed) and codes.would_lose(request):
            return codes.ask_again(request, TRACK)
        if found is None:
            return redirect("track")
        if not confirmed:
            return redirect("track-confirm")
        return view(request, found, *args, **kwargs)

    return guarded


def frame() -> dict[str, str]:
    """What every page there has: the way back and the quick way out."""
    return {"status_url": reverse("track-status"), "leave_url": reverse("track-leave")}
