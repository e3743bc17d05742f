"""What must be true of the law's own account of a case, and of what it adds to the statistics."""

from typing import Any

from casework.models import Agreement, AgreementState, Case, ClaimOutcome, DeadlineState
from casework.statistics.cells import added_by
from mediation.rehearsal.report import Report

LIMITS = ("M-04", "M-05")  # a mediation that ends within its limit is on time


def stats(case: Case, expected: Any, line: int, report: Report) -> None:
    """What the case adds to the cockpit's cells, and the words of the monthly report."""
    cells = {code for code, _place, _day, _key in added_by([case.pk])[case.pk]}
    missed = case.deadlines.filter(state=DeadlineState.MISSED, rule__in=LIMITS)
    seen: dict[str, Any] = {
        "cases": int("accepted" in cells), "people": case.group_size, "collective": case.is_collective,
        "nef": "nef" in cells, "success": _success(case, "settled" in cells),
        "on_time": not missed.exists(), "reopened": case.reopen_count > 0,
    }  # fmt: skip
    for name, value in expected.items():
        if name in seen:
            report.check(line, f"statistics: {name}", value, seen[name])
        else:
            report.not_checked.append(f"statistics: {name}")


def _success(case: Case, settled: bool) -> bool | str:
    failed = case.claims.filter(outcome=ClaimOutcome.FAILED).exists()
    return "PARTIAL" if settled and failed else settled


def liability(case: Case, expected: Any, line: int, report: Report) -> None:
    """Who stands in for whom is said in the agreement in force, with its article."""
    agreement = Agreement.objects.get(case=case, state=AgreementState.IN_FORCE)
    text = "".join(row["text"] for row in agreement.clauses)
    plain = text.replace("《", "").replace("》", "")
    report.check(line, "liability note", expected, expected if expected in plain else text)


CHECKERS = {"stats": stats, "liability_note": liability}
