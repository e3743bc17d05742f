"""Steps of the three teams: pass on a problem from the phone; the union's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import team as file
from casework.models import ClueKind
from mediation.commands import clue as commands
from mediation.engine.steps import StepForm
from mediation.forms.photos import PhotosField


class PassOnForm(StepForm):
    """A problem of rights or safety at work, in few words, with photographs."""

    submit = _("Pass it on")
    lead = _(
        "Rights and safety at work only. Danger to life: call 119 or 120 first, then 12351."
    )
    template = "teams/pass_on.html"
    kind = forms.ChoiceField(
        label=_("About"), choices=ClueKind.choices, widget=forms.RadioSelect
    )
    firm = forms.CharField(label=_("Employer"), max_length=100)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    facts = forms.CharField(
        label=_("What you saw"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    people = forms.IntegerField(
        label=_("People concerned"), min_value=1, max_value=100_000, initial=1
    )
    danger = forms.BooleanField(label=_("Danger now"), required=False)
    photos = PhotosField()

    def prepare(self) -> None:
        """The firms for which this person speaks; none named means any of the district."""
        member = file.member_of(self.by, self.on)
        self.member = member
        if member and member.firms:
            self.fields["firm"] = forms.ChoiceField(
                label=_("Employer"), choices=[(name, name) for name in member.firms]
            )

    def context(self) -> dict[str, Any]:
        """For whom the person speaks."""
        return {"member": self.member}

    def act(self) -> str:
        """Pass it on."""
        data = dict(self.cleaned_data)
        people = data.pop("people")
        commands.pass_on(self.case, people_hit=people, by=self.by, at=self.at, **data)
        return "PASSED_ON"


class DecideForm(StepForm):
    """Take it up, or tell the member why not."""

    submit = _("Answer")
    template = "teams/decide.html"
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=(("TAKEN_UP", _("we take it up")), ("NOT", _("we do not take it up"))),
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Word to the team"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def context(self) -> dict[str, Any]:
        """What was passed on."""
        call = self.case.calls.first()
        return {"clue": commands.clue_of(self.case), "facts": call.facts if call else ""}

    def clean(self) -> dict[str, Any]:
        """Not taking it up needs a word."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "NOT" and not data.get("answer"):
            self.add_error("answer", _("This field is required."))
        return data

    def act(self) -> str:
        """Answer."""
        data = self.cleaned_data
        return commands.decide(
            self.case, taken_up=data["decision"] == "TAKEN_UP", answer=data["answer"],
            by=self.by, at=self.at,
        )  # fmt: skip
