"""The step that sends a new pack to an office that has accepted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Referral
from casework.referral_protocol import State
from mediation.commands import referral as commands
from mediation.engine.steps import StepForm
from mediation.forms.referral_shown import files_of, more_files
from mediation.forms.referral_words import matter_name


class RenewForm(StepForm):
    """What is new goes out as a new pack; the one before it closes."""

    submit = _("Send the new pack")
    referral_of = forms.ChoiceField(label=_("Referral"))
    words = forms.CharField(label=_("What is new"), max_length=400)
    enclosed = more_files()

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where an office is at work."""
        return any(row.state == State.ACCEPTED for row in case.referrals.all())

    def prepare(self) -> None:
        """The referrals that were accepted and have no result yet."""
        self.rows: dict[str, Referral] = {}
        if self.case is not None:
            rows = self.case.referrals.filter(state=State.ACCEPTED).select_related(
                "office", "agency"
            )
            self.rows = {str(row.pk): row for row in rows}
            self.offer("enclosed", files_of(self.case))
        self.offer(
            "referral_of",
            [
                (key, f"{matter_name(row.matter)}　{row.office}")
                for key, row in self.rows.items()
            ],
        )

    def act(self) -> str:
        """Send it."""
        row = self.rows[self.cleaned_data["referral_of"]]
        data = self.cleaned_data
        commands.supply(
            row, words=data["words"], files=data["enclosed"], by=self.by, at=self.at
        )
        return "RENEWED"
