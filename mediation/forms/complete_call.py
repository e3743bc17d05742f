"""What is asked or typed after the call, on the record of the call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.calls import LATER
from casework.models import CallRecord, Case
from casework.rules.retention import RECORDING, retention
from mediation.commands import intake as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import CONTRACTS, WISHES, day_box, money, text


class CompleteCallForm(StepForm):
    """Complete the record of the call; what is there already stands in the boxes."""

    submit = _("Keep it")
    lead = _("An empty box leaves what is recorded.")
    work_place = text(_("Place of work"))
    hired_on = forms.DateField(label=_("Hire date"), required=False, widget=day_box())
    left_on = forms.DateField(label=_("Last day"), required=False, widget=day_box())
    contract_kind = forms.ChoiceField(label=_("Contract"), choices=CONTRACTS, required=False)
    month_pay_yuan = money(label=_("Monthly pay (yuan)"))
    evidence = text(_("Evidence held"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    tried = text(_("Already tried"), 400)
    wish = forms.ChoiceField(label=_("Wish"), choices=WISHES, required=False)
    confidential = text(_("For the union only"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    recording_id = text(_("Number of the recording"), 60)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Until the matter is closed."""
        return case.closed_on is None

    def prepare(self) -> None:
        """What is recorded; words for the union only stay unread here."""
        call = self.case.calls.order_by("started_at").first() or CallRecord()
        for name in LATER:
            if name != "confidential":
                self.initial.setdefault(name, getattr(call, name))
        if call.started_at:
            on = clock.day(call.started_at)
            last = retention(RECORDING, on).ends(on)
            self.fields["recording_id"].help_text = _(
                "The telephone system keeps the recording until %(day)s (policy of this house)."
            ) % {"day": last}
        if call.anonymous:
            del self.fields["recording_id"]

    def clean(self) -> dict[str, object]:
        """The dates in order."""
        data: dict[str, object] = super().clean() or {}
        hired, left = self.cleaned_data.get("hired_on"), self.cleaned_data.get("left_on")
        if hired and left and left < hired:
            self.add_error("left_on", _("The last day lies before the hire date."))
        return data

    def act(self) -> str:
        """Keep it; the printed record is issued anew."""
        commands.complete_call(self.case, fields=self.cleaned_data, by=self.by, at=self.at)
        return "COMPLETED"
