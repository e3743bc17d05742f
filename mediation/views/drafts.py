"""Half-typed text, kept on the server for its author; nothing stays in a shared desk's browser."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from casework import clock
from casework.access.context import acting
from casework.models import Draft
from mediation.engine.asker import asker

MOST = 20_000


@login_required
@require_POST
def save(request: HttpRequest, form: str) -> JsonResponse:
    """Save what is typed; answers when it was saved."""
    names = [name for name in request.POST if name not in ("csrfmiddlewaretoken", "draft_key")]
    fields = {name: request.POST.getlist(name) for name in names}
    if sum(len(value) for values in fields.values() for value in values) > MOST:
        return JsonResponse({"detail": "too long"}, status=413)
    at = clock.now()
    with acting(0, asker(request)):
        Draft.objects.update_or_create(
            author=asker(request), form=form[:60], key=request.POST.get("draft_key", "")[:60],
            defaults={"fields": fields, "saved_at": at},
        )  # fmt: skip
    return JsonResponse({"saved_at": at.astimezone(clock.SHANGHAI).strftime("%H:%M:%S")})
