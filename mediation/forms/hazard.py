"""Steps of an inspection: what was found, and what is mended when they come again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import hazard as file
from casework.commands.base import CommandRefused
from casework.models import Case, Grade
from mediation.commands import hazard as commands
from mediation.engine.steps import Rows, StepForm
from mediation.forms.photos import PhotosField
from mediation.forms.supervision import able, lines_of

INSPECTOR = "labour_protection_inspector"


class InspectForm(StepForm):
    """Two inspectors were there: what they found, what must be done, by when."""

    submit = _("Record the inspection")
    lead = _("The notice names the place and the hazards, never the one who reported them.")
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=120)
    found_on = forms.DateField(label=_("Inspected on"), required=False)
    people = forms.IntegerField(label=_("People at risk"), min_value=1, max_value=100_000)
    withdrawn = forms.BooleanField(label=_("People were withdrawn"), required=False)
    hazards = Rows(
        {
            "what": forms.CharField(label=_("Hazard"), max_length=300),
            "rule": forms.CharField(label=_("Rule breached"), max_length=120),
        },
        least=1,
        label=_("What was found"),
    )
    measures = forms.CharField(
        label=_("What must be done, one a line"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    fix_by = forms.DateField(label=_("To be mended by"))
    photos = PhotosField()
    inspectors = forms.MultipleChoiceField(
        label=_("Inspectors"), widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where no inspection is open."""
        return case.closed_on is None and file.open_inspection(case) is None

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """One inspection at a time; none on a closed case."""
        return file.InspectionOpen() if file.open_inspection(case) else super().unfit(case)

    def prepare(self) -> None:
        """The inspectors of the house."""
        names = able(INSPECTOR, self.case)
        self.offer("inspectors", [(name, name) for name in names])

    def clean(self) -> dict[str, Any]:
        """Nothing was inspected in the future."""
        data: dict[str, Any] = super().clean() or {}
        data["found_on"] = data.get("found_on") or self.on
        if data["found_on"] > self.on:
            self.add_error("found_on", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Record it."""
        data = dict(self.cleaned_data)
        data["measures"] = lines_of(data["measures"])
        commands.inspect(self.case, by=self.by, at=self.at, **data)
        return "INSPECTED"


class RecheckForm(StepForm):
    """They come again: what is mended, and what happens with the rest."""

    submit = _("Record the second look")
    template = "supervision/recheck.html"
    mended = forms.MultipleChoiceField(
        label=_("Mended"), required=False, widget=forms.CheckboxSelectMultiple
    )
    then = forms.ChoiceField(
        label=_("What is not mended"), required=False, widget=forms.RadioSelect,
        choices=(("AGAIN", _("another day is set")), ("AUTHORITY", _("goes to the authority"))),
    )  # fmt: skip
    fix_by = forms.DateField(label=_("To be mended by"), required=False)
    photos = PhotosField()

    def prepare(self) -> None:
        """The hazards that are still there."""
        found = file.open_inspection(self.case) if self.case else None
        self.found = found
        self.left = list(found.hazards.filter(mended_on__isnull=True)) if found else []
        self.offer(
            "mended", [(str(row.number), f"{row.number}. {row.what}") for row in self.left]
        )

    def context(self) -> dict[str, Any]:
        """The inspection as it stands, with its photographs."""
        return {"inspection": self.found}

    def clean(self) -> dict[str, Any]:
        """Something left needs a decision, and another day its date."""
        data: dict[str, Any] = super().clean() or {}
        if len(data.get("mended", [])) < len(self.left):
            if not data.get("then"):
                self.add_error("then", _("This field is required."))
            elif data["then"] == "AGAIN" and not data.get("fix_by"):
                self.add_error("fix_by", _("This field is required."))
        return data

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        return commands.recheck(
            self.case, mended=[int(number) for number in data["mended"]], then=data["then"],
            fix_by=data["fix_by"], photos=data["photos"], on=self.on, by=self.by, at=self.at,
        )  # fmt: skip
