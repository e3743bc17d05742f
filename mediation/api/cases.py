"""The file for programs: a case, its deadlines, its events, its papers; as the caller may see them."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from casework import clock
from casework.ids import as_id
from casework.models import Case, Deadline
from casework.queries.calendar import current
from casework.queries.timeline import timeline
from casework.rules.lights import light
from documents import issue
from documents.models import Paper
from mediation.api.base import Endpoint
from mediation.api.problems import CONFLICT
from mediation.engine.asker import asker
from mediation.engine.problem import problem

PAGE = 50


def case_of(case_id: int) -> Case:
    """A case that the caller may see. Raises: Http404 (not visible is not found)."""
    case = (
        Case.objects.select_related("district", "mediator", "manager")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Http404
    return case


def case_row(case: Case) -> dict[str, Any]:
    """The head of a case: no person's data."""
    return {
        "id": str(case.pk),
        "ticket_no": case.ticket_no,
        "number": case.number,
        "status": case.status,
        "classes": case.classes,
        "main_cause": case.main_cause,
        "district": case.district_id,
        "priority": case.priority,
        "group_size": case.group_size,
        "opened_at": case.opened_at.isoformat(),
        "received_on": case.received_on,
        "accepted_on": case.accepted_on,
        "closed_on": case.closed_on,
        "outcome": case.outcome,
    }


class Cases(Endpoint):
    """The caller's cases, newest first, in pages."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """A page; `next` is the cursor of the page after it."""
        rows = Case.objects.order_by("-id")
        if before := request.query_params.get("before"):
            rows = rows.filter(pk__lt=as_id(before))
        page = list(rows[: PAGE + 1])
        more = str(page[PAGE - 1].pk) if len(page) > PAGE else None
        return Response({"cases": [case_row(case) for case in page[:PAGE]], "next": more})


class OneCase(Endpoint):
    """One case with its parties and claims."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, case_id: int) -> Response:
        """The case; its ETag is the head of its ledger."""
        case = case_of(case_id)
        etag = f'"{bytes(case.chain_head).hex()}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304)
        parties = case.parties.select_related("person", "employer")
        body = {
            **case_row(case),
            "parties": [{"ref": each.ref, "side": each.side, "name": each.name, "capacity": each.capacity} for each in parties],
            "claims": [
                {
                    "code": claim.code, "item": claim.item, "outcome": claim.outcome,
                    "amount_yuan": _money(claim.amount_yuan), "agreed_yuan": _money(claim.agreed_yuan),
                }
                for claim in case.claims.all()
            ],
        }  # fmt: skip
        return Response(body, headers={"ETag": etag})


class Deadlines(Endpoint):
    """The explained deadlines of a case, with their lights."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, case_id: int) -> Response:
        """All of them, also closed and superseded ones."""
        case = case_of(case_id)
        return Response({"deadlines": [_deadline(row) for row in case.deadlines.all()]})


class Events(Endpoint):
    """The ledger of a case as the caller may read it."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, case_id: int) -> Response:
        """Oldest first; sealed entries only exist."""
        return Response(
            {"events": [_event(each) for each in timeline(case_of(case_id), asker(request))]}
        )


class Papers(Endpoint):
    """The papers of a case."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, case_id: int) -> Response:
        """Code, title, number, state and hash of each."""
        rows = Paper.objects.filter(case=case_of(case_id)).order_by("id")
        return Response({"papers": [_paper(row) for row in rows]})


class PaperBytes(Endpoint):
    """The bytes of one paper."""

    @extend_schema(
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            202: OpenApiTypes.OBJECT,
            409: OpenApiTypes.OBJECT,
        }
    )
    def get(self, request: Request, case_id: int, paper_id: int) -> HttpResponse:
        """The PDF as it was issued; 202 while it is being printed, 409 when it could not be."""
        paper = Paper.objects.filter(case=case_of(case_id), pk=paper_id).first()
        if paper is None:
            raise Http404
        try:
            return HttpResponse(issue.kept(paper), content_type="application/pdf")
        except issue.BeingPrinted:
            return Response(_paper(paper), status=202, headers={"Retry-After": "1"})
        except issue.PaperNotReady as refusal:
            return problem(CONFLICT, str(refusal), **_paper(paper))


def _money(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"


def _deadline(row: Deadline) -> dict[str, Any]:
    seen = light(
        row.due, clock.today(), current(), done_on=row.closed_on, paused=row.state == "PAUSED"
    )
    return {
        "id": str(row.pk), "rule": row.rule, "start": row.start, "start_event": row.start_event,
        "length": row.length, "unit": row.unit, "raw": row.raw, "due": row.due, "state": row.state,
        "provisional": row.provisional, "nature": row.nature, "article": row.article,
        "explanation": row.explanation, "light": seen.kind, "days": seen.days,
    }  # fmt: skip


def _event(each: Any) -> dict[str, Any]:
    return {
        "seq": each.seq, "kind": each.kind, "at": each.at.isoformat(), "by": each.by_name,
        "role": each.by_role, "sealed": each.sealed, "payload": each.payload,
    }  # fmt: skip


def _paper(row: Paper) -> dict[str, Any]:
    return {
        "id": str(row.pk), "code": row.code, "title": row.title, "number": row.number,
        "state": row.state, "sha256": row.sha256,
    }  # fmt: skip
