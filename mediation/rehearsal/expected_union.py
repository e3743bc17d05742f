"""What must be true of the union's own instruments, and of what the law computes."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from casework import clock
from casework.events import Kind
from casework.models import CallRecord, Case, Event, Hazard, Letter, NewForm, Pack
from casework.rules.calculators import calculate
from mediation.engine.registry import flow_named
from mediation.models import Process
from mediation.rehearsal.expected_rules import AGREEMENTS
from mediation.rehearsal.report import Report, lines_of

DONE_BY = {"P-02": Kind.EMERGENCY_DISPATCHED}


def letters(case: Case, expected: Any, line: int, report: Report) -> None:
    """The letters that went out, in their order."""
    sent = list(Letter.objects.filter(case=case, sent_on__isnull=False))
    report.check(line, "number of letters", len(expected), len(sent))
    for (at, row), found in zip(lines_of(expected, line), sent, strict=False):
        seen = {"letter": found.level, "sent_on": found.sent_on, "result": found.result}
        report.check(at, f"letter {row['letter']}", dict(row), {key: seen[key] for key in row})


def hazards(case: Case, expected: Any, line: int, report: Report) -> None:
    """What was found, what the second look saw mended, what was mended in the end."""
    rows = list(Hazard.objects.filter(inspection__case=case).select_related("inspection"))
    looks = Event.objects.filter(case=case, kind=Kind.HAZARD_RECHECKED).order_by("seq")
    seen = {
        "found": len(rows),
        "fixed_by_recheck": sum(len(row.payload["mended"]) for row in looks),
        "fixed_finally": sum(row.mended_on is not None for row in rows),
        "people_withdrawn": sum(
            {row.inspection: row.inspection.people for row in rows if row.inspection.withdrawn}.values()
        ),
    }  # fmt: skip
    for name, value in expected.items():
        report.check(line, f"hazards {name}", value, seen.get(name))


def sla(case: Case, expected: Any, line: int, report: Report) -> None:
    """Limits in minutes: from the call to what answered it."""
    for at, row in lines_of(expected, line):
        held = Event.objects.filter(case=case, kind=DONE_BY[row["rule"]]).order_by("seq")
        start, done = case.opened_at, next((each.at for each in held), None)
        minutes = (done - start).total_seconds() / 60 if done else None
        seen = {
            "rule": row["rule"], "start": _minute(start), "done": _minute(done),
            "limit_minutes": row["limit_minutes"],
            "met": minutes is not None and minutes <= row["limit_minutes"],
        }  # fmt: skip
        wanted = {**row, "start": str(row["start"])[:16], "done": str(row["done"])[:16]}
        report.check(
            at, f"limit {row['rule']}", wanted, {name: seen.get(name) for name in wanted}
        )


def _minute(at: datetime | None) -> str:
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


def rules(case: Case, expected: Any, line: int, report: Report) -> None:
    """Sentences that hold for the whole case, by name."""
    for name in expected:
        sentence = SENTENCES.get(str(name))
        seen = sentence(case) if sentence else "no sentence has this name"
        report.check(line, f"rule {name}", "holds", seen)


def _anonymous(case: Case) -> str:
    """No paper and no pack names the caller: who asked not to be named lies under seal alone."""
    from documents.models import Paper

    told = [json.loads(row.sealed_caller) for row in case.calls.all() if row.sealed_caller]
    secrets = [each[name] for each in told for name in ("name", "phone") if name in each]
    if not secrets:
        return "nobody is under seal"
    heap = "".join(row.facts for row in Paper.objects.filter(case=case))
    heap += "".join(
        f"{row.fields}{row.papers}" for row in Pack.objects.filter(referral__case=case)
    )
    heap += "".join(f"{row.payload}" for row in Event.objects.filter(case=case))
    return "shown" if any(each in heap for each in secrets) else "holds"


def _unmediated(case: Case) -> str:
    """No mediation was begun; the hazard register holds what happened."""
    begun = Process.objects.filter(
        case=case, flow_class=flow_named("mediation"), finished__isnull=True
    )
    if begun.exists() or not case.inspections.exists():
        return "mediated, or nothing registered"
    return "holds"


SENTENCES: dict[str, Callable[[Case], str]] = {
    "caller_stays_anonymous": _anonymous,
    "no_mediation_is_started": _unmediated,
    **AGREEMENTS,
}


def calculators(case: Case, expected: Any, line: int, report: Report) -> None:
    """What was worked out for the file; what nobody kept there is worked out from the inputs."""
    held = [call.estimate for call in CallRecord.objects.filter(case=case)]
    held += [claim.estimate for claim in case.claims.all()]
    for at, row in lines_of(expected, line):
        wanted = {name: value for name, value in row.items() if name not in ("name", "inputs")}
        mine: dict[str, Any] = next(
            (each for each in held if each.get("name") == row["name"]), {}
        )
        result = mine.get("result", mine)
        if not mine and "inputs" in row:
            result = calculate(row["name"], _plain(row["inputs"]))
        report.check(
            at, f"calculator {row['name']}", wanted, {name: result.get(name) for name in wanted}
        )


def _plain(inputs: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in inputs.items()
    }


def new_form(case: Case, expected: Any, line: int, report: Report) -> None:
    """Platform, partner firm, the estimate of the relation and the one-stop body."""
    row = NewForm.objects.filter(case=case).first()
    seen = {} if row is None else {
        "trade": row.trade, "platform": row.platform.name, "relation": row.relation,
        "partner": row.partner.name if row.partner else None, "row": row.relation_row,
        "one_stop": row.one_stop,
    }  # fmt: skip
    for name, value in expected.items():
        report.check(line, f"new employment form: {name}", value, seen.get(name))


CHECKERS = {
    "new_form": new_form,
    "letters": letters, "hazards": hazards, "sla": sla, "rules": rules,
    "calculators": calculators,
}  # fmt: skip
