"""Sentences of the law about an agreement that a story may claim by name: each is looked up in the file and its papers."""

from collections.abc import Callable

from casework.commands.terms import RELATION, agreed_claims
from casework.models import Agreement, Case, Referral
from casework.queries.limitation import kind_of
from documents.issue import facts_of
from documents.models import Paper
from mediation.commands.application import reviewable

Sentence = Callable[[Case], str]


def _review_without_relation(case: Case) -> str:
    """The labour relation stays out of the text that goes to review, which holds the agreed sums alone (办案规则 75)."""
    version = Agreement.objects.get(case=case, state="IN_FORCE")
    agreed = agreed_claims(case)
    total = sum(claim.agreed_yuan or 0 for claim in agreed)
    if any(claim.code.startswith(RELATION) for claim in agreed) or version.total_yuan != total:
        return "the relation stands in the text"
    if version.confirmation != "review" or not version.effective_on:
        return "no review was chosen"
    applied = case.proceedings.filter(kind__in=("REVIEW", "CONFIRMATION")).exists()
    return (
        "holds"
        if applied or reviewable(case, version.effective_on) or case.closed_on
        else "review is shut"
    )


def _penalty_not_pay(case: Case) -> str:
    """The double-wage gap runs by paragraph 1 of article 27, not by paragraph 4 on pay."""
    kinds = {kind_of(claim.code) for claim in case.claims.filter(code="A03.01")}
    return "holds" if kinds == {"DOUBLE_WAGE_GAP"} else f"limitation as {sorted(kinds)}"


def _side_track(case: Case) -> str:
    """What goes on beside mediation was open when the case was accepted and agreed, and held neither up."""
    beside = Referral.objects.filter(case=case, side_track=True)
    rows = [(row.sent_at, row.ended_at) for row in beside if row.sent_at]
    done = Agreement.objects.filter(case=case, state="IN_FORCE").first()
    if not rows or done is None or done.sealed_at is None:
        return "no side track, or nothing agreed"
    held = [
        end for start, end in rows if start > done.sealed_at or (end and end < done.sealed_at)
    ]
    return "holds" if not held else "the side track was not open beside it"


def _order_over_what_is_due(case: Case) -> str:
    """A payment order asks for what is due: without the acceleration clause the later instalments would not be."""
    paper = Paper.objects.filter(case=case, code="D18").order_by("id").last()
    version = Agreement.objects.get(case=case, state="IN_FORCE")
    if paper is None:
        return "no application"
    rows = {row.number: row for row in version.instalments.all()}
    lines = facts_of(paper).unpaid
    early = [each for each in lines if rows[each.number].due_on >= paper.issued_on]
    if not all(each.due < paper.issued_on for each in lines):
        return "something not due is asked for"
    own = [each.number for each in lines if each not in early]
    if early and not version.accelerates:
        return "accelerated without a clause"
    return "holds" if early and len(own) == 1 else f"due by their own day: {own}"


def _no_interest(case: Case) -> str:
    """Nothing but the unpaid sums is asked for where the agreement fixed no penalty."""
    version = Agreement.objects.get(case=case, state="IN_FORCE")
    papers = Paper.objects.filter(case=case, code__in=("D18", "D19"))
    asked = [facts_of(paper) for paper in papers]
    if version.penalty_kind or not asked:
        return "a penalty was agreed, or nothing asked"
    sums = all(each.open_yuan == sum(row.open_yuan for row in each.unpaid) for each in asked)
    return (
        "holds"
        if sums and not any("利息" in paper.facts for paper in papers)
        else "interest is asked"
    )


AGREEMENTS: dict[str, Sentence] = {
    "review_without_the_relation": _review_without_relation,
    "double_wage_is_a_penalty": _penalty_not_pay,
    "side_track_holds_nothing_up": _side_track,
    "order_over_what_is_due": _order_over_what_is_due,
    "no_interest_unless_agreed": _no_interest,
}
