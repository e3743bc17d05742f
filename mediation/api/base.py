"""What every endpoint shares: the person's context, and answers remembered under a key."""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework import clock
from casework.access.context import as_person
from casework.models import RememberedAnswer, User
from mediation.engine.asker import asker

MOST_KEY = 80


class KeyReused(APIException):
    """This idempotency key was used for another request."""

    status_code = 422
    default_detail = "This idempotency key was used for another request."


def told(request: Request) -> dict[str, Any]:
    """The object that a program sent. Raises: ValidationError, for a list or a bare value."""
    if not isinstance(request.data, Mapping):
        raise ValidationError({"body": [_("Send one JSON object.")]})
    return dict(request.data)


class Endpoint(APIView):
    """An endpoint under the caller's own row-level context (a token is known only after log-in)."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Roll back on a refusal; the answer is rendered inside the transaction."""
        with transaction.atomic(), ExitStack() as self._contexts:
            answer = super().dispatch(request, *args, **kwargs)
            if answer.status_code >= 400:  # noqa: PLR2004
                transaction.set_rollback(True)
        return answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After log-in, before the endpoint: see what this person may see."""
        super().initial(request, *args, **kwargs)
        if isinstance(request.user, User):
            self._contexts.enter_context(as_person(request.user))

    def once(self, request: Request, act: Callable[[], tuple[int, dict[str, Any]]]) -> Response:
        """Do an unsafe act once per Idempotency-Key; say the same again when asked again."""
        key = request.headers.get("Idempotency-Key", "")
        if not key or len(key) > MOST_KEY:
            raise ValidationError(
                {
                    "Idempotency-Key": [
                        _("Send a header Idempotency-Key of at most 80 characters.")
                    ]
                }
            )
        digest = hashlib.sha256(
            json.dumps(request.data, sort_keys=True, default=str).encode()
        ).hexdigest()
        row, fresh = RememberedAnswer.objects.select_for_update().get_or_create(
            user=asker(request), route=request.path, key=key,
            defaults={"body_sha256": digest, "status": 0, "at": clock.now()},
        )  # fmt: skip
        if not fresh:
            if row.body_sha256 != digest:
                raise KeyReused
            return Response(row.answer, status=row.status)
        row.status, row.answer = act()
        row.save()
        return Response(row.answer, status=row.status)
