"""The forms of acts beside the sessions: withdrawal, extension, notes, corrections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import hearing_fixes
from casework.commands.base import CommandRefused
from casework.commands.hearing import NotPlanned
from casework.commands.notes import write_note
from casework.models import Case, ClaimOutcome, SessionState
from casework.queries.of_case import claims_of
from mediation.commands import correction, ending
from mediation.commands import mediation as commands
from mediation.engine.steps import StepForm
from mediation.forms.mediation import SERVICES, attendance_rows, extend_from
from mediation.forms.notify import SessionDay

ABOUT = (
    ("joint", _("joint talk")),
    ("worker", _("talk with the worker's side")),
    ("employer", _("talk with the employer's side")),
    ("offer-worker", _("offer of the worker's side")),
    ("offer-employer", _("offer of the employer's side")),
)


class NotTheMediator(CommandRefused):
    """Only the mediator of this case does this."""


def only_the_mediator(form: StepForm) -> None:
    """Raises: NotTheMediator unless the person mediates the case."""
    if form.case is None or form.case.mediator_id != form.by.pk:
        raise NotTheMediator


class WithdrawForm(StepForm):
    """The applicant withdraws, at any time."""

    submit = _("Withdraw")
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the matter still runs."""
        return not (case.withdrawn_on or case.failed_on or case.closed_on)

    def act(self) -> str:
        """Withdraw; mediation and agreement stop."""
        reason = self.cleaned_data["reason"]
        ending.withdraw(self.case, reason=reason, by=self.by, at=self.at)
        return "WITHDRAWN"


class ExtendForm(StepForm):
    """Both sides sign that mediation goes on longer (D15)."""

    submit = _("Extend")
    extend_days = forms.IntegerField(
        label=_("Days of mediation in all, with the extension"), min_value=1
    )
    worker_signed = forms.BooleanField(label=_("The worker's side signed"), required=False)
    employer_signed = forms.BooleanField(label=_("The employer's side signed"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While somebody mediates."""
        return case.mediator_id is not None and case.closed_on is None

    def act(self) -> str:
        """Extend the limit; the right to arbitrate stays."""
        only_the_mediator(self)
        extend_from(self)
        return "EXTENDED"


class NoteForm(StepForm):
    """A note that only its author reads."""

    about = forms.ChoiceField(label=_("About"), choices=ABOUT, initial="joint")
    text = forms.CharField(label=_("Note"), widget=forms.Textarea)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While somebody mediates."""
        return case.mediator_id is not None and case.closed_on is None

    def act(self) -> str:
        """Keep the note."""
        only_the_mediator(self)
        data = self.cleaned_data
        write_note(self.case, text=data["text"], about=data["about"], by=self.by, at=self.at)
        return "NOTED"


def _any(case: Case, state: SessionState) -> bool:
    """Whether a session of the case stands there."""
    return any(row.state == state for row in case.sessions.all())


class MoveForm(SessionDay):
    """Move the planned session."""

    submit = _("Move")
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While a session is planned."""
        return case.closed_on is None and _any(case, SessionState.PLANNED)

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """What is missing."""
        return super().unfit(case) if case.closed_on else NotPlanned()

    def act(self) -> str:
        """Move it."""
        hearing_fixes.move_session(
            commands.planned_session(self.case), starts_at=self.starts_at,
            reason=self.cleaned_data["reason"], by=self.by, at=self.at,
        )  # fmt: skip
        return "MOVED"


class AttendanceForm(StepForm):
    """Correct who came to a session that was held."""

    shown_on = "corrections"
    lead = _("The record of the session is issued anew; the old one stays, marked.")

    number = forms.IntegerField(label=_("Session no."), min_value=1)
    attendance = attendance_rows(least=1)
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once a session was held."""
        return case.closed_on is None and _any(case, SessionState.HELD)

    def prepare(self) -> None:
        """The newest record as it stands, to be changed where it is wrong."""
        rows = self.case.sessions.filter(state=SessionState.HELD) if self.case else []
        self.held = list(rows)
        if self.held:
            self.fields["number"].initial = self.held[-1].number
            self.fields["attendance"].initial = self.held[-1].attendance

    def clean_number(self) -> Any:
        """The session of this number that was held."""
        number = self.cleaned_data["number"]
        held = next((row for row in self.held if row.number == number), None)
        if held is None:
            raise forms.ValidationError(_("No session of this number was held."))
        self.session = held
        return number

    def act(self) -> str:
        """Correct it."""
        only_the_mediator(self)
        data = self.cleaned_data
        self.say_once = correction.attendance(
            self.session, rows=data["attendance"], reason=data["reason"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "CORRECTED"


class DeliverEndForm(StepForm):
    """The notice of the end of mediation (D13) again: a delivery failed or was recorded wrongly."""

    submit = _("Deliver")
    way = forms.ChoiceField(label=_("Way"), choices=SERVICES, initial="direct")
    proof = forms.CharField(label=_("Proof of service"), required=False, max_length=120)
    reason = forms.CharField(label=_("Why mediation ended"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where mediation ended without agreement on some claim, and the case is open."""
        failed = case.failed_on or any(
            row.outcome == ClaimOutcome.FAILED for row in claims_of(case)
        )
        return case.closed_on is None and case.accepted_on is not None and bool(failed)

    def act(self) -> str:
        """Issue and deliver it to both sides."""
        data = self.cleaned_data
        ending.tell_the_end(
            self.case, reason=data["reason"], way=data["way"], proof=data["proof"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "DELIVERED"
