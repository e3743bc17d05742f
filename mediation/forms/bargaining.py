"""Steps of collective bargaining."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.access.context import has_district
from casework.commands import bargain as file
from casework.models import BargainState, District, Topic
from mediation.commands import bargaining as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import text


def lines_box(label: Any, length: int = 2000) -> forms.CharField:
    """A text box of four lines."""
    return forms.CharField(
        label=label, max_length=length, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithFirm(StepForm):
    """A start that opens a file with one employer in a district."""

    firm = forms.CharField(label=_("Employer"), max_length=100)
    district = forms.ModelChoiceField(District.objects.none(), label=_("District"))

    def prepare(self) -> None:
        """The districts that exist; a district's own people work for theirs."""
        field = cast("forms.ModelChoiceField[District]", self.fields["district"])
        rows = District.objects.on(self.on)
        own = self.by.district_id if has_district(self.by) else None
        field.queryset = rows.filter(pk=own) if own is not None else rows
        field.initial = self.by.district_id


class OfferForm(WithFirm):
    """The staff side's offer: to whom, about what, received when."""

    submit = _("Send the offer")
    lead = _("The employer answers in writing within 20 days of receipt.")
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    people = forms.IntegerField(label=_("People covered"), min_value=1, max_value=1_000_000)
    wishes = lines_box(_("What is proposed, one a line"))
    received_on = forms.DateField(label=_("Offer received on"), required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing was received in the future."""
        data: dict[str, Any] = super().clean() or {}
        data["received_on"] = data.get("received_on") or self.on
        if data["received_on"] > self.on:
            self.add_error("received_on", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Send it."""
        commands.offer(self.case, by=self.by, at=self.at, **self.cleaned_data)
        return "OFFERED"


class _OfBargain(StepForm):
    """A step of a round, with what went before."""

    template = "bargaining/step.html"
    on_day = forms.DateField(label=_("Day"), required=False)

    def context(self) -> dict[str, Any]:
        """The round."""
        return {"bargain": file.bargain_of(self.case)}

    def go_on(self, state: BargainState, *, after: str, met: str = "", **fields: Any) -> None:
        """Carry it to the next stage on the day given, or today."""
        on = self.cleaned_data["on_day"] or self.on
        commands.go_on(
            self.case, state, met=met, after=after, on=on, by=self.by, at=self.at, **fields
        )

    @property
    def day(self) -> Any:
        """The day given, or today."""
        return self.cleaned_data["on_day"] or self.on


class AnswerForm(_OfBargain):
    """The answer of the employer, or none."""

    submit = _("Write it down")
    answer_is = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=(("YES", _("they will meet")), ("NO", _("refused, or no answer"))),
    )  # fmt: skip
    words = text(_("The answer in words"), 400)
    meets_on = forms.DateField(label=_("They meet on"), required=False)

    def clean(self) -> dict[str, Any]:
        """Who will meet names a day."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer_is") == "YES" and not data.get("meets_on"):
            self.add_error("meets_on", _("This field is required."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        kept: dict[str, Any] = {"answer": data["words"], "answered_on": self.day}
        if data["answer_is"] == "YES":
            self.go_on(
                BargainState.MEETING,
                after="received_on",
                met="U-04",
                meets_on=data["meets_on"],
                **kept,
            )
        else:
            self.go_on(
                BargainState.DISPUTE,
                after="received_on",
                met="U-04",
                dispute_on=self.day,
                **kept,
            )
        return str(data["answer_is"])


class MeetForm(_OfBargain):
    """What the meeting brought."""

    submit = _("Write it down")
    exchanged_on = forms.DateField(
        label=_("Information was exchanged on"), required=False,
        help_text=_("At least ten days before the meeting."),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("What it brought"), widget=forms.RadioSelect,
        choices=(
            ("SIGNED", _("signed")), ("AGAIN", _("they meet again")),
            ("DISPUTE", _("no, a dispute")), ("ENDED", _("no, both let it rest")),
        ),
    )  # fmt: skip
    words = text(_("In words"), 400)
    meets_on = forms.DateField(label=_("They meet on"), required=False)

    def clean(self) -> dict[str, Any]:
        """Meeting again names a day."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == "AGAIN" and not data.get("meets_on"):
            self.add_error("meets_on", _("This field is required."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        kept: dict[str, Any] = {
            "after": "answered_on", "met": "U-05", "met_on": data["exchanged_on"],
            "result": data["words"],
        }  # fmt: skip
        match data["outcome"]:
            case "SIGNED":
                self.go_on(BargainState.SIGNED, signed_on=self.day, **kept)
            case "AGAIN":
                self.go_on(BargainState.MEETING, meets_on=data["meets_on"], **kept)
            case "DISPUTE":
                self.go_on(BargainState.DISPUTE, dispute_on=self.day, **kept)
            case _:
                self.go_on(BargainState.ENDED, **kept)
        return str(data["outcome"])


class CoordinateForm(_OfBargain):
    """What the labour department's coordination brought."""

    submit = _("Write it down")
    outcome = forms.ChoiceField(
        label=_("What it brought"), widget=forms.RadioSelect,
        choices=(("MEET", _("they will meet")), ("NOTHING", _("nothing"))),
    )  # fmt: skip
    words = text(_("In words"), 400)
    meets_on = forms.DateField(label=_("They meet on"), required=False)

    def clean(self) -> dict[str, Any]:
        """Who will meet names a day."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == "MEET" and not data.get("meets_on"):
            self.add_error("meets_on", _("This field is required."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        kept: dict[str, Any] = {"after": "dispute_on", "met": "U-07", "result": data["words"]}
        if data["outcome"] == "MEET":
            self.go_on(BargainState.MEETING, meets_on=data["meets_on"], **kept)
        else:
            self.go_on(BargainState.ENDED, **kept)
        return str(data["outcome"])


class FileForm(_OfBargain):
    """The contract lies with the labour department."""

    submit = _("Filed")

    def act(self) -> str:
        """Write it down."""
        self.go_on(BargainState.FILED, after="signed_on", met="U-06", filed_on=self.day)
        return "FILED"


class ForceForm(_OfBargain):
    """Fifteen days without objection: it is in force."""

    submit = _("Write it down")
    objected = forms.BooleanField(label=_("The department objected"), required=False)
    words = text(_("To what"), 400)

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        if data["objected"]:
            commands.objected(
                self.case, result=data["words"], on=self.day, by=self.by, at=self.at
            )
            return "OBJECTED"
        self.go_on(BargainState.IN_FORCE, after="filed_on", met="U-06b", in_force_on=self.day)
        return "IN_FORCE"


class PublishForm(_OfBargain):
    """All staff know it."""

    submit = _("Made known")

    def act(self) -> str:
        """Write it down."""
        self.go_on(
            BargainState.PUBLISHED, after="in_force_on", met="U-06c", published_on=self.day
        )
        return "PUBLISHED"
