"""All that a look at a case needs, in one statement: a look is taken after every act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

SQL = """
SELECT
 (SELECT row_to_json(c) FROM (
    SELECT chain_seq, district_id, status, accepted_on, closed_on, archived_on, failed_on, aftercare_on,
      reopen_count, mediator_id, manager_id FROM casework_case WHERE id = %(case)s) c),
 (SELECT coalesce(json_agg(json_build_array(id, flow_task, flow_task_type, status, scheduled, owner_id,
      role, owner_permission) ORDER BY created, id), '[]')
    FROM mediation_task WHERE case_id = %(case)s AND is_open),
 (SELECT coalesce(json_agg(json_build_array(t.id, t.kind, t.due_at, t.task_id, d.rule)), '[]')
    FROM casework_timer t LEFT JOIN casework_deadline d ON d.id = t.deadline_id
    WHERE t.case_id = %(case)s AND t.state = 'PENDING'),
 (SELECT coalesce(json_agg(json_build_array(d.id, d.rule, d.due, d.start, o.due, o.start)), '[]')
    FROM casework_deadline d LEFT JOIN casework_deadline o ON o.id = d.supersedes_id
    WHERE d.case_id = %(case)s),
 (SELECT coalesce(json_agg(json_build_array(seq, at, kind) ORDER BY seq), '[]')
    FROM casework_event WHERE case_id = %(case)s AND seq > %(seq)s),
 (SELECT coalesce(json_agg(flow_class), '[]')
    FROM mediation_process WHERE case_id = %(case)s AND finished IS NULL),
 (SELECT count(*) FROM casework_session WHERE case_id = %(case)s AND state = 'PLANNED')
"""
TRACE = """
SELECT c.chain_seq, c.status,
 (SELECT string_agg(concat(id, status, owner_id, scheduled), ' ' ORDER BY id)
    FROM mediation_task WHERE case_id = c.id AND is_open),
 (SELECT string_agg(concat(id, due_at), ' ' ORDER BY id)
    FROM casework_timer WHERE case_id = c.id AND state = 'PENDING')
FROM casework_case c WHERE id = %s
"""


class OpenTask(NamedTuple):
    """An open task; `node` is its flow path."""

    pk: int
    node: str
    kind: str
    status: str
    scheduled: str | None
    owner_id: int | None
    role: str
    permission: str | None

    @property
    def name(self) -> str:
        return self.node.rpartition(".")[2]

    @property
    def flow(self) -> str:
        return self.node.split(".")[-2]


class Clock(NamedTuple):
    """A clock that waits."""

    pk: int
    kind: str
    due_at: datetime
    task_id: int | None
    rule: str | None


class Due(NamedTuple):
    """A deadline beside the one that it took the place of; days as ISO text."""

    pk: int
    rule: str
    due: str
    start: str
    old_due: str | None
    old_start: str | None


@dataclass(frozen=True)
class Snapshot:
    """A case as it stands, with the events after a place in its ledger."""

    case: dict[str, Any]
    tasks: list[OpenTask]
    clocks: list[Clock]
    deadlines: list[Due]
    events: list[tuple[int, datetime, str]]
    running: list[str]
    planned: int

    @property
    def human(self) -> list[OpenTask]:
        return [task for task in self.tasks if task.kind == "HUMAN"]

    @property
    def next_due(self) -> datetime | None:
        return min((each.due_at for each in self.clocks), default=None)

    @property
    def is_over(self) -> bool:
        """Nothing and nobody moves the case any more."""
        return not self.human and not self.clocks


def take(case_id: int, after: int) -> Snapshot:
    """Look at a case and at its ledger from a place on, under the present context."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"case": case_id, "seq": after})
        case, tasks, clocks, deadlines, events, running, planned = cursor.fetchone()
    return Snapshot(
        case,
        [OpenTask(*row) for row in tasks],
        [Clock(a, b, datetime.fromisoformat(at), d, e) for a, b, at, d, e in clocks],
        [Due(*row) for row in deadlines],
        [(seq, datetime.fromisoformat(at), kind) for seq, at, kind in events],
        [name.rpartition(".")[2] for name in running],
        planned,
    )


def trace(case_id: int) -> tuple[Any, ...]:
    """What an act that was carried out changes: a refused one leaves it as it was."""
    with connection.cursor() as cursor:
        cursor.execute(TRACE, [case_id])
        return tuple(cursor.fetchone())
