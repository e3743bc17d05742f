"""For agencies that pull: their own referrals with pack and papers, their answers, the matters they send."""

import json
from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from casework import clock
from casework.access.context import as_peer, system
from casework.exchange.envelope import FROM_RECEIVER, Said, our_node
from casework.exchange.outbox import pack_of
from casework.ids import as_id
from casework.models import Deadline, Inbound, Outgoing, OutState, Pack, Peer, Referral
from documents import storage
from documents.issue import content
from documents.models import Paper
from mediation.api.base import told
from mediation.api.signed import PeerEndpoint, SignedAuthentication, peer_asking
from mediation.api.steps import KEY
from mediation.api.tokens import TokenAuthentication
from mediation.engine import run
from mediation.exchange.applying import answer_by_machine

PAGE, FEED = 50, 100
OK, CREATED = 200, 201
ANSWER_EXAMPLES = [
    OpenApiExample(name, request_only=True, value={"kind": kind, **data})
    for name, kind, data in (
        ("sign for it", "signed", {}),
        ("take it", "accepted", {"own_number": "渝人社监〔2026〕7号", "handler": "罗启明", "expected_on": "2026-05-01"}),
        ("material is missing (once, in full)", "returned", {"missing": ["劳动合同", "工资流水"]}),
        ("not ours", "declined", {"reason_code": "NO_JURISDICTION", "reason": "用人单位不在本区"}),
        ("another office's", "redirected", {"matter": "ARBITRATION", "reason": "属劳动争议仲裁"}),
        ("progress", "progressed", {"words": "已立案调查", "on": "2026-03-10"}),
        ("result", "result", {"result": "PAID", "words": "已责令支付并到账", "on": "2026-04-20"}),
    )
]  # fmt: skip
MATTER_EXAMPLE = OpenApiExample(
    "a court sends a matter", request_only=True,
    value={
        "agency": "COURT", "number": "（2026）诉前调417号", "matter": "COURT_MEDIATION", "procedure": "APPOINTED",
        "sent_on": "2026-03-02", "district": "两江新区", "facts": "三个月工资没有发。",
        "names": [{"name": "邹世海", "phone": "13800005511"}], "employers": [{"name": "岚桥机电"}],
        "claims": [{"item": "拖欠工资", "amount_yuan": "18000.00"}],
    },
)  # fmt: skip


class Partner(PeerEndpoint):
    """An endpoint for the system of an agency, by token or by signature."""

    authentication_classes: list[Any] = [SignedAuthentication, TokenAuthentication]


