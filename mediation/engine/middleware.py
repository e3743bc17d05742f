"""One transaction per request, opened here, with the row-level context set first."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from casework.access.context import as_person, nobody
from casework.queries.page_memory import read_once
from mediation.engine.errors import Conflict, NotFound, NotYours, is_conflict, is_unstorable
from mediation.engine.problem import problem

logger = logging.getLogger(__name__)

READS = ("GET", "HEAD")
KEPT = "outlives_refusal"  # set on a refusal whose rows must stay: a failed guess is counted


class OneTransaction:
    """Begin, set the context, call the view (rendering included), roll back on any status >= 400.

    It stands last, so that sessions and what must outlive a refusal are saved outside it. Conflicts
    become a 409 page, rendered in a fresh transaction after the roll-back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the request in its transaction."""
        request.conflict = None  # type: ignore[attr-defined]
        person = self._context(request)
        try:
            with transaction.atomic(), person:
                response = self._answer(request)
                if response.status_code >= 400 and not hasattr(response, KEPT):  # noqa: PLR2004
                    transaction.set_rollback(True)
        except DatabaseError as error:
            if not is_conflict(error):
                raise
            request.conflict = error  # type: ignore[attr-defined]
        if request.conflict is not None:  # type: ignore[attr-defined]
            return self._explain(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Keep what went wrong; the page is made after the roll-back."""
        if isinstance(error, (NotFound, NotYours)):
            raise Http404 from error
        if is_conflict(error):
            request.conflict = error  # type: ignore[attr-defined]
            return HttpResponse(status=409)
        if is_unstorable(error):
            raise BadRequest from error
        return None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """The view's answer; a page that only shows reads calendar and rules once."""
        if request.method not in READS:
            return self.get_response(request)
        with read_once():
            return self.get_response(request)

    @staticmethod
    def _context(request: HttpRequest) -> AbstractContextManager[None]:
        """Whose rows; a lock is waited for two seconds at most: then somebody else is working on this."""
        user = getattr(request, "rows_of", getattr(request, "user", None))
        last, wait = request.method in READS, settings.LOCK_TIMEOUT_MS
        if user is not None and user.is_authenticated:
            return as_person(user, last=last, lock_ms=wait)
        return nobody(last=last, lock_ms=wait)

    def _explain(self, request: HttpRequest) -> HttpResponse:
        error = request.conflict  # type: ignore[attr-defined]
        logger.info("conflict on %s: %s", request.path, type(error).__name__)
        words = str(error) if isinstance(error, Conflict) else str(Conflict())
        if request.path.startswith("/api/"):
            return problem(409, words)
        with transaction.atomic(), self._context(request):
            return render(request, "409.html", {"words": _(words)}, status=409)
