"""A promised call back: its day and hours on the call page, and what came of it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands import call_backs
from casework.commands.base import CommandRefused
from casework.models import CallBackState, Case
from casework.queries.calendar import current
from mediation.commands import dispatch as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import day_box, text

PROMISE = ["call_back_on", "call_back_from", "call_back_until", "call_back_why"]


def _hour_box() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PromiseFields(forms.Form):
    """Day, hours and reason of a call back: all of them or none. `clean` adds `window`, two instants."""

    at: datetime

    call_back_on = forms.DateField(label=_("Call back on"), required=False, widget=day_box())
    call_back_from = forms.TimeField(label=_("from"), required=False, widget=_hour_box())
    call_back_until = forms.TimeField(label=_("until"), required=False, widget=_hour_box())
    call_back_why = text(_("What the call is for"))

    def clean(self) -> dict[str, Any]:
        """Whole, in order, and not over already."""
        data: dict[str, Any] = super().clean() or {}
        names = [name for name in PROMISE if name in self.fields]
        given = {name for name in names if data.get(name) not in (None, "")}
        wrong = set(names) & set(self.errors)
        if not self.is_promised(given | wrong):
            for name in wrong:
                del self.errors[name]
            return {**data, **dict.fromkeys(names, None)}
        for name in set(names) - given - wrong:
            self.add_error(
                name, _("A promise needs a day, from when until when, and what for.")
            )
        if given == set(names):
            self._read_window(data)
        return data

    def is_promised(self, told: set[str]) -> bool:
        """Whether a call is promised at all; `told` are the boxes that somebody wrote into."""
        return bool(told)

    def _read_window(self, data: dict[str, Any]) -> None:
        on: date = data["call_back_on"]
        begin, end = (_instant(on, data[name]) for name in PROMISE[1:3])
        if end <= begin:
            self.add_error(
                "call_back_until", _("The end of the hours lies before their beginning.")
            )
        elif end <= self.at:
            self.add_error("call_back_on", str(call_backs.WindowOver()))
        data["window"] = (begin, end)


def _instant(on: date, hour: time) -> datetime:
    return clock.instant(on, hour.hour, hour.minute)


class PromiseForm(PromiseFields, StepForm):
    """Promise somebody of the case a call at certain hours."""

    submit = _("Promise the call")

    def prepare(self) -> None:
        """All of it is needed here."""
        for name in PROMISE:
            self.fields[name].required = True

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While no promise is open."""
        return case.archived_on is None and commands.open_promise(case) is None

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """A promise that is open says so."""
        return super().unfit(case) if case.archived_on else call_backs.PromisedAlready()

    def act(self) -> str:
        """Promise it."""
        begins_at, ends_at = self.cleaned_data["window"]
        call_backs.promise(
            self.case, begins_at=begins_at, ends_at=ends_at,
            why=self.cleaned_data["call_back_why"], by=self.by, at=self.at,
        )  # fmt: skip
        return "PROMISED"


class KeepPromiseForm(PromiseFields, StepForm):
    """What came of the promised call; nobody reached means another try."""

    submit = _("Write down the outcome")
    outcome = forms.ChoiceField(
        label=_("Outcome"), widget=forms.RadioSelect,
        choices=(
            (CallBackState.REACHED, _("reached")),
            (CallBackState.NOT_REACHED, _("not reached: another try")),
            (CallBackState.NOT_NEEDED, _("no longer needed")),
        ),
    )  # fmt: skip
    words = text(_("What was said, or why it is not needed"), 200)
    field_order = ("outcome", "words", "call_back_on", "call_back_from", "call_back_until")

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While a promise is open, also after the closing: none is lost."""
        return commands.open_promise(case) is not None

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """Nothing is promised, or a colleague was quicker."""
        return commands.NothingPromised()

    def prepare(self) -> None:
        """The next try is offered on the next working day, at the same hours."""
        del self.fields["call_back_why"]
        row = commands.open_promise(self.case)
        if row is None:
            return
        labels = {"call_back_on": _("Next try on")}
        begin, end = (each.astimezone(clock.SHANGHAI) for each in (row.begins_at, row.ends_at))
        starts = {
            "call_back_on": current().next_working(self.on + timedelta(days=1)),
            "call_back_from": begin.time(), "call_back_until": end.time(),
        }  # fmt: skip
        for name, value in starts.items():
            self.fields[name].label = labels.get(name, self.fields[name].label)
            self.initial.setdefault(name, value)

    def context(self) -> dict[str, Any]:
        """What was promised, above the form."""
        row = commands.open_promise(self.case)
        words = _("Promised for %(hours)s: %(why)s")
        return (
            {"intro": words % {"hours": call_backs.hours(row), "why": row.why}} if row else {}
        )

    def is_promised(self, told: set[str]) -> bool:
        """The hours of the next try count only when nobody was reached."""
        return self.cleaned_data.get("outcome") == CallBackState.NOT_REACHED

    def clean(self) -> dict[str, Any]:
        """Not needed says why."""
        data = super().clean()
        if data.get("outcome") == CallBackState.NOT_NEEDED and not data.get("words"):
            self.add_error("words", _("Say why the call is no longer needed."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        commands.keep_promise(
            self.case, CallBackState(data["outcome"]), words=data["words"],
            window=data.get("window"), by=self.by, at=self.at,
        )  # fmt: skip
        return "SETTLED"