def referral_row(row: Referral, due: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    """One referral as the receiving agency may list it."""
    return {
        "id": str(row.pk), "subject": f"{our_node()}/{row.pk}", "number": row.number,
        "matter": row.matter, "office": row.office.name, "asked": row.asked, "state": row.state,
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
        "own_number": row.own_number, "result": row.result, "deadlines": due.get(row.pk, []),
    }  # fmt: skip


def deadlines_of(rows: list[Referral]) -> dict[int, list[dict[str, Any]]]:
    """The running deadlines of referrals, by referral."""
    found: dict[int, list[dict[str, Any]]] = {}
    for each in Deadline.objects.filter(referral__in=rows, state="OPEN").order_by("due"):
        found.setdefault(each.referral_id or 0, []).append({"rule": each.rule, "due": each.due})
    return found


def referral_of(referral_id: int) -> Referral:
    """A referral as the peer of the context may see it. Raises: Http404."""
    row = Referral.objects.select_related("office").filter(pk=referral_id).first()
    if row is None:
        raise Http404
    return row


class Referrals(Partner):
    """The agency's own referrals."""

    @extend_schema(
        parameters=[
            OpenApiParameter("open", bool, description="only those that have not ended"),
            OpenApiParameter("before", str, description="cursor of the page after"),
        ],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        """Newest first, 50 a page; `next` is the cursor of the page after it."""
        with as_peer(peer_asking(request).agency_id):
            rows = Referral.objects.select_related("office").order_by("-id")
            if request.query_params.get("open") in ("1", "true"):
                rows = rows.filter(ended_at__isnull=True)
            if before := request.query_params.get("before"):
                rows = rows.filter(pk__lt=as_id(before))
            page = list(rows[: PAGE + 1])
            due = deadlines_of(page[:PAGE])
            told_rows = [referral_row(row, due) for row in page[:PAGE]]
        more = str(page[PAGE - 1].pk) if len(page) > PAGE else None
        return Response({"referrals": told_rows, "next": more})


class OneReferral(Partner):
    """One referral with its newest pack that has not expired."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, referral_id: int) -> Response:
        """Head, pack (null when it has expired), and its papers with their hashes."""
        with as_peer(peer_asking(request).agency_id):
            row = referral_of(referral_id)
            pack = Pack.objects.filter(referral=row).order_by("-number").first()
            papers = (
                Paper.objects.filter(pk__in=pack.paper_ids) if pack else Paper.objects.none()
            )
            body = {
                **referral_row(row, deadlines_of([row])),
                "missing": row.missing,
                "pack": pack_of(pack) if pack else None,
                "papers": [
                    {"id": str(each.pk), "code": each.code, "title": each.title, "number": each.number,
                     "sha256": each.sha256, "state": each.state}
                    for each in papers.order_by("id")
                ],
            }  # fmt: skip
        return Response(body)


class ReferralPaper(Partner):
    """The bytes of a paper of a pack."""

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, referral_id: int, paper_id: int) -> HttpResponse:
        """The PDF as it was issued."""
        with as_peer(peer_asking(request).agency_id):
            packs = Pack.objects.filter(referral=referral_of(referral_id))
            known = {number for pack in packs for number in pack.paper_ids}
            paper = Paper.objects.filter(pk=paper_id).first() if paper_id in known else None
            if paper is None:
                raise Http404
            return HttpResponse(content(paper), content_type="application/pdf")


class ReferralFile(Partner):
    """The bytes of a worker's file of a pack."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, referral_id: int, file_id: int) -> HttpResponse:
        """The file as it was cleaned; its SHA-256 stands in the pack."""
        with as_peer(peer_asking(request).agency_id):
            for pack in Pack.objects.filter(referral=referral_of(referral_id)):
                for each in pack.fields.get("files", []):
                    if each["id"] == str(file_id):
                        return HttpResponse(
                            storage.read(each["sha256"]), content_type=each["media_type"]
                        )
            raise Http404


class Answers(Partner):
    """What the agency says about a referral of its own."""

    @extend_schema(
        parameters=[KEY], request=OpenApiTypes.OBJECT, responses={200: OpenApiTypes.OBJECT},
        examples=ANSWER_EXAMPLES,
    )  # fmt: skip
    def post(self, request: Request, referral_id: int) -> Response:
        """Sign, accept, return, decline, redirect, progress or result: the step of the liaison."""
        peer, data = peer_asking(request), told(request)
        kind = str(data.pop("kind", ""))
        if kind not in FROM_RECEIVER:
            raise ValidationError({"kind": [f"One of: {', '.join(FROM_RECEIVER)}."]})
        with as_peer(peer.agency_id):
            row = referral_of(referral_id)

        def act() -> tuple[int, dict[str, Any]]:
            at = clock.now()
            said = Said(peer.node, "", "", 1, kind, at, data)
            with system("exchange"):
                answer_by_machine(row, peer, said, at)
                fresh = Referral.objects.get(pk=row.pk)
                return OK, {"id": str(fresh.pk), "state": fresh.state}

        return self.once(request, act)


class Matters(Partner):
    """Matters that the agency sends to the union."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """Where each stands, newest first; the result when there is one."""
        with as_peer(peer_asking(request).agency_id):
            rows = Inbound.objects.order_by("-id")[:PAGE]
            return Response({"matters": [_matter(row) for row in rows]})

    @extend_schema(
        parameters=[KEY], request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT},
        examples=[MATTER_EXAMPLE],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Register a matter under the agency's own number: it becomes a case."""
        peer, data = peer_asking(request), told(request)

        def act() -> tuple[int, dict[str, Any]]:
            done = run.start(node="inbound.register", by=peer.user, data=data, at=clock.now())
            with system("exchange"):
                row = Inbound.objects.get(case_id=done.case.pk)
                return CREATED, {**_matter(row), "ticket_no": done.case.ticket_no}

        return self.once(request, act)


def _matter(row: Inbound) -> dict[str, Any]:
    return {
        "id": str(row.pk), "number": row.number, "matter": row.matter, "procedure": row.procedure,
        "state": row.state, "handler": row.handler, "missing": row.missing,
        "expected_on": row.expected_on.isoformat() if row.expected_on else None,
        "reason_code": row.reason_code, "reason": row.reason, "result": row.result,
        "words": row.result_text,
    }  # fmt: skip


def feed(peer: Peer, after: int) -> list[dict[str, Any]]:
    """Events for a peer that fetches them: what it has asked beyond counts as delivered.

    Call in a context of the system's.
    """
    rows = Outgoing.objects.filter(peer=peer)
    at = clock.now()
    rows.filter(pk__lte=after, state=OutState.WAITING).update(
        state=OutState.DELIVERED, delivered_at=at
    )
    Peer.objects.filter(pk=peer.pk).update(delivered_at=at, heard_at=at)
    return [json.loads(row.body) for row in rows.filter(pk__gt=after).order_by("id")[:FEED]]
