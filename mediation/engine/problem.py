"""An error as problem+json (RFC 9457)."""

from typing import Any

from django.http import JsonResponse

TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """A problem as an answer outside DRF: `status` (HTTP), `detail` in words, further members."""
    return JsonResponse(
        {"status": status, "detail": detail, **more}, status=status, content_type=TYPE
    )
