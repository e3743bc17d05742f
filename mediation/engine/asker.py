"""Who asks: behind a log-in it is always a person of the house or of an agency."""

from django.http import HttpRequest
from rest_framework.request import Request

from casework.models import User
from mediation.engine.errors import NotYours


def asker(request: HttpRequest | Request) -> User:
    """The person who asks. Raises: NotYours, for nobody."""
    if not isinstance(request.user, User):
        raise NotYours
    return request.user
