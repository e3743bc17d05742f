"""Steps of a joint consultation: open, give an opinion under seal, close with minutes and tasks."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Consultation, Office
from casework.queries.consultations import asked
from mediation.commands import consultation as commands
from mediation.engine.steps import Rows, StepForm
from mediation.forms.routing import offices_for
from mediation.models import Process

LONG = forms.Textarea(attrs={"rows": 4})


class OpenForm(StepForm):
    """What is put before the offices: these words and nothing else of the case."""

    submit = _("Ask the offices")
    lead = _("The offices see these three texts and nothing else. Leave out names and numbers.")
    offices = forms.MultipleChoiceField(
        label=_("Offices, two to five"), widget=forms.CheckboxSelectMultiple
    )
    facts = forms.CharField(label=_("Facts"), max_length=4000, widget=LONG)
    agreed = forms.CharField(
        label=_("What both sides agree on"), max_length=4000, required=False, widget=LONG
    )
    question = forms.CharField(label=_("Question of law"), max_length=2000, widget=LONG)
    answer_by = forms.DateField(label=_("Opinions by"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is not closed."""
        return case.closed_on is None

    def prepare(self) -> None:
        """Offices near the case, the union's own left out."""
        near = self.case.district_id if self.case is not None else None
        own = set(Office.objects.filter(agency_id="UNION").values_list("pk", flat=True))
        self.offer("offices", [row for row in offices_for(near) if int(row[0]) not in own])

    def act(self) -> str:
        """Open it."""
        data = self.cleaned_data
        rows = list(Office.objects.filter(pk__in=[int(each) for each in data["offices"]]))
        commands.open_with_offices(
            self.case, offices=rows, facts=data["facts"], agreed=data["agreed"],
            question=data["question"], answer_by=data["answer_by"], by=self.by, at=self.at,
        )  # fmt: skip
        return "OPENED"


class OpinionForm(StepForm):
    """An office's opinion: it binds nobody, and nobody reads it before the meeting."""

    template = "referral/opinion.html"
    submit = _("Give the opinion under seal")
    text = forms.CharField(label=_("Opinion"), max_length=4000, widget=LONG)

    def context(self) -> dict[str, Any]:
        """The consultation pack: facts, agreed facts, question."""
        if self.process is None:
            return {}
        row = commands.opinion_of(self.process)
        return {
            "consultation": row.consultation,
            "unit_words": f"{self.by.display_name} {row.office.name}",
        }

    def act(self) -> str:
        """Seal it."""
        from casework.commands.consultation import give_opinion

        row = commands.opinion_of(cast("Process", self.process))
        give_opinion(row, text=self.cleaned_data["text"], by=self.by, at=self.at)
        return str(row.pk)


class CloseForm(StepForm):
    """The meeting was held: what was said, and who does what until when."""

    template = "referral/close_consultation.html"
    submit = _("Close and open the opinions")
    minutes = forms.CharField(label=_("Minutes"), max_length=8000, widget=LONG)
    duties = Rows(
        {
            "who": forms.CharField(label=_("Who"), max_length=80),
            "what": forms.CharField(label=_("What"), max_length=200),
            "until": forms.DateField(label=_("Until")),
        },
        label=_("Tasks"), required=False,
    )  # fmt: skip

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where one is open."""
        return _open(case) is not None

    def context(self) -> dict[str, Any]:
        """The agenda: the question, and who has answered; not what."""
        row = _open(self.case) if self.case is not None else None
        if row is None:
            return {}
        return {
            "consultation": row,
            "asked": [(office.name, given) for office, given in asked(row)],
        }

    def act(self) -> str:
        """Close it."""
        row = cast("Consultation", _open(self.case))
        duties = [
            {**each, "until": each["until"].isoformat()} for each in self.cleaned_data["duties"]
        ]
        commands.close(
            row, minutes=self.cleaned_data["minutes"], duties=duties, by=self.by, at=self.at
        )
        return "CLOSED"


def _open(case: Case) -> Consultation | None:
    rows = [row for row in case.consultations.all() if row.closed_at is None]
    return min(rows, key=lambda row: row.pk, default=None)
