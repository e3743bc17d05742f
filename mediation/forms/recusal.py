"""Steps of a recusal, and of handing a case to another mediator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.recusal import Ground
from casework.models import Case
from mediation.commands import recusal as commands
from mediation.engine.steps import StepForm
from mediation.forms.candidates import free, shown, weighed
from mediation.forms.hearing import only_the_mediator
from mediation.forms.mediation import PersonField


class _WhileMediated(StepForm):
    """A step on a case that somebody mediates."""

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While somebody mediates and the case is open."""
        return case.mediator_id is not None and case.closed_on is None


class AskForm(_WhileMediated):
    """A side asks for another mediator, at any time."""

    submit = _("Put it to the head")
    asked_by = forms.ChoiceField(
        label=_("Asked by"),
        choices=(("WORKER", _("the worker's side")), ("EMPLOYER", _("the employer's side"))),
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    words = forms.CharField(label=_("What is alleged"), max_length=200)

    def act(self) -> str:
        """Ask."""
        data = self.cleaned_data
        return commands.ask(
            self.case, asked_by=data["asked_by"], ground=data["ground"], words=data["words"],
            waived=False, by=self.by, at=self.at,
        )  # fmt: skip


class DiscloseForm(_WhileMediated):
    """The mediator discloses a relation to a party; both sides may waive it in writing."""

    submit = _("Disclose")
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    name = forms.CharField(
        label=_("To whom (firm or person, kept for later cases)"),
        max_length=100,
        required=False,
    )
    words = forms.CharField(label=_("What the relation is"), max_length=200)
    waived = forms.BooleanField(label=_("Both sides waived it in writing"), required=False)

    def act(self) -> str:
        """Disclose."""
        only_the_mediator(self)
        data = self.cleaned_data
        return commands.disclose(
            self.case, ground=data["ground"], name=data["name"], words=data["words"],
            waived=data["waived"], by=self.by, at=self.at,
        )  # fmt: skip


class DecideForm(StepForm):
    """The head decides before the next session."""

    template = "steps/listed.html"
    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("REPLACE", _("another mediator")), ("STAY", _("the mediator stays"))),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def context(self) -> dict[str, Any]:
        """What is alleged, by whom."""
        row = self.case.recusals.filter(outcome="").first() if self.case else None
        if row is None:
            return {}
        fact = f"{row.mediator.display_name}：{Ground(row.ground).label}"
        return {"band": {"kind": "warn", "fact": fact, "detail": row.words}}

    def act(self) -> str:
        """Decide."""
        data = self.cleaned_data
        return commands.decide(
            self.case, granted=data["decision"] == "REPLACE", reason=data["reason"],
            by=self.by, at=self.at,
        )  # fmt: skip


class ReplaceForm(_WhileMediated):
    """Who mediates instead."""

    template = "steps/listed.html"
    submit = _("Name them")
    mediator = PersonField(label=_("Mediator"))
    reason = forms.CharField(label=_("Reason of the choice"), required=False, max_length=120)

    def prepare(self) -> None:
        """Everybody but the mediator of today, best first."""
        self.rows = weighed(self, without=self.case.mediator if self.case else None)
        mediator: Any = self.fields["mediator"]
        mediator.offer(free(self.rows))

    def context(self) -> dict[str, Any]:
        """The reasons for and against each."""
        return {"tables": [shown(self.rows)]}

    def act(self) -> str:
        """Hand over."""
        data = self.cleaned_data
        commands.replace(
            self.case, mediator=data["mediator"], reason=data["reason"], by=self.by, at=self.at
        )
        return "REPLACED"


class HandOverForm(ReplaceForm):
    """Leave, illness or load: another mediator takes the case."""

    submit = _("Hand over")
    reason = forms.CharField(label=_("Reason"), max_length=120)
