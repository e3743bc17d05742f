"""The forms of mediation: who, when, what was said, what came of it."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.hearing import working_day_problem
from casework.models import Deadline, DeadlineState, User
from casework.queries import calendar
from casework.rules.periods import add_working_days
from mediation.commands import ending
from mediation.commands import mediation as commands
from mediation.engine.steps import Rows, StepForm

NOTICE_DAYS = 3  # M-13, a policy: it warns and never blocks
MORNING = time(9, 30)
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
    mediator = PersonField(label=_("Mediator"))
    recorder = PersonField(label=_("Recorder"), required=False)
    reason = forms.CharField(label=_("Reason of the choice"), required=False, max_length=120)

    def prepare(self) -> None:
        """Offer the people of the district."""
        mediator: Any = self.fields["mediator"]
        recorder: Any = self.fields["recorder"]
        mediator.offer(commands.people_who("mediation.hold_session", self.case))
        keepers = commands.people_who("mediation.keep_record", self.case)
        recorder.offer(keepers, empty=True)

    def act(self) -> str:
        """Appoint."""
        data = self.cleaned_data
        commands.appoint(
            self.case, mediator=data["mediator"], recorder=data["recorder"],
            reason=data["reason"], by=self.by, at=self.at,
        )  # fmt: skip
        return "APPOINTED"


class SessionDay(StepForm):
    """A day and an hour of a session: a working day, with the next ones offered."""

    on_day = forms.DateField(label=_("Day"))
    at_time = forms.TimeField(label=_("Time"), initial=MORNING, required=False)

    def prepare(self) -> None:
        """Say from which day on the notice is early enough."""
        early = add_working_days(self.on, NOTICE_DAYS, calendar.current()).due
        hint = _("Three working days ahead: from %(day)s on.") % {"day": early.isoformat()}
        self.fields["on_day"].help_text = hint

    def clean_on_day(self) -> Any:
        """A day off is refused, with what to change it to."""
        day = self.cleaned_data["on_day"]
        if problem := working_day_problem(day):
            days = calendar.current()
            near = (days.previous_working(day), days.next_working(day))
            self.repairs = {
                "on_day": [{"value": on.isoformat(), "words": on.isoformat()} for on in near]
            }
            raise forms.ValidationError(problem, code="day_off")
        return day

    @property
    def starts_at(self) -> Any:
        """The instant at which the session begins."""
        hour = self.cleaned_data["at_time"] or MORNING
        return clock.instant(self.cleaned_data["on_day"], hour.hour, hour.minute)


class NotifyForm(SessionDay):
    """Day, hour and place of the next session, told to both sides (D09, D10)."""

    submit = _("Send the notices")
    place = forms.CharField(label=_("Place"), max_length=80)
    way = forms.ChoiceField(label=_("Way"), choices=WAYS, initial="meeting", required=False)
    recorder = PersonField(label=_("Recorder"), required=False)
    service_way = forms.ChoiceField(
        label=_("How the notice was served"), choices=SERVICES, initial="direct", required=False
    )
    proof = forms.CharField(label=_("Proof of service"), required=False, max_length=120)

    def prepare(self) -> None:
        """Offer recorders; propose the one appointed."""
        super().prepare()
        field: Any = self.fields["recorder"]
        field.offer(commands.people_who("mediation.keep_record", self.case), empty=True)
        if self.case and self.case.recorder:
            field.initial = self.case.recorder.username

    def context(self) -> dict[str, Any]:
        """The limits that run, and who will be told."""
        return {"limits": limits(self.case), "told": told(self.case)}

    def act(self) -> str:
        """Plan and notify."""
        data = self.cleaned_data
        commands.notify(
            self.case, starts_at=self.starts_at, place=data["place"],
            way=data["way"] or "meeting", recorder=data["recorder"],
            service_way=data["service_way"] or "direct", proof=data["proof"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "NOTIFIED"


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
