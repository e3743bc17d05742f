"""What a matter that rests on a mediation agreement needs: in force, both sides, in its window."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F, Q

from casework.commands.base import CommandRefused
from casework.models import Agreement, AgreementState, Case, ClaimOutcome, Instalment
from casework.queries.calendar import current
from casework.queries.rulebook import catalogue_of
from casework.rules.deadlines import due

Shown = dict[str, Any]  # what the sender stated, with its date
Guard = Callable[[Case, Shown, date], None]
RELATION = "A01"  # the cause of all disputes about the labour relation itself


class NoAgreementInForce(CommandRefused):
    """This needs a mediation agreement that is in force."""


class NotBothSides(CommandRefused):
    """Both sides must ask for this together: record that both do."""


class ConfirmationOver(CommandRefused):
    """The thirty days for a joint application for judicial confirmation are over."""


class ReviewOver(CommandRefused):
    """The fifteen days for a joint application for arbitration review are over."""


class RelationNotReviewable(CommandRefused):
    """An agreement on whether there is a labour relation is not taken for arbitration review."""


class RelationNotConfirmable(CommandRefused):
    """A court does not confirm an agreement on whether there is a labour relation."""


class NothingOverdue(CommandRefused):
    """No payment under the agreement is overdue: there is nothing to order."""


def last_day(case: Case, rule: str, start: date) -> date:
    """The last day of a rule of the law that runs from `start`, by the case's own book of rules."""
    return due(rule, start, calendar=current(), catalogue=catalogue_of(case)).due


def _in_force(case: Case) -> Agreement | None:
    return case.agreements.filter(state=AgreementState.IN_FORCE).last()


def agreement_in_force(case: Case, _shown: Shown, _on: date) -> None:
    """Raises: NoAgreementInForce."""
    if _in_force(case) is None:
        raise NoAgreementInForce(field="matter")


def both_sides(_case: Case, shown: Shown, _on: date) -> None:
    """Raises: NotBothSides."""
    if not shown.get("both_sides"):
        raise NotBothSides(field="both_sides")


def window(rule: str, over: type[CommandRefused]) -> Guard:
    """The window of this rule, from the day on which the agreement came into force, is still open."""

    def look(case: Case, _shown: Shown, on: date) -> None:
        row = _in_force(case)
        if row and row.effective_on and last_day(case, rule, row.effective_on) < on:
            raise over(field="matter")

    return look


def no_relation(refusal: type[CommandRefused]) -> Guard:
    """The labour relation itself is not among what was agreed."""

    def look(case: Case, _shown: Shown, _on: date) -> None:
        agreed = case.claims.filter(outcome=ClaimOutcome.AGREED, code__startswith=RELATION)
        if agreed.exists():
            raise refusal(field="matter")

    return look


def money_overdue(case: Case, _shown: Shown, on: date) -> None:
    """Raises: NothingOverdue."""
    open_now = Instalment.objects.filter(
        agreement__case=case, agreement__state=AgreementState.IN_FORCE,
        paid_yuan__lt=F("amount_yuan"),
    )  # fmt: skip
    if not open_now.filter(Q(due_on__lt=on) | Q(accelerated_to__lte=on)).exists():
        raise NothingOverdue(field="matter")
