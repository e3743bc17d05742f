"""Drawing up an application to a court: the paper is made from the file, the worker signs it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.base import CommandRefused
from casework.models import Case
from casework.queries.of_case import open_deadlines_of
from mediation.commands import application as commands
from mediation.engine.steps import StepForm

MONEY_WORDS = (
    ("WAGES", _("wages that are owed")),
    ("INJURY", _("medical costs of a work injury")),
    ("SEVERANCE", _("severance pay")),
    ("DAMAGES", _("damages")),
)


class Application(StepForm):
    """An application goes to the court of the district, or to the one that is named."""

    submit = _("Draw up the application")
    court = forms.CharField(
        label=_("Court"), max_length=60, required=False,
        help_text=_("Left empty: the court of the district in the list of offices."),
    )  # fmt: skip
    field_order = ("court",)


class ConfirmationForm(Application):
    """Both sides ask the court to confirm the agreement."""

    lead = _("Both sides sign it and hand it in together before the last day.")
    both = forms.BooleanField(label=_("Both sides want the confirmation"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the thirty days run."""
        return any(row.rule == commands.CONFIRMATION for row in open_deadlines_of(case))

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """The thirty days are over, or never began."""
        return commands.WindowOver()

    def act(self) -> str:
        """Draw it up."""
        commands.ask_confirmation(
            self.case, court=self.cleaned_data["court"], by=self.by, at=self.at
        )
        return "DRAWN_UP"


class ReviewForm(StepForm):
    """Both sides ask the commission to review the agreement and turn it into a mediation statement."""

    submit = _("Draw up the application")
    lead = _("Both sides sign it and hand it in together before the last day.")
    commission = forms.CharField(
        label=_("Commission"), max_length=60, required=False,
        help_text=_("Left empty: the commission of the district in the list of offices."),
    )  # fmt: skip
    both = forms.BooleanField(label=_("Both sides want the review"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the fifteen days run, and nothing of the agreement shuts the review out."""
        return commands.reviewable(case, clock.today())

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """It is not open."""
        return commands.ReviewNotOpen()

    def act(self) -> str:
        """Draw it up."""
        data = self.cleaned_data
        commands.ask_review(self.case, commission=data["commission"], by=self.by, at=self.at)
        return "DRAWN_UP"


class PaymentOrderForm(Application):
    """The worker asks the court for a payment order."""

    lead = _("Everything that is due and unpaid today is asked for.")
    money = forms.MultipleChoiceField(
        label=_("What money is it"), choices=MONEY_WORDS, widget=forms.CheckboxSelectMultiple
    )
    no_counter_duty = forms.BooleanField(
        label=_("The worker owes the employer nothing in return")
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once something is over due."""
        return bool(commands.unpaid(case, clock.today()))

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """Nothing is over due."""
        return commands.NothingUnpaid()

    def act(self) -> str:
        """Draw it up."""
        commands.ask_payment_order(
            self.case,
            money=self.cleaned_data["money"],
            court=self.cleaned_data["court"],
            by=self.by,
            at=self.at,
        )
        return "DRAWN_UP"


class EnforcementForm(Application):
    """The worker asks the court to enforce."""

    lead = _("The paper names the title, what is unpaid, and the last day for asking.")
    checked = forms.BooleanField(label=_("The worker wants the enforcement"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once there is a title and something unpaid."""
        today = clock.today()
        return bool(commands.unpaid(case, today)) and commands.title_of(case, today) is not None

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """Which of the two is missing."""
        lacks_title = commands.title_of(case, clock.today()) is None
        return commands.NoTitle() if lacks_title else commands.NothingUnpaid()

    def act(self) -> str:
        """Draw it up."""
        commands.ask_enforcement(
            self.case, court=self.cleaned_data["court"], by=self.by, at=self.at
        )
        return "DRAWN_UP"
