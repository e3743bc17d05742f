"""The forms of mediation: who, when, what was said, what came of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Deadline, DeadlineState, User
from mediation.commands import ending
from mediation.commands import mediation as commands
from mediation.engine.steps import Rows, StepForm
from mediation.forms.candidates import free, shown, weighed

CO_MEDIATORS = 2
WAYS = (
    ("meeting", _("together in one room")),
    ("separate", _("each side alone")),
    ("online", _("online")),
    ("phone", _("by telephone")),
)
SERVICES = (
    ("direct", _("handed over")),
    ("post", _("by post")),
    ("electronic", _("electronically, with consent")),
    ("phone", _("by telephone, recorded")),
)


class PersonField(forms.ChoiceField):
    """A person chosen by user name; answers the person."""

    people: dict[str, User]

    def offer(self, people: list[User], *, empty: bool = False) -> None:
        """The people to choose from."""
        self.people = {user.username: user for user in people}
        rows = [(user.username, user.display_name) for user in people]
        self.choices = [("", "-"), *rows] if empty else rows

    def clean(self, value: Any) -> User | None:
        """The person, or None when left open."""
        return self.people.get(str(super().clean(value) or ""))


class AppointForm(StepForm):
    """Who mediates and who keeps the record."""

    submit = _("Appoint")
    template = "steps/listed.html"
    mediator = PersonField(label=_("Mediator"))
    co_mediators = forms.MultipleChoiceField(
        label=_("Co-mediators (collective or hard cases: one or two)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    recorder = PersonField(label=_("Recorder"), required=False)
    reason = forms.CharField(label=_("Reason of the choice"), required=False, max_length=120)

    def prepare(self) -> None:
        """Offer the people of the district, best first; nobody who is tied to a party."""
        self.rows = weighed(self)
        mediator: Any = self.fields["mediator"]
        recorder: Any = self.fields["recorder"]
        people = free(self.rows)
        mediator.offer(people)
        self.offer("co_mediators", [(each.username, each.display_name) for each in people])
        keepers = commands.people_who("mediation.keep_record", self.case)
        recorder.offer(keepers, empty=True)

    def context(self) -> dict[str, Any]:
        """The reasons for and against each."""
        return {"tables": [shown(self.rows)]}

    def clean_co_mediators(self) -> list[str]:
        """Two beside the one who presides, at most."""
        names: list[str] = self.cleaned_data["co_mediators"]
        if len(names) > CO_MEDIATORS:
            raise forms.ValidationError(_("At most two co-mediators sit beside the mediator."))
        return names

    def act(self) -> str:
        """Appoint."""
        data = self.cleaned_data
        people = {each.person.username: each.person for each in self.rows}
        commands.appoint(
            self.case, mediator=data["mediator"], recorder=data["recorder"],
            co_mediators=[people[name] for name in data["co_mediators"]],
            reason=data["reason"], by=self.by, at=self.at,
        )  # fmt: skip
        return "APPOINTED"


def limits(case: Any) -> list[Deadline]:
    """The deadlines that run on a case."""
    return list(Deadline.objects.filter(case=case, state=DeadlineState.OPEN).order_by("due"))


def told(case: Any) -> list[str]:
    """Who gets the notice."""
    from casework.commands.notices import respondents_and_applicants

    return [party.name for party in respondents_and_applicants(case)]


def attendance_rows(**kwargs: Any) -> Rows:
    """The field of who came."""
    columns = {
        "ref": forms.CharField(label=_("Party"), max_length=8),
        "name": forms.CharField(label=_("Name"), max_length=60),
        "capacity": forms.CharField(label=_("Capacity"), max_length=40, required=False),
        "authority": forms.CharField(label=_("Authority"), max_length=60, required=False),
        "present": forms.NullBooleanField(label=_("Present")),
    }
    return Rows(columns, label=_("Who came"), **kwargs)


def extend_from(form: StepForm) -> None:
    """Extend as a form says."""
    data = form.cleaned_data
    ending.extend(
        form.case, days=data["extend_days"], worker_signed=data["worker_signed"],
        employer_signed=data["employer_signed"], reason=data["reason"], by=form.by, at=form.at,
    )  # fmt: skip


class LimitForm(StepForm):
    """The limit is over: go on by signed consent of both sides, or end."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("END", _("mediation ends")), ("EXTENDED", _("extended by both sides"))),
    )
    reason = forms.CharField(label=_("Reason"), max_length=120)
    extend_days = forms.IntegerField(
        label=_("Days of mediation in all, with the extension"), required=False, min_value=1
    )
    worker_signed = forms.BooleanField(label=_("The worker's side signed"), required=False)
    employer_signed = forms.BooleanField(label=_("The employer's side signed"), required=False)
    whens = dict.fromkeys(
        ("extend_days", "worker_signed", "employer_signed"), "decision=EXTENDED"
    )

    def clean(self) -> dict[str, Any]:
        """An extension needs its length."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "EXTENDED" and not data.get("extend_days"):
            self.add_error("extend_days", _("This field is required."))
        return data

    def act(self) -> str:
        """Extend, or end with the notice of failure."""
        decision: str = self.cleaned_data["decision"]
        if decision == "EXTENDED":
            extend_from(self)
        else:
            reason = self.cleaned_data["reason"]
            ending.end_unsettled(self.case, reason=reason, by=self.by, at=self.at)
        return decision
