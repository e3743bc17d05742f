"""The last step after the letters: the lead decides about a clue to the procuratorate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.commands import procuratorate as clues
from mediation.forms.referral_words import MATTERS
from mediation.forms.supervision import OfLetter


class ProcuratorateForm(OfLetter):
    """The lead decides: a clue to the procuratorate with the letters, or not."""

    submit = _("Decide")
    lead = _(
        "The clue goes with the proposal as a referral: its receipt and its answer come back here."
    )
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=(("PASS", _("pass it on")), ("LEAVE", _("leave it at that"))),
    )  # fmt: skip
    matter = forms.ChoiceField(
        label=_("As what"), required=False, choices=[(name, MATTERS[name]) for name in clues.MATTERS]
    )  # fmt: skip
    asked = forms.CharField(
        label=_("What is asked, one a line"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    tried = forms.CharField(
        label=_("What was tried before, or why this office is needed"), max_length=400,
        required=False,
    )  # fmt: skip
    ground = forms.CharField(
        label=_("Ground without consent (no worker is named)"), max_length=120, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A clue that is passed on says what it is, what is asked and what was tried."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "PASS":
            for name in ("matter", "asked", "tried"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("This field is required."))
        return data

    def act(self) -> str:
        """Pass it on, or leave it."""
        data = self.cleaned_data
        if data["decision"] == "LEAVE":
            return "LEFT"
        clues.pass_clue(
            self.case, matter=data["matter"], asked=data["asked"], tried=data["tried"],
            ground=data["ground"], by=self.by, at=self.at,
        )  # fmt: skip
        return "PASSED"
