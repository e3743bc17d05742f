"""Steps of notices to the union."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import bargain as file
from casework.models import NoticeKind
from mediation.commands import bargaining as commands
from mediation.engine.steps import StepForm
from mediation.forms.bargaining import WithFirm, lines_box


class ReceiveForm(WithFirm):
    """A layoff or dismissal told to the union, or a breach of union rights that it takes to the government."""

    submit = _("Register the notice")
    lead = _(
        "A dismissal of which the union was not told is unlawful unless cured before the suit."
    )
    kind = forms.ChoiceField(
        label=_("About"), choices=NoticeKind.choices, widget=forms.RadioSelect
    )
    people = forms.IntegerField(
        label=_("People concerned"), min_value=1, max_value=1_000_000, initial=1
    )
    staff = forms.IntegerField(
        label=_("All staff"), min_value=1, max_value=1_000_000, required=False
    )
    received_on = forms.DateField(label=_("Received on"), required=False)
    effect_on = forms.DateField(label=_("Takes effect on"), required=False)
    reasons = lines_box(_("Reasons given"))

    def clean(self) -> dict[str, Any]:
        """A layoff and a dismissal have their day; nothing was received in the future."""
        data: dict[str, Any] = super().clean() or {}
        data["received_on"] = data.get("received_on") or self.on
        if data["received_on"] > self.on:
            self.add_error("received_on", _("This day has not come yet."))
        if data.get("kind") in (NoticeKind.LAYOFF, NoticeKind.DISMISSAL) and not data.get(
            "effect_on"
        ):
            self.add_error("effect_on", _("This field is required."))
        return data

    def act(self) -> str:
        """Keep it."""
        commands.receive(self.case, by=self.by, at=self.at, **self.cleaned_data)
        return str(self.cleaned_data["kind"])


class _OfNotice(StepForm):
    """A step about a notice, which is shown."""

    template = "bargaining/notice.html"

    def context(self) -> dict[str, Any]:
        """The notice."""
        return {"notice": commands.notice_of(self.case)}


class OpineForm(_OfNotice):
    """The union's opinion to the employer."""

    submit = _("Give the opinion")
    words = lines_box(_("The union's opinion"))

    def act(self) -> str:
        """Give it."""
        file.give_opinion(
            commands.notice_of(self.case), words=self.cleaned_data["words"], on=self.on,
            by=self.by, at=self.at,
        )  # fmt: skip
        return "OPINED"


class AnsweredForm(_OfNotice):
    """What came back in writing, and what follows."""

    submit = _("Write it down")
    words = lines_box(_("Written answer"))
    on_day = forms.DateField(label=_("Day"), required=False)
    then = forms.ChoiceField(
        label=_("Was it heeded?"), widget=forms.RadioSelect,
        choices=(
            ("HEEDED", _("heeded")), ("LETTER", _("no, a letter follows")),
            ("END", _("no, and it ends here")),
        ),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Nothing lies in the future."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("on_day") and data["on_day"] > self.on:
            self.add_error("on_day", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        commands.answered(
            self.case, words=data["words"], heeded=data["then"] == "HEEDED",
            on=data["on_day"] or self.on, by=self.by, at=self.at,
        )  # fmt: skip
        return str(data["then"])
