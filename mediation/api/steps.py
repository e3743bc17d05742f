"""Tasks and starts: list them, read their form as a schema, carry them out."""

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from casework import clock
from casework.access.context import acting
from casework.models import Case
from mediation.api.base import Endpoint, told
from mediation.api.schema import schema_of
from mediation.engine import run
from mediation.engine.asker import asker
from mediation.engine.registry import node_named, path_of, starts_for
from mediation.models import Task
from mediation.queries import work_of

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)
CREATED, OK = 201, 200


def task_row(task: Task) -> dict[str, Any]:
    """One task for a program."""
    return {
        "id": str(task.pk),
        "case": str(task.case_id),
        "step": path_of(task.flow_task),
        "title": str(task.flow_task.task_title),
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "mine": task.owner_id is not None,
    }


def done_row(done: run.Done) -> dict[str, Any]:
    """What came of a step."""
    return {
        "case": str(done.case.pk),
        "ticket_no": done.case.ticket_no,
        "number": done.case.number,
        "status": done.case.status,
        "process": str(done.process.pk),
        "open_tasks": [task_row(task) for task in done.open_tasks],
        **({"say_once": done.say_once} if done.say_once else {}),
    }


class Calls(Endpoint):
    """Record a call: the case begins."""

    @extend_schema(
        parameters=[KEY], request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT}
    )
    def post(self, request: Request) -> Response:
        """Carry out intake.record_call."""
        return self.once(request, lambda: (CREATED, done_row(run.start(
            node="intake.record_call", by=asker(request), data=told(request), at=clock.now()
        ))))  # fmt: skip


class Tasks(Endpoint):
    """The caller's open work."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """Open tasks by deadline."""
        return Response({"tasks": [task_row(task) for task in work_of(asker(request))]})


class OneTask(Endpoint):
    """One task: its form as a schema, and its completion."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, task_id: int) -> Response:
        """The task and the JSON Schema of what it needs."""
        task = run.find_task(task_id, asker(request))
        if not (task.is_open and run.may_do(task, asker(request))):
            raise Http404
        with acting(task.case_id, asker(request)):
            form = run.form_of(run.fresh(task.pk), asker(request), clock.now())
            schema = schema_of(form)
        return Response({**task_row(task), "form": schema})

    @extend_schema(
        parameters=[KEY], request=OpenApiTypes.OBJECT, responses={200: OpenApiTypes.OBJECT}
    )
    def post(self, request: Request, task_id: int) -> Response:
        """Complete it."""
        run.find_task(task_id, asker(request))
        return self.once(request, lambda: (OK, done_row(run.complete(
            task_id=task_id, by=asker(request), data=told(request), at=clock.now()
        ))))  # fmt: skip


class Starts(Endpoint):
    """What the caller may start on a case."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, case_id: int) -> Response:
        """The start steps that this person's roles hold."""
        case = Case.objects.filter(pk=case_id).first()
        if case is None:
            raise Http404
        return Response(
            {
                "starts": [
                    {"step": path_of(node), "title": str(node.task_title)}
                    for node in starts_for(asker(request), case)
                ]
            }
        )


class OneStart(Endpoint):
    """Start a flow on a case."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, case_id: int, node: str) -> Response:
        """The JSON Schema of what the start needs."""
        case = Case.objects.filter(pk=case_id).first()
        if case is None:
            raise Http404
        fitting = starts_for(asker(request), case)
        found = next((each for each in fitting if path_of(each) == node), None)
        if found is None:
            raise Http404
        form = found.form(by=asker(request), at=clock.now(), case=case)
        return Response({"step": node, "title": str(found.task_title), "form": schema_of(form)})

    @extend_schema(
        parameters=[KEY], request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT}
    )
    def post(self, request: Request, case_id: int, node: str) -> Response:
        """Carry it out."""
        try:
            node_named(node)
        except KeyError as error:
            raise Http404 from error
        return self.once(request, lambda: (CREATED, done_row(run.start(
            node=node, by=asker(request), data=told(request), at=clock.now(), case_id=case_id
        ))))  # fmt: skip
