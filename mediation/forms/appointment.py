"""The mediator offers the worker times to choose from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import appointments
from casework.commands.base import CommandRefused
from casework.models import Case, SessionState
from casework.queries import calendar
from casework.rules.periods import add_working_days
from mediation.commands import appointment as commands
from mediation.commands.mediation import slots
from mediation.engine.steps import StepForm
from mediation.forms.notify import NOTICE_DAYS, slot_words


class OfferTimesForm(StepForm):
    """Free times for the worker to choose from with the query code; the notice fixes the day."""

    submit = _("Offer these times")
    lead = _(
        "The worker hears by text that there is something to choose. The day is fixed by the notice."
    )
    times = forms.MultipleChoiceField(
        label=_("Free for both sides, the mediator and a room"),
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While somebody mediates and no session is planned."""
        planned = any(row.state == SessionState.PLANNED for row in case.sessions.all())
        return case.mediator_id is not None and case.closed_on is None and not planned

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """The day is fixed, or nobody mediates."""
        return super().unfit(case) if case.closed_on else appointments.FixedAlready()

    def prepare(self) -> None:
        """The free times from the day on for which a notice is early enough, all ticked."""
        early = add_working_days(self.on, NOTICE_DAYS, calendar.current()).due
        self.slots = {slot.key: slot for slot in slots(self.case, early)}
        self.offer("times", [(key, slot_words(slot)) for key, slot in self.slots.items()])
        self.initial.setdefault("times", list(self.slots))

    def act(self) -> str:
        """Offer them."""
        chosen = [self.slots[key].starts_at for key in self.cleaned_data["times"]]
        commands.offer_times(self.case, chosen, by=self.by, at=self.at)
        return "OFFERED"
