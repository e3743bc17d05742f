"""The last step after the letters: a clue to the procuratorate, as a referral with receipt and answer."""

from datetime import datetime
from typing import Any

from casework.models import Case, Referral, User
from casework.queries import at_once
from mediation.commands import referral as referrals

SUGGESTION, PUBLIC_INTEREST = "PROCURATORIAL_SUGGESTION", "PUBLIC_INTEREST_CLUE"
MATTERS = (SUGGESTION, PUBLIC_INTEREST)


def clues_of(case: Case) -> list[Referral]:
    """The clues of a case at the procuratorate, in their order."""
    rows = at_once.rows(case, "referrals", "office")
    return [row for row in rows if row.matter in MATTERS]


def pass_clue(
    case: Case, *, matter: str, asked: str, tried: str, ground: str, by: User, at: datetime
) -> Referral:
    """Prepare the clue; the papers of the letters go along. Raises: what the matter's guards raise."""
    return referrals.refer(
        case, matter=matter, asked=asked, side_track=True, ground=ground, shown={"tried": tried},
        by=by, at=at,
    )  # fmt: skip


def clue_sent(activation: Any) -> None:
    """The clue goes the way of every referral: signed for, answered, reported."""
    from mediation.engine.registry import flow_named

    made = max(clues_of(activation.process.case), key=lambda row: row.pk)
    flow_named("referral").begin.run(
        case=activation.process.case, referral=made, answer=referrals.begins_with(made)
    )


clue_sent.to = "referral"  # type: ignore[attr-defined]
