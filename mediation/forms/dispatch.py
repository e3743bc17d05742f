"""Steps on a ticket: signed for, objected to, called back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.base import CommandRefused
from casework.models import Case, Party, Side
from mediation.commands import dispatch as commands
from mediation.engine.steps import StepForm


class SignForm(StepForm):
    """The district signs for the ticket."""

    submit = _("Sign for it")

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the district has not signed."""
        return case.closed_on is None and commands.waits_for_signature(case)

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """A ticket that was signed for says so."""
        return super().unfit(case) if case.closed_on else commands.SignedAlready()

    def act(self) -> str:
        """Sign."""
        commands.sign(self.case, by=self.by, at=self.at)
        return "SIGNED"


class ObjectForm(SignForm):
    """The ticket is not this district's."""

    submit = _("Object")
    reason = forms.CharField(label=_("Why it is not ours, and whose it is"), max_length=200)

    def act(self) -> str:
        """Object: the ticket goes back to triage."""
        reason = self.cleaned_data["reason"]
        commands.object_to(self.case, reason=reason, by=self.by, at=self.at)
        return "OBJECTED"


class CallBackForm(StepForm):
    """The first call back to the worker."""

    submit = _("Record the call")
    party = forms.ChoiceField(label=_("Who was called"))
    reached = forms.BooleanField(label=_("Reached"), required=False)
    words = forms.CharField(label=_("What was said"), max_length=120, required=False)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the matter is open and somebody can be called."""
        return case.closed_on is None and case.triaged_on is not None

    def prepare(self) -> None:
        """The workers of the case."""
        rows = Party.objects.filter(case=self.case, side=Side.WORKER, left_on__isnull=True)
        self.parties = {row.ref: row for row in rows.select_related("person")}
        self.offer("party", [(ref, f"{ref} {row.name}") for ref, row in self.parties.items()])

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        commands.call_back(
            self.case, self.parties[data["party"]], reached=data["reached"],
            words=data["words"], by=self.by, at=self.at,
        )  # fmt: skip
        return "CALLED"
