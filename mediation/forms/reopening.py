"""Steps of opening a closed case again: asked for by anybody who works on it, decided by the head."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.reopening import MOST_REOPENINGS, Ground
from casework.events import Kind
from casework.models import Case, Event
from mediation.commands import closing as commands
from mediation.engine.steps import StepForm

TO = (
    ("REPORT", _("the closing report: put right and report anew")),
    ("MEDIATION", _("mediation: talk again about what was not agreed")),
    ("FOLLOWUP", _("the payments: watch them again")),
)


class AskForm(StepForm):
    """A ground to open a closed case again."""

    submit = _("Ask the head")
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    words = forms.CharField(label=_("What happened"), max_length=400, widget=forms.Textarea)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once it is closed, archived or not; never advice that was only answered."""
        return case.closed_on is not None and case.merged_into_id is None

    def act(self) -> str:
        """Ask."""
        data = self.cleaned_data
        commands.ask_to_reopen(
            self.case, ground=data["ground"], words=data["words"], by=self.by, at=self.at
        )
        return "ASKED"


class ReopenForm(StepForm):
    """Open again and where to, or leave closed with a reason."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"), choices=(("REOPEN", _("open again")), ("KEEP", _("leave closed")))
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    words = forms.CharField(label=_("Reason"), max_length=400)
    to = forms.ChoiceField(
        label=_("Work goes on with"), choices=TO, initial="REPORT", required=False
    )

    def prepare(self) -> None:
        """What was asked for, or the dissatisfaction of the visit."""
        asked = (
            Event.objects.filter(case=self.case, kind=Kind.REOPENING_ASKED)
            .order_by("seq")
            .last()
            if self.case
            else None
        )
        self.fields["ground"].initial = asked.payload["ground"] if asked else "DISSATISFIED"
        self.fields["words"].initial = asked.payload["words"] if asked else ""

    def context(self) -> dict[str, Any]:
        """How often it was opened again."""
        if self.case is None or self.case.reopen_count == 0:
            return {}
        words = _("%(n)s of at most %(most)s times") % {
            "n": self.case.reopen_count,
            "most": MOST_REOPENINGS,
        }
        return {"band": {"kind": "warn", "fact": _("Opened again before"), "detail": words}}

    def act(self) -> str:
        """Reopen, or not."""
        data = self.cleaned_data
        if data["decision"] == "REOPEN":
            to = data["to"] or "REPORT"
            commands.reopen(
                self.case, ground=data["ground"], words=data["words"], to=to,
                process=self.process, by=self.by, at=self.at,
            )  # fmt: skip
            return to
        beside = self.case.archived_on or commands.other_closings(self.case, self.process)
        return "AS_IT_WAS" if beside else "KEEP"
