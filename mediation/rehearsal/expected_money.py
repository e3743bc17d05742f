"""What must be true of a story's money: instalments, sums, shares; each compared with the file."""

from decimal import Decimal
from typing import Any

from casework.models import Case, Instalment
from mediation.rehearsal.report import Report, lines_of, plain


def instalments(case: Case, expected: Any, line: int, report: Report) -> None:
    """The plan of the agreement in force: each instalment's day, sum and states."""
    plan = {
        row.number: row
        for row in Instalment.objects.filter(
            agreement__case=case, agreement__effective_on__isnull=False
        )
    }
    report.check(line, "number of instalments", len(expected), len(plan))
    for at, row in lines_of(expected, line):
        found = plan.get(row["no"])
        seen = {} if found is None else {
            "due": found.due_on.isoformat(), "amount": str(found.amount_yuan), "state": found.state,
            "paid": plain(found.paid_on), "accelerated_to": plain(found.accelerated_to),
            "states": _from(found.states, row.get("states")),
        }  # fmt: skip
        wanted = {
            name: plain(value) for name, value in row.items() if name not in ("no", "line")
        }
        report.check(
            at, f"instalment {row['no']}", wanted, {name: seen.get(name) for name in wanted}
        )


def _from(states: list[str], expected: list[str] | None) -> list[str]:
    """The states from the first expected one on (a story need not repeat PENDING)."""
    if expected and expected[0] in states:
        return states[states.index(expected[0]) :]
    return states


def amounts(case: Case, expected: Any, line: int, report: Report) -> None:
    """The sums of the case, in yuan."""
    seen = sums(case)
    for name, value in expected.items():
        at = getattr(expected, "lines", {}).get(name, line)
        if name == "per_worker_instalment":
            _shares(case, value, at, report)
        elif name not in seen:
            report.not_checked.append(f"amount {name}")
        else:
            report.check(
                at, f"amount {name}", None if value is None else str(value), seen[name]
            )


def sums(case: Case) -> dict[str, str | None]:
    """The sums of a case in yuan, two decimals; None where there is none."""
    claimed = [
        claim.amount_yuan for claim in case.claims.all() if claim.amount_yuan is not None
    ]
    plan = list(
        Instalment.objects.filter(
            agreement__case=case, agreement__effective_on__isnull=False
        ).prefetch_related("payments")
    )
    paid = [pay for row in plan for pay in row.payments.all() if pay.voided_at is None]
    forced = sum((pay.amount_yuan for pay in paid if pay.by_enforcement), Decimal())
    missed = [row for row in plan if {"DEFAULTED", "ACCELERATED"} & set(row.states)]
    accepted = case.accepted_on is not None
    return {
        "claimed": _money(sum(claimed, Decimal())) if claimed and accepted else None,
        "agreed": _money(sum((row.amount_yuan for row in plan), Decimal())) if plan else None,
        "performed": _money(sum((pay.amount_yuan for pay in paid), Decimal())),
        "performed_voluntarily": _money(
            sum((pay.amount_yuan for pay in paid), Decimal()) - forced
        ),
        "to_arbitration": _money(_to_arbitration(case)),
        "recovered_by_enforcement": _money(forced),
        "defaulted": _money(sum((row.amount_yuan for row in missed), Decimal())),
        "estimated": _money(sum(claimed, Decimal())) if claimed and not accepted else None,
    }


def _to_arbitration(case: Case) -> Decimal:
    """What was claimed, not agreed, and taken to arbitration."""
    if not case.proceedings.filter(kind="ARBITRATION").exists():
        return Decimal()
    left = case.claims.filter(outcome__in=("FAILED", "DEFERRED"), amount_yuan__isnull=False)
    return sum((claim.amount_yuan or Decimal() for claim in left), Decimal())


def _shares(case: Case, expected: Any, line: int, report: Report) -> None:
    for refs, amount in expected.items():
        for ref in _span(str(refs)):
            rows = case.parties.get(ref=ref).shares.filter(
                instalment__agreement__effective_on__isnull=False
            )
            report.check(
                line, f"share of {ref}", {str(amount)}, {str(row.amount_yuan) for row in rows}
            )


def _span(refs: str) -> list[str]:
    """The members of a span: W01-W08 has eight."""
    first, _dash, last = refs.partition("-")
    if not last:
        return [first]
    return [f"{first[0]}{number:02d}" for number in range(int(first[1:]), int(last[1:]) + 1)]


def _money(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))
