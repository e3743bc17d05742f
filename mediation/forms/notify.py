"""The forms of a session's time: six free ones are offered, and both sides are told."""

from datetime import time
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.appointments import chosen_of
from casework.commands.hearing import working_day_problem
from casework.models import Room
from casework.queries import calendar
from casework.queries.slots import Slot
from casework.rules.periods import add_working_days
from mediation.commands import mediation as commands
from mediation.engine.steps import StepForm
from mediation.forms.mediation import SERVICES, WAYS, PersonField, limits, told

NOTICE_DAYS = 3  # M-13, a policy: it warns and never blocks
MORNING = time(9, 30)


class SessionDay(StepForm):
    """A free time that suits all, or a day and an hour: a working day, with the next ones offered."""

    slot = forms.ChoiceField(
        label=_("Free for both sides, the mediator and a room"),
        required=False,
        widget=forms.RadioSelect,
    )
    on_day = forms.DateField(label=_("Or another day"), required=False)
    at_time = forms.TimeField(label=_("Time"), initial=MORNING, required=False)

    def prepare(self) -> None:
        """Say from which day on the notice is early enough."""
        early = add_working_days(self.on, NOTICE_DAYS, calendar.current()).due
        hint = _("Three working days ahead: from %(day)s on.") % {"day": early.isoformat()}
        self.fields["on_day"].help_text = hint
        self.slots = {slot.key: slot for slot in commands.slots(self.case, early)}
        self.offer("slot", self._told())

    def _told(self) -> list[tuple[str, str]]:
        """The free times; what the worker chose says so, and is proposed if it is one alone."""
        wanted = chosen_of(self.case) if self.case else set()
        fits = [key for key, slot in self.slots.items() if slot.starts_at in wanted]
        if len(fits) == 1:
            self.initial.setdefault("slot", fits[0])
        mark = _("the worker chose this")
        return [
            (key, f"{slot_words(slot)}　{mark}" if key in fits else slot_words(slot))
            for key, slot in self.slots.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A free time, or a day."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("slot") and not data.get("on_day") and "on_day" not in self.errors:
            self.add_error("on_day", _("Choose a free time, or name a day."))
        return data

    def clean_on_day(self) -> Any:
        """A day off is refused, with what to change it to."""
        day = self.cleaned_data["on_day"]
        if day is None:
            return None
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
        if slot := self.slots.get(self.cleaned_data["slot"]):
            return slot.starts_at
        hour = self.cleaned_data["at_time"] or MORNING
        return clock.instant(self.cleaned_data["on_day"], hour.hour, hour.minute)

    @property
    def room(self) -> Room | None:
        """The room of the free time that was chosen."""
        slot = self.slots.get(self.cleaned_data["slot"])
        return slot.room if slot else None


def slot_words(slot: Slot) -> str:
    """Day, hour, weekday and room of a free time."""
    wall = slot.starts_at.astimezone(clock.SHANGHAI)
    room = slot.room.name if slot.room else ""
    return f"{wall:%Y-%m-%d %H:%M} {date_format(wall, 'l')} {room}".strip()


class NotifyForm(SessionDay):
    """Day, hour and place of the next session, told to both sides (D09, D10)."""

    submit = _("Send the notices")
    place = forms.CharField(label=_("Place (empty: the room)"), max_length=80, required=False)
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

    def clean(self) -> dict[str, Any]:
        """The notice names a place: the room's, unless another is given."""
        data = super().clean()
        room = self.slots[data["slot"]].room if data.get("slot") in self.slots else None
        data["place"] = data.get("place") or (room.name if room else "")
        if not data["place"]:
            self.add_error("place", _("Say where the session is."))
        return data

    def context(self) -> dict[str, Any]:
        """The limits that run, and who will be told."""
        return {"limits": limits(self.case), "told": told(self.case)}

    def act(self) -> str:
        """Plan and notify."""
        data = self.cleaned_data
        commands.notify(
            self.case, starts_at=self.starts_at, place=data["place"], room=self.room,
            way=data["way"] or "meeting", recorder=data["recorder"],
            service_way=data["service_way"] or "direct", proof=data["proof"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "NOTIFIED"
