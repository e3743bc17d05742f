"""Forms that put right a day on which clocks began."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.day_fixes import COMPLETE
from casework.commands.deadlines import RUNNING
from casework.models import Case
from mediation.commands import day_fixes as commands
from mediation.forms.correction import Correction


class DayForm(Correction):
    """Another day, and why."""

    field_order = ("received_on", "completed_on", "accepted_on", "reason")
    command: ClassVar[Callable[..., str]]

    def act(self) -> str:
        """Correct it."""
        self.say_once = type(self).command(
            self.case, by=self.by, at=self.at, **self.cleaned_data
        )
        return "CORRECTED"


class ReceiptForm(DayForm):
    """The application was received on another day."""

    lead = _(
        "The clocks that started from the receipt are counted anew, and the papers that state it."
    )
    command = commands.receipt
    received_on = forms.DateField(label=_("Received on"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once an application was received."""
        return case.received_on is not None and case.closed_on is None


class AcceptanceForm(DayForm):
    """The application was accepted on another day."""

    lead = _(
        "The limit of mediation is counted anew, the notice of acceptance is issued anew, and whether "
        "acceptance came in time is judged anew. The case keeps its number."
    )
    command = commands.acceptance
    accepted_on = forms.DateField(label=_("Accepted on"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once it was accepted."""
        return case.accepted_on is not None and case.closed_on is None


class CompletionForm(DayForm):
    """What was missing came on another day."""

    lead = _(
        "The clock of acceptance is counted anew from the day on which nothing was missing."
    )
    command = commands.completion
    completed_on = forms.DateField(label=_("Complete on"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the clock of acceptance runs from the completion."""
        rows = case.deadlines.all() if case.closed_on is None else ()
        return any(row.start_event == COMPLETE and row.state in RUNNING for row in rows)
