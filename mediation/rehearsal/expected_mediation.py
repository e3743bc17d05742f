"""What must be true of the law's own account of a case, and of what it adds to the statistics."""

from typing import Any

from casework.models import Agreement, AgreementState, Case, ClaimOutcome, DeadlineState
from casework.queries.calendar import current
from casework.statistics.cells import added_by
from mediation.commands.neighbour import MATTER as CROSS_PROVINCE
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
        "cross_province": case.referrals.filter(matter=CROSS_PROVINCE).exists(),
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


def validation(_case: Case, expected: Any, line: int, report: Report) -> None:
    """What is said of a pay day that is a day off: wages are paid earlier, other duties later."""
    days, day = current(), expected["entered"]
    seen = {
        "problem": "" if days.is_working(day) else "non-working day",
        "suggest_for_wages": days.previous_working(day), "suggest_other": days.next_working(day),
    }  # fmt: skip
    wanted = {name: value for name, value in expected.items() if name in seen}
    report.check(line, f"pay day {day}", wanted, {name: seen[name] for name in wanted})


def jurisdiction(case: Case, expected: Any, line: int, report: Report) -> None:
    """The district in charge: the last word of the sentence."""
    name = case.district.name if case.district else ""
    report.check(line, "district in charge", str(expected).rpartition("：")[2], name)


CHECKERS = {
    "stats": stats, "liability_note": liability, "validation": validation,
    "jurisdiction": jurisdiction,
}  # fmt: skip
