"""The frame of every staff page: menu, person, search. Nothing is asked until a page prints it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mediation.desks import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` is lazy, so error pages work while the database does not."""
    return {"frame": SimpleLazyObject(lambda: menu.frame_of(request))}
