"""Claims, lawful floor and offer side by side (调解方案对照)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casework.rules.calculators.answer import Answer, Basis
from casework.rules.money import figures, plain

FOUR = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Offer:
    """One claim line: what is claimed, what the law gives at least, what is offered."""

    item: str
    claimed: Decimal
    floor: Decimal
    offered: Decimal


def settlement_view(basis: Basis, claims: Sequence[Offer]) -> Answer:
    """Per item and in total: offered / claimed, and whether the offer lies under the floor."""
    del basis
    total = Offer(
        "total",
        *(
            sum((getattr(claim, key) for claim in claims), Decimal(0))
            for key in ("claimed", "floor", "offered")
        ),
    )
    lines = [_line(claim) for claim in claims]
    below = any(line["below_floor"] for line in lines)
    steps = [_step(claim) for claim in claims]
    warning = [
        (
            "有项目的方案低于法定底线，请当面说明。",
            "An offer lies under the lawful floor: explain it.",
        )
    ]
    summary = {**_line(total), "below_floor": below}
    return Answer({"items": lines, "total": summary}, tuple(steps + (warning if below else [])))


def _line(claim: Offer) -> Mapping[str, Any]:
    ratio = (
        (claim.offered / claim.claimed).quantize(FOUR, ROUND_HALF_UP) if claim.claimed else None
    )
    return {
        "item": claim.item,
        "claimed": plain(claim.claimed),
        "floor": plain(claim.floor),
        "offered": plain(claim.offered),
        "ratio": None if ratio is None else str(ratio),
        "below_floor": claim.offered < claim.floor,
    }


def _step(claim: Offer) -> tuple[str, str]:
    return (
        f"{claim.item}：请求 {figures(claim.claimed)}，底线 {figures(claim.floor)}，方案 {figures(claim.offered)} 元。",
        f"{claim.item}: claimed {figures(claim.claimed)}, floor {figures(claim.floor)}, "
        f"offered {figures(claim.offered)}.",
    )
