"""Errors as problem+json (RFC 9457), in words."""

from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException, NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import exception_handler

from casework.commands.base import CommandRefused
from mediation.engine.errors import Conflict, Invalid, NotFound, NotYours, is_conflict
from mediation.engine.problem import TYPE

NOT_FOUND, CONFLICT, UNPROCESSABLE = 404, 409, 422


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal of ours becomes a problem; unknown errors go on up."""
    if isinstance(error, (NotFound, NotYours, Http404)):
        return _answer(NOT_FOUND, str(NotFound.__doc__))
    if isinstance(error, Invalid):
        return _answer(
            UNPROCESSABLE,
            "Some fields cannot be used yet.",
            errors=error.form.errors.get_json_data(),
        )
    if isinstance(error, CommandRefused):
        return _answer(UNPROCESSABLE, str(error), field=getattr(error, "field", None))
    if is_conflict(error):
        return _answer(CONFLICT, str(error) if isinstance(error, Conflict) else str(Conflict()))
    answer = exception_handler(error, context)
    if answer is not None and isinstance(error, APIException):
        status = 401 if isinstance(error, NotAuthenticated) else answer.status_code
        more = {"errors": answer.data} if isinstance(answer.data, (dict, list)) else {}
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name in ("WWW-Authenticate", "Retry-After", "Allow")
        }
        return _answer(status, str(error.default_detail), headers=headers, **more)
    return answer


def _answer(
    status: int, detail: str, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    body = {
        "status": status,
        "detail": detail,
        **{key: value for key, value in more.items() if value is not None},
    }
    return Response(body, status=status, headers=headers, content_type=TYPE)
