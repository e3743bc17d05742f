"""What must be true at the end of a story, compared with the file."""

from collections.abc import Callable
from datetime import date
from typing import Any

from casework.models import (
    Case,
    Deadline,
    DeadlineState,
    Party,
    Referral,
    Side,
)
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.rehearsal import expected_mediation, expected_money, expected_union
from mediation.rehearsal.later import limitation_as_of, reopenings, worked_out
from mediation.rehearsal.report import Report, lines_of, plain

Checker = Callable[[Case, Any, int, Report], None]
NOT_YET = {"note"}
LIGHTS = {"GREEN": "normal", "YELLOW": "soon", "RED": "overdue"}


def check_all(story: Any, case_id: int, report: Report) -> None:
    """Compare every expectation; name those that are not looked at yet."""
    case = Case.objects.get(pk=case_id)
    report.case = str(case)
    for key, expected in story.expect.items():
        line = story.expect.lines.get(key, 0)
        if key in NOT_YET:
            report.not_checked.append(key)
        else:
            CHECKERS[key](case, expected, line, report)
            if key == "documents" and story.prints:
                _printed(case, line, report)


def _final_state(case: Case, expected: Any, line: int, report: Report) -> None:
    report.check(line, "final state", expected, case.status)


def _outcome(case: Case, expected: Any, line: int, report: Report) -> None:
    report.check(line, "outcome", expected, case.outcome)


def _classification(case: Case, expected: Any, line: int, report: Report) -> None:
    report.check(
        line, "classification", sorted(str(expected).split(" + ")), sorted(case.classes)
    )


def _priority(case: Case, expected: Any, line: int, report: Report) -> None:
    report.check(line, "priority", expected, case.priority)


def _criminal_clue(case: Case, expected: Any, line: int, report: Report) -> None:
    report.check(line, "criminal clue", expected, case.criminal_clue)


def _numbered(case: Case, expected: Any, line: int, report: Report) -> None:
    report.check(line, "has a case number", bool(expected), bool(case.number))


def _consents(case: Case, expected: Any, line: int, report: Report) -> None:
    workers = Party.objects.filter(
        case=case, side=Side.WORKER, settlement_consent_on__isnull=False
    )
    report.check(line, "settlement consents, one a worker", expected, workers.count())


def _representatives(case: Case, expected: Any, line: int, report: Report) -> None:
    seen = Party.objects.filter(case=case, is_representative=True).count()
    low, high = expected["min"], expected["max"]
    report.check(line, f"{low} to {high} representatives", True, low <= seen <= high)


def _deadlines(case: Case, expected: Any, line: int, report: Report) -> None:
    every = Deadline.objects.filter(case=case)
    replaced = every.filter(state=DeadlineState.SUPERSEDED)  # by an extension, for example
    held = every.exclude(state__in=[DeadlineState.VOID, DeadlineState.SUPERSEDED])
    if expected == []:
        report.check(
            line, "statutory clocks", [], [row.rule for row in held.filter(nature="statutory")]
        )
    for at, row in lines_of(expected, line):
        if "as_of" in row:
            limitation_as_of(case, row, at, report)
            continue
        if row.get("worked_out"):
            worked_out(case, row, at, report)
            continue
        names = [
            name
            for name in ("start", "length", "unit", "raw", "due", "provisional")
            if name in row
        ]
        seen = [
            {name: plain(getattr(found, name)) for name in names}
            for found in (replaced if row.get("replaced") else held).filter(rule=row["rule"])
        ]
        wanted = {name: plain(row[name]) for name in names}
        report.check(at, f"deadline {row['rule']}", wanted, wanted if wanted in seen else seen)


def _lights(case: Case, expected: Any, line: int, report: Report) -> None:
    for at, row in lines_of(expected, line):
        due, as_of = _day(row["due"]), _day(row["as_of"])
        held = Deadline.objects.filter(case=case, due=due).exists()
        seen = light(due, as_of, current()).kind if held else "no such deadline"
        report.check(at, f"light of {due} on {as_of}", LIGHTS[row["light"]], seen)


def _referrals(case: Case, expected: Any, line: int, report: Report) -> None:
    sent = list(Referral.objects.filter(case=case))
    report.check(line, "number of referrals", len(expected), len(sent))
    for at, row in lines_of(expected, line):
        names = [name for name in ("answer", "result", "side_track") if name in row]
        wanted = {name: row[name] for name in names}
        seen = [
            {name: getattr(each, name) for name in names}
            for each in sent
            if (each.agency_id, each.matter) == (row["party"], row["matter"])
        ]
        report.check(at, f"referral to {row['party']} ({row['matter']})", [wanted], seen)


def _documents(case: Case, expected: Any, line: int, report: Report) -> None:
    from documents.models import Paper
    from documents.registry import known

    papers = Paper.objects.filter(case=case)
    issued = set(papers.values_list("code", flat=True))
    for code in expected:
        if code in known():
            report.check(line, f"paper {code} issued", True, code in issued)
        else:
            report.not_checked.append(f"paper {code}")


def _printed(case: Case, line: int, report: Report) -> None:
    from documents.models import Paper

    rows = Paper.objects.filter(case=case).exclude(state="READY")
    unprinted = [f"{row.code}: {row.failure or row.state}" for row in rows]
    report.check(line, "papers not printed", [], unprinted)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


CHECKERS: dict[str, Checker] = {
    "final_state": _final_state,
    "outcome": _outcome,
    "classification": _classification,
    "priority": _priority,
    "criminal_clue": _criminal_clue,
    "numbered": _numbered,
    "individual_settlement_consents": _consents,
    "representatives": _representatives,
    "deadlines": _deadlines,
    "lights": _lights,
    "instalments": expected_money.instalments,
    "referrals": _referrals,
    "amounts": expected_money.amounts,
    "documents": _documents,
    "reopen": reopenings,
    **expected_mediation.CHECKERS,
    **expected_union.CHECKERS,
}
KNOWN = set(CHECKERS)
