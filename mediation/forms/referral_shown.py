"""What the guards of some matters want shown: stated by the sender, kept with the referral."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Evidence
from casework.queries.of_case import workers_of
from mediation.engine.steps import StepForm
from mediation.forms.referral_words import COURT_GROUNDS

SHOWN = (
    "own_application_on", "applicants", "both_sides", "court_ground", "title_number",
    "accident_on", "tried", "enclosed",
)  # fmt: skip


def text(label: Any, length: int = 400, **kwargs: Any) -> forms.CharField:
    """Words that may stay empty."""
    return forms.CharField(label=label, max_length=length, required=False, **kwargs)


def more_files() -> forms.MultipleChoiceField:
    """The field that chooses what goes along with a new pack."""
    return forms.MultipleChoiceField(
        label=_("Files of the workers to enclose"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only an office that may see evidence gets them, and only of workers who agreed to that."),
    )  # fmt: skip


def files_of(case: Case) -> list[tuple[str, str]]:
    """What the workers handed in, to choose from."""
    rows = Evidence.objects.filter(case=case, taken_back_at=None).select_related(
        "party__person"
    )
    return [(str(row.pk), f"{row.name or row.sha256[:8]}　{row.party.name}") for row in rows]


class ShownFields(StepForm):
    """The fields; which of them a matter needs, its guards say."""

    own_application_on = forms.DateField(
        label=_("The worker's own application is of"), required=False
    )
    applicants = forms.MultipleChoiceField(
        label=_("Who applied"), required=False, widget=forms.CheckboxSelectMultiple
    )
    both_sides = forms.BooleanField(label=_("Both sides ask for it together"), required=False)
    court_ground = forms.ChoiceField(
        label=_("Why the court is open"), required=False, choices=list(COURT_GROUNDS.items())
    )
    title_number = text(_("Number of the enforceable title"), 60)
    accident_on = forms.DateField(label=_("Day of the accident"), required=False)
    tried = text(_("What was tried before, or why this office is needed"), 400)
    enclosed = more_files()

    def prepare(self) -> None:
        """The workers who may have applied."""
        if self.case is not None:
            self.offer("applicants", [(row.ref, row.name) for row in workers_of(self.case)])
            if not self.is_bound or "enclosed" in self.data:
                self.offer("enclosed", files_of(self.case))

    def shown(self) -> dict[str, Any]:
        """What was filled in, as it is kept."""
        found = {}
        for name in SHOWN:
            value = self.cleaned_data.get(name)
            if value:
                found[name] = value.isoformat() if isinstance(value, date) else value
        return found
