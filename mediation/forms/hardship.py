"""Steps about hardship: say what the person needs, visit, write down what came of it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.commands import hardship as file
from casework.models import Case, HelpResult, Party, Side
from casework.queries.at_once import everyone
from mediation.commands import hardship as commands
from mediation.engine.steps import StepForm

FLAGS = (
    ("died", _("a death at work")),
    ("serious_illness", _("a serious illness")),
    ("sole_earner_dismissed", _("the sole earner was dismissed")),
    ("pregnant_without_pay", _("pregnant or nursing and without pay")),
    ("no_food_or_medicine", _("says there is no money for food or medicine")),
)


def _the_only(form: StepForm, data: dict[str, Any]) -> None:
    """The only warning that waits is meant when none is named."""
    keys = [key for key, _words in form.choices_of("warning")]
    if not data.get("warning") and len(keys) == 1:
        data["warning"] = keys[0]
    if not data.get("warning") and "warning" not in form.errors:
        form.add_error("warning", _("This field is required."))


class WarnForm(StepForm):
    """A person of the case is in need: which facts show it."""

    submit = _("Raise the warning")
    lead = _(
        "This is about help, not about the person. It is emptied when the case is archived."
    )
    party = forms.ChoiceField(label=_("Worker"))
    unpaid_months = forms.IntegerField(
        label=_("Whole months unpaid"), min_value=0, max_value=600, required=False
    )
    injury_grade = forms.IntegerField(
        label=_("Grade of the injury (1 to 10)"), min_value=1, max_value=10, required=False
    )
    facts = forms.MultipleChoiceField(
        label=_("What else is known"), choices=FLAGS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What is needed"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the case is open and has a worker."""
        workers = any(row.side == Side.WORKER for row in everyone(case))
        return case.closed_on is None and workers

    def prepare(self) -> None:
        """The workers of the case."""
        rows = (
            Party.objects.filter(case=self.case, side=Side.WORKER, left_on__isnull=True)
            if self.case
            else []
        )
        self.rows = {row.ref: row for row in rows}
        self.offer("party", [(ref, f"{ref} {row.name}") for ref, row in self.rows.items()])

    def act(self) -> str:
        """Raise it."""
        data = self.cleaned_data
        commands.warn(
            self.case, self.rows[data["party"]], words=data["words"], by=self.by, at=self.at,
            unpaid_months=data["unpaid_months"] or 0, injury_grade=data["injury_grade"],
            **dict.fromkeys(data["facts"], True),
        )  # fmt: skip
        return "WARNED"


class VisitForm(StepForm):
    """The hardship officer was there: what came of it."""

    submit = _("Write it down")
    template = "supervision/hardship.html"
    warning = forms.ChoiceField(label=_("Warning"), required=False)
    result = forms.ChoiceField(
        label=_("What came of it"), choices=HelpResult.choices, widget=forms.RadioSelect
    )
    told = forms.CharField(
        label=_("What was found"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    relief_yuan = forms.DecimalField(
        label=_("Sum of the relief (yuan)"), max_digits=10, decimal_places=2, min_value=0,
        required=False,
    )  # fmt: skip
    consented_on = forms.DateField(
        label=_("The person agreed to a help file on"), required=False
    )

    def prepare(self) -> None:
        """The warnings that wait."""
        self.waiting = file.open_for(self.case) if self.case else []
        names = [(str(row.pk), f"{row.party.ref} {row.party.name}") for row in self.waiting]
        self.offer("warning", names)
        if len(names) == 1:
            self.fields["warning"].initial = names[0][0]

    def context(self) -> dict[str, Any]:
        """Each warning with the facts that raised it."""
        tongue = "zh" if (get_language() or "").startswith("zh") else "en"
        return {
            "warnings": [
                {"row": row, "signs": [sign[tongue] for sign in row.signs]}
                for row in self.waiting
            ]
        }

    def clean(self) -> dict[str, Any]:
        """Consent lies not in the future; the only warning is meant when none is named."""
        data: dict[str, Any] = super().clean() or {}
        _the_only(self, data)
        if data.get("consented_on") and data["consented_on"] > self.on:
            self.add_error("consented_on", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = dict(self.cleaned_data)
        key = data.pop("warning")
        return commands.visit(self.case, key, on=self.on, by=self.by, at=self.at, **data)


class TakeBackForm(StepForm):
    """The warning was wrong, or the person does not want it: it is emptied now, no visit is made."""

    submit = _("Take it back")
    lead = _("The facts of the warning are emptied at once; only that there was one stays.")
    warning = forms.ChoiceField(label=_("Warning"), required=False)
    why = forms.ChoiceField(
        label=_("Why"), widget=forms.RadioSelect,
        choices=(("NOT_WANTED", _("the person does not want it")), ("WRONG", _("it was wrong"))),
    )  # fmt: skip

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While a warning waits for its visit."""
        return bool(file.open_for(case))

    def prepare(self) -> None:
        """The warnings that wait."""
        waiting = file.open_for(self.case) if self.case else []
        self.offer(
            "warning", [(str(row.pk), f"{row.party.ref} {row.party.name}") for row in waiting]
        )
        if len(waiting) == 1:
            self.fields["warning"].initial = str(waiting[0].pk)

    def clean(self) -> dict[str, Any]:
        """The only warning is meant when none is named."""
        data: dict[str, Any] = super().clean() or {}
        _the_only(self, data)
        return data

    def act(self) -> str:
        """Take it back."""
        data = self.cleaned_data
        commands.take_back(
            self.case, data["warning"], why=data["why"], on=self.on, by=self.by, at=self.at
        )
        return "TAKEN_BACK"
