"""Checks of a case's sums by the calculators: lawful floor, final award, small claims. They inform, never block."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casework.models import Case, Claim, ClaimOutcome
from casework.queries import rulebook
from casework.queries.of_case import claims_of
from casework.rules.calculators import calculate
from casework.rules.errors import RuleError
from casework.rules.parameters import minimum_wage

# Keys under which a calculator tells its sum, the first that it has.
SUMS = ("gap", "total", "amount", "n", "disability_subsidy")
# What nobody can bargain away (reference of the law in the calculator's own article): all these keys add up.
FLOORS = {
    "minimum_wage_gap": ("gap",),
    "injury_lump_sum": ("disability_subsidy", "medical_subsidy", "employment_subsidy"),
}
# Money claims whose award can be final (劳动争议调解仲裁法 47): pay, injury, severance, damages.
FINAL_CAUSES = ("A02", "A03.01", "A04.01", "A04.02", "A04.04", "B02")


@dataclass(frozen=True, slots=True)
class Floor:
    """One claim with a stored result: worked out, lawful floor (zero if it may be bargained), agreed."""

    claim: Claim
    worked_out: Decimal
    floor: Decimal
    agreed: Decimal | None
    article: str

    @property
    def below(self) -> bool:
        """Whether what was agreed lies under the lawful floor."""
        return self.agreed is not None and self.agreed < self.floor


def floors(case: Case) -> list[Floor]:
    """The claims with a stored calculator result."""
    rows = [
        row for row in claims_of(case) if row.estimate and row.outcome != ClaimOutcome.WITHDRAWN
    ]
    return [found for claim in rows if (found := floor_of(claim))]


def settlement(case: Case) -> dict[str, Any] | None:
    """The settlement view (calculator) of what is agreed; None while nothing is agreed."""
    rows = [each for each in floors(case) if each.agreed is not None]
    if not rows:
        return None
    claims = [
        {"item": each.claim.item, "claimed": str(each.claim.amount_yuan or each.worked_out),
         "floor": str(each.floor), "offered": str(each.agreed)}
        for each in rows
    ]  # fmt: skip
    return calculate("settlement_view", {"claims": claims}, rulebook.basis())


def final_awards(case: Case, on: date) -> dict[str, Any] | None:
    """Whether an award on the sums claimed would be final, worker by worker and item by item.

    None without sums or where the district's minimum wage is not known. `above` counts the workers
    with an item above the ceiling. Source: 《劳动争议调解仲裁法》第四十七条.
    """
    items = _by_worker(case, FINAL_CAUSES)
    if not items or case.district is None:
        return None
    try:
        floor = minimum_wage(case.district.name, on, rulebook.parameters())
        found = [
            calculate(
                "final_award", {"items": own, "min_wage_month": floor.value}, rulebook.basis()
            )
            for own in items.values()
        ]
    except RuleError:
        return None
    above = sum(not each["final"] for each in found)
    return {"threshold": found[0]["threshold"], "workers": len(found), "above": above,
            "article": found[0]["article"], "figure": floor}  # fmt: skip


def small_claims(case: Case, on: date) -> dict[str, Any] | None:
    """Whether the sum of each worker would fit the small-claims procedure of a court; None without sums."""
    items = _by_worker(case, ("",))
    if not items:
        return None
    try:
        year = rulebook.parameters().on("avg_wage_year", on)
        found = [
            calculate("small_claims", {"sum": str(sum(map(Decimal, own))), "province_year_wage": year.value},
                      rulebook.basis())
            for own in items.values()
        ]  # fmt: skip
    except RuleError:
        return None
    above = sum(not each["small"] for each in found)
    return {"threshold": found[0]["threshold"], "workers": len(found), "above": above,
            "article": found[0]["article"], "figure": year}  # fmt: skip


def _by_worker(case: Case, causes: tuple[str, ...]) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = defaultdict(list)
    for claim in case.claims.all():
        counts = claim.amount_yuan and claim.outcome != ClaimOutcome.WITHDRAWN
        if counts and claim.code.startswith(causes):
            found[claim.party_id].append(str(claim.amount_yuan))
    return dict(found)


def floor_of(claim: Claim) -> Floor | None:
    """What the stored calculator result of a claim says; None without one that gives a sum."""
    name, result = claim.estimate.get("name", ""), claim.estimate.get("result", {})
    worked = next((result[key] for key in SUMS if isinstance(result.get(key), str)), None)
    if worked is None:
        return None
    kept = [result[key] for key in FLOORS.get(name, ()) if isinstance(result.get(key), str)]
    total = sum(map(Decimal, kept), Decimal(0))
    agreed = claim.agreed_yuan if claim.outcome == ClaimOutcome.AGREED else None
    return Floor(
        claim, max(Decimal(worked), total), total, agreed, str(result.get("article", ""))
    )
