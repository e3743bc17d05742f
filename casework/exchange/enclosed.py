"""What a pack from another system encloses: expected by name and hash before any byte is fetched."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.models import Enclosed, EnclosedKind, EnclosedState, Inbound, Strand
from casework.models import ReferralState as State

MOST = 200
NUMBER = re.compile(r"[A-Za-z0-9_-]{1,40}")
HASH = re.compile(r"[0-9a-f]{64}")
AGAIN = (EnclosedState.GONE, EnclosedState.DEAD)
CLOSED = (State.WITHDRAWN, State.LAPSED, State.DECLINED, State.REDIRECTED)


@dataclass(frozen=True, slots=True)
class Named:
    """One enclosure as the pack names it; a paper's hash is told when it has been printed."""

    kind: EnclosedKind
    number: str
    title: str
    promised: str


def named_in(pack: Any) -> Iterator[Named]:
    """The papers and files that a pack names; what has no usable id cannot be asked for."""
    told = pack if isinstance(pack, Mapping) else {}
    fields = told.get("fields")
    files = fields.get("files") if isinstance(fields, Mapping) else None
    for kind, rows, title in (
        (EnclosedKind.PAPER, told.get("papers"), "title"), (EnclosedKind.FILE, files, "name"),
    ):  # fmt: skip
        for row in rows[:MOST] if isinstance(rows, list) else []:
            if isinstance(row, Mapping) and NUMBER.fullmatch(str(row.get("id", ""))):
                digest = str(row.get("sha256", ""))
                promised = digest if HASH.fullmatch(digest) else ""
                yield Named(kind, str(row["id"]), str(row.get(title) or "")[:80], promised)


def expect(strand: Strand, pack: Any, *, at: datetime) -> int:
    """Expect what a pack encloses, each once a strand; returns how many are to be fetched.

    What a new pack names again is asked for again if it had not come. Call under the case's lock.
    """
    inbound = strand.inbound
    if inbound is None or not strand.peer.base_url:
        return 0
    known = {(row.kind, row.number): row for row in Enclosed.objects.filter(strand=strand)}
    count = 0
    for each in named_in(pack):
        row = known.get((each.kind, each.number))
        if row is None:
            row = _expected(strand, inbound, each, at)
            known[each.kind, each.number] = row
        elif row.state in AGAIN:
            ask_again(row, at=at)
        count += row.state == EnclosedState.WAITING
    return count


def _expected(strand: Strand, inbound: Inbound, named: Named, at: datetime) -> Enclosed:
    """A file is named with its hash; one without is refused before it is fetched."""
    bare = named.kind == EnclosedKind.FILE and not named.promised
    return Enclosed.objects.create(
        strand=strand, inbound=inbound, case_id=inbound.case_id, kind=named.kind,
        number=named.number, title=named.title, promised=named.promised, waiting_since=at, next_at=at,
        state=EnclosedState.REFUSED if bare else EnclosedState.WAITING,
        problem="named without its hash" if bare else "",
    )  # fmt: skip


def ask_again(row: Enclosed, *, at: datetime) -> None:
    """Fetch it from now on, whatever was before; what was promised is asked anew for a paper."""
    row.state, row.waiting_since, row.next_at = EnclosedState.WAITING, at, at
    row.problem = ""
    if row.kind == EnclosedKind.PAPER:
        row.promised = ""
    row.save(update_fields=["state", "waiting_since", "next_at", "problem", "promised"])


def is_open(inbound: Inbound, today: date) -> bool:
    """Whether what came with a matter may be read: it is ours, nobody took it back, and it has not expired."""
    if inbound.state in CLOSED:
        return False
    try:
        return date.fromisoformat(str(inbound.terms.get("expires_on") or "")) >= today
    except ValueError:
        return True  # the source named no day
