"""The exchange between systems: events in, and our list of referrals for comparing."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from casework import clock
from casework.access.context import system
from casework.exchange import inbox
from casework.exchange.envelope import NotAnEvent
from mediation.api.partner import Partner, feed
from mediation.api.signed import PeerEndpoint, peer_asking
from mediation.exchange import jobs, reconcile

ACCEPTED = 202
SIGNED = [
    OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True, description=words)
    for name, words in (
        ("Wufang-Key", "name of the shared key"),
        ("Wufang-Time", "Unix seconds, at most 300 from ours"),
        ("Wufang-Nonce", "16 to 64 characters of A-Z a-z 0-9 _ -, never used before"),
        (
            "Wufang-Signature",
            "hex HMAC-SHA256 over the six lines of docs/reference/exchange.md",
        ),
    )
]
OFFERED = OpenApiExample(
    "an offer", request_only=True,
    value={
        "specversion": "1.0", "id": "1187340117001", "source": "urn:wufang:court-cq",
        "type": "cn.wufang.referral.offered.v1", "subject": "court-cq/2026-0417",
        "time": "2026-03-02T01:00:00Z", "sequence": "00000001",
        "datacontenttype": "application/json",
        "data": {
            "number": "（2026）诉前调0417号", "matter": "COURT_MEDIATION", "procedure": "APPOINTED",
            "district": "两江新区", "sent_on": "2026-03-02", "asked": "委派调解",
            "pack": {"number": 1, "sha256": "9f86d0…", "fields": {
                "names": ["邹世海"], "phone": "13800005511", "facts": "三个月工资没有发。",
                "employer": [{"name": "岚桥机电"}], "claims": [{"item": "工资", "yuan": "18000.00"}],
            }},
        },
    },
)  # fmt: skip


class NotUsable(APIException):
    """What came is no event that this installation could ever take."""

    status_code = 422


class Events(PeerEndpoint):
    """Events of another system about referrals, one a request."""

    @extend_schema(
        parameters=SIGNED,
        request={"application/cloudevents+json": OpenApiTypes.OBJECT},
        responses={202: OpenApiTypes.OBJECT},
        examples=[OFFERED],
    )
    def post(self, request: Request) -> Response:
        """Keep the event, apply it in its turn; the same id again is answered in the same way."""
        peer, at = peer_asking(request), clock.now()
        try:
            with system("exchange"):
                row, fresh = inbox.keep(peer, request._request.body, at=at)
                if fresh:
                    jobs.defer_apply(row.strand_id)
        except (NotAnEvent, inbox.NotTheirs, inbox.PlaceTaken) as error:
            raise NotUsable(str(error)) from error
        return Response(
            {"received": row.event_id, "sha256": row.sha256, "known": not fresh},
            status=ACCEPTED,
        )


class Feed(Partner):
    """Events for an agency that fetches them."""

    @extend_schema(
        parameters=[
            OpenApiParameter("after", str, description="id of the last event that was kept")
        ],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        """The next 100 events after `after`; what lies before it counts as delivered."""
        peer, after = peer_asking(request), request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 20):  # noqa: PLR2004
            raise ValidationError({"after": ["The id of an event."]})
        with system("exchange"):
            return Response({"events": feed(peer, int(after))})


class Listing(PeerEndpoint):
    """What this installation holds of its exchange with the one who asks, for comparing."""

    @extend_schema(
        parameters=[
            *SIGNED,
            OpenApiParameter("after", str, description="subject to go on after"),
        ],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        """A page of 500: subject, state, how many events said and heard, hash; `next` goes on."""
        peer = peer_asking(request)
        with system("exchange"):
            after = request.query_params.get("after", "")[:80]
            return Response(reconcile.page_of(peer, after, at=clock.now()))
