"""Which issued papers may go into the pack of a referral, and how a pack names them."""

from typing import Any

from casework.matters import matter_named
from casework.models import Referral
from casework.queries.disclosure import PERSONAL, shown_to
from documents.models import Life, Paper

# What a paper prints about workers. The letter (D03) is made from the pack's own fields.
PRINTS: dict[str, frozenset[str]] = {
    "D03": frozenset(),
    "D06": frozenset({"names", "identity", "phone", "facts", "evidence"}),
    "D07": frozenset({"names", "phone", "claims", "facts"}),
    "D08": frozenset({"names", "identity", "phone", "address", "claims", "facts", "evidence"}),
    "D13": frozenset({"names", "claims"}),
    "D22": frozenset(), "D23": frozenset({"names"}), "D24": frozenset(), "D37": frozenset(),
    "D28": frozenset({"names", "phone", "address"}),
}  # fmt: skip
# The law wants these complete: they print what the agency does not otherwise see.
COMPLETE = frozenset({"D14", "D16", "D17", "D18", "D19", "D20", "D21"})
SEALED_ONLY = frozenset({"D14"})  # a draft agreement leaves the house to nobody


def papers_for(referral: Referral) -> list[dict[str, Any]]:
    """The standing papers of the case that this office may see, each with its hash. Reads only.

    A paper names every worker, so it goes only if every worker lets go what it prints.
    """
    shown = shown_to(referral)
    rows = Paper.objects.filter(
        case_id=referral.case_id, code__in=matter_named(referral.matter).papers, life=Life.VALID
    )
    return [
        _named(row)
        for row in rows
        if _is_its_own(row, referral)
        and (row.sealed or row.code not in SEALED_ONLY)
        and _may_go(row.code, shown.sees, shown.withheld)
    ]


def _is_its_own(paper: Paper, referral: Referral) -> bool:
    """The letters of another referral are not this office's."""
    return paper.code not in ("D03", "D07") or paper.subject_id == referral.pk


def _may_go(code: str, sees: frozenset[str], withheld: frozenset[str]) -> bool:
    if code in COMPLETE:
        return not withheld
    prints = PRINTS.get(code, PERSONAL)
    return prints <= sees and not prints & withheld


def _named(paper: Paper) -> dict[str, Any]:
    return {
        "id": str(paper.pk), "code": paper.code, "title": paper.title, "number": paper.number,
        "edition": paper.edition, "facts_sha256": paper.facts_sha256,
    }  # fmt: skip
