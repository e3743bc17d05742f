"""What each matter needs before it may be sent: computed from the file, or shown by who sends it.

The row of casework/data/matters.yaml names the guards. `shown` holds what the sender stated, with
its date: the file cannot know whether a worker signed an application.
"""

from datetime import date

from casework.commands.agreement_guards import (
    ConfirmationOver,
    Guard,
    RelationNotConfirmable,
    RelationNotReviewable,
    ReviewOver,
    Shown,
    agreement_in_force,
    both_sides,
    last_day,
    money_overdue,
    no_relation,
    window,
)
from casework.commands.base import CommandRefused
from casework.matters import matter_named
from casework.models import Case
from casework.models import Proceeding as Step
from casework.queries.of_case import calls_of, parties_of

TITLES = ("CONFIRMATION", "REVIEW", "PAYMENT_ORDER", "ARBITRATION", "SUIT")


class EmployerUnknown(CommandRefused):
    """Name the employer first: this office cannot act against nobody."""


class OverTwoYears(CommandRefused):
    """More than two years have passed since the breach ended: labour inspection no longer takes it."""


class NotNewForm(CommandRefused):
    """Occupational injury protection is for workers in new forms of employment: mark the case so first."""


class AccidentUnknown(CommandRefused):
    """Give the day of the accident: the period for recognition runs from it."""


class OverOneYear(CommandRefused):
    """More than one year has passed since the accident: recognition can no longer be asked for."""


class CourtNotOpen(CommandRefused):
    """Arbitration comes first. State on which ground the court is open without it, or after it."""


class NoTitle(CommandRefused):
    """Enforcement needs a title: a ruling, statement, award or order with its number."""


class NoOwnApplication(CommandRefused):
    """This needs the worker's own signed application: give its day."""


class NobodyApplied(CommandRefused):
    """Say which workers applied for support themselves: the others' data stay here."""


class AlreadyFiled(CommandRefused):
    """A suit is already filed: support for filing comes too late."""


class NotTried(CommandRefused):
    """Say what was tried before, or why this office is needed."""


class NoEvidence(CommandRefused):
    """List the evidence first."""


class NoClue(CommandRefused):
    """The case shows no sign of the crime of refusing to pay wages: set the mark in triage first."""


class OneSideRefuses(CommandRefused):
    """One side does not want mediation."""


def require_guards(case: Case, matter: str, shown: Shown, on: date) -> None:
    """Refuse, with the reason, a matter whose conditions are not met. Raises: what the guard raises."""
    for name in matter_named(matter).guards:
        GUARDS[name](case, shown, on)


def _employer_known(case: Case, _shown: Shown, _on: date) -> None:
    if not any(row.employer_id is not None for row in parties_of(case)):
        raise EmployerUnknown(field="matter")


def _within_look_back(case: Case, _shown: Shown, on: date) -> None:
    """I-01: two years from the end of the breach (《劳动保障监察条例》第二十条)."""
    call = next(iter(calls_of(case)), None)
    if call and call.left_on and last_day(case, "I-01", call.left_on) < on:
        raise OverTwoYears(field="matter")


def _new_form(case: Case, _shown: Shown, _on: date) -> None:
    if not case.is_new_form:
        raise NotNewForm(field="matter")


def _injury_window(case: Case, shown: Shown, on: date) -> None:
    """W-02: one year from the accident for worker, family or union (《工伤保险条例》第十七条)."""
    if not shown.get("accident_on"):
        raise AccidentUnknown(field="accident_on")
    if last_day(case, "W-02", date.fromisoformat(shown["accident_on"])) < on:
        raise OverOneYear(field="accident_on")


def _court_open(_case: Case, shown: Shown, _on: date) -> None:
    if not shown.get("court_ground"):
        raise CourtNotOpen(field="court_ground")


def _enforceable_title(case: Case, shown: Shown, _on: date) -> None:
    followed = Step.objects.filter(case=case, kind__in=TITLES).exclude(number="")
    if not shown.get("title_number") and not followed.exists():
        raise NoTitle(field="title_number")


def _own_application(case: Case, shown: Shown, on: date) -> None:
    signed = shown.get("own_application_on")
    if not signed or date.fromisoformat(signed) > on:
        raise NoOwnApplication(field="own_application_on")


def _not_filed(case: Case, shown: Shown, _on: date) -> None:
    if not shown.get("applicants"):
        raise NobodyApplied(field="applicants")
    if Step.objects.filter(case=case, kind="SUIT").exists():
        raise AlreadyFiled(field="matter")


def _tried_before(case: Case, shown: Shown, _on: date) -> None:
    call = case.calls.order_by("started_at").first()
    if not shown.get("tried") and not (call and call.tried.strip()):
        raise NotTried(field="tried")


def _evidence_listed(case: Case, _shown: Shown, _on: date) -> None:
    call = case.calls.order_by("started_at").first()
    if not (call and call.evidence.strip()):
        raise NoEvidence(field="matter")


def _clue_noted(case: Case, _shown: Shown, _on: date) -> None:
    if case.criminal_clue == "NONE":
        raise NoClue(field="matter")


def _both_willing(case: Case, _shown: Shown, _on: date) -> None:
    if case.parties.filter(agrees_to_mediate=False, left_on__isnull=True).exists():
        raise OneSideRefuses(field="matter")


GUARDS: dict[str, Guard] = {
    "employer_known": _employer_known,
    "within_look_back": _within_look_back,
    "agreement_in_force": agreement_in_force,
    "both_sides": both_sides,
    "confirmation_window": window("A-01", ConfirmationOver),
    "review_window": window("A-04", ReviewOver),
    "no_relation": no_relation(RelationNotReviewable),
    "relation_not_confirmed": no_relation(RelationNotConfirmable),
    "money_overdue": money_overdue,
    "new_form": _new_form,
    "injury_window": _injury_window,
    "court_open": _court_open,
    "enforceable_title": _enforceable_title,
    "own_application": _own_application,
    "not_filed": _not_filed,
    "tried_before": _tried_before,
    "evidence_listed": _evidence_listed,
    "clue_noted": _clue_noted,
    "both_willing": _both_willing,
}
