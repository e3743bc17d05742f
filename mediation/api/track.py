"""Tracking by code, for a worker's own program or the voice menu."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mediation.desks.worker import NO_MATCH, look_up, story_of
from mediation.engine.middleware import KEPT


class Track(APIView):
    """16-digit code and the last four digits of the phone: the stage, in plain words."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(request=OpenApiTypes.OBJECT, responses={200: OpenApiTypes.OBJECT})
    def post(self, request: Request) -> Response:
        """One answer for every failure."""
        data = request.data if isinstance(request.data, dict) else {}
        found = look_up(
            request, str(data.get("code", "")), str(data.get("phone_last_four", ""))
        )
        if found is None:
            refusal = Response({"status": 404, "detail": str(NO_MATCH)}, status=404)
            setattr(refusal, KEPT, True)  # else the failed guess would be rolled back with it
            return refusal
        return Response(story_of(found).as_data())
