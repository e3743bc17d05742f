"""What a story expects of limitation on a day, and of a case that was opened again."""

from datetime import date
from typing import Any

from casework.events import Kind
from casework.models import Case, ClaimOutcome, Event
from casework.queries import rulebook
from casework.queries.calendar import current
from casework.queries.limitation import standings
from casework.rules.deadlines import due
from mediation.rehearsal.report import Report


def limitation_as_of(case: Case, row: Any, line: int, report: Report) -> None:
    """When the limitation of a claim ends, as the file showed it on a day (B-01)."""
    as_of = date.fromisoformat(str(row["as_of"]))
    found = standings(case, as_of, ["", *ClaimOutcome.values])
    seen = [
        {"due": str(each.found.expires_on), "provisional": each.found.provisional}
        for each in found
        if each.claim.code == row["claim"] and each.found is not None
    ]
    if not seen:  # the file does not tell enough
        report.not_checked.append(f"{row['rule']} of {row['claim']} as of {as_of}")
        return
    wanted = {"due": str(row["due"]), "provisional": row.get("provisional", False)}
    what = f"{row['rule']} of {row['claim']} as of {as_of}"
    report.check(line, what, wanted, wanted if wanted in seen else seen)


def worked_out(case: Case, row: Any, line: int, report: Report) -> None:
    """A time limit of somebody else's that the file keeps no clock for (LC-03): by the case's own book of rules."""
    found = due(
        row["rule"], row["start"], calendar=current(), catalogue=rulebook.catalogue_of(case)
    ).as_json()
    wanted = {name: str(row[name]) for name in ("length", "unit", "raw", "due") if name in row}
    seen = {name: str(found[name]) for name in wanted}
    report.check(line, f"time limit {row['rule']}", wanted, seen)


def reopenings(case: Case, expected: Any, line: int, report: Report) -> None:
    """How often it was opened again, and on which ground the last time."""
    rows = list(Event.objects.filter(case=case, kind=Kind.CASE_REOPENED).order_by("seq"))
    report.check(line, "opened again", expected["count"], len(rows))
    grounds = [row.payload.get("ground") for row in rows[-1:]]
    report.check(line, "ground of opening again", [expected["reason"]], grounds)
