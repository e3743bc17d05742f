"""The office's answer: three and a fourth, each with what it needs."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.commands.referral_answer import REASONS
from casework.models import Referral
from mediation.commands import referral_answer as commands
from mediation.forms.liaison import LiaisonForm
from mediation.forms.referral import MATTER_CHOICES
from mediation.forms.referral_shown import text
from mediation.forms.referral_words import REASON_WORDS, matter_name

NEEDS: dict[str, list[str]] = {
    "ACCEPTED": ["handler"],
    "RETURNED": ["missing"],
    "DECLINED": ["reason_code", "reason"],
    "REDIRECTED": ["matter", "reason"],
}
FIELDS: dict[str, list[str]] = {
    "ACCEPTED": ["own_number", "handler", "expected_on"],
    "RETURNED": ["lacking", "missing"],
    "DECLINED": ["reason_code"],
    "REDIRECTED": ["matter"],
}
LACKING: list[tuple[str, str | Promise]] = [
    ("identity", _("copy of the identity card")),
    ("contract", _("labour contract, or what shows the relation")),
    ("wages", _("pay slips or bank statements")),
    ("attendance", _("attendance records")),
    ("authority", _("letter of authority")),
    ("respondent", _("exact name and address of the employer")),
]  # fmt: skip


class AnswerForm(LiaisonForm):
    """Three answers and a fourth: take it, ask for material, not ours, somebody else's."""

    submit = _("Send the answer")
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=(("ACCEPTED", _("we take it")), ("RETURNED", _("material is missing")), ("DECLINED", _("not ours")), ("REDIRECTED", _("another office's"))),
    )  # fmt: skip
    own_number = text(_("Our own number"), 60)
    handler = text(_("Handler"), 40)
    expected_on = forms.DateField(label=_("Expected on"), required=False)
    lacking = forms.MultipleChoiceField(
        label=_("What is missing"), choices=LACKING, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    missing = text(
        _("What else is missing, one a line (once, and in full)"),
        1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_code = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", "-"), *((code, REASON_WORDS[code]) for code in REASONS)],
    )
    reason = text(_("In words"), 1000, widget=forms.Textarea(attrs={"rows": 2}))
    matter = forms.ChoiceField(
        label=_("Whose matter it is"), required=False, choices=MATTER_CHOICES
    )

    def prepare(self) -> None:
        """The person who answers is the likeliest handler: taking it is one choice and one click."""
        self.fields["handler"].initial = self.by.display_name
        if self.process is not None:
            self._offer_what_is_possible(self.referral)

    def _offer_what_is_possible(self, row: Referral) -> None:
        """Asked for once: not again. Named by the meeting: not pushed away."""
        gone = {"RETURNED"} if row.returns else set()
        gone |= {"DECLINED", "REDIRECTED"} if row.named else set()
        kept = [pair for pair in self.choices_of("answer") if pair[0] not in gone]
        self.offer("answer", kept)

    def context(self) -> dict[str, Any]:
        """The answers as radio rows, each with its own fields."""
        chosen = self["answer"].value()
        choices = [
            {"value": value, "words": words, "note": "", "chosen": value == chosen, "bounds": [self[name] for name in FIELDS[value]]}
            for value, words in self.choices_of("answer")
        ]  # fmt: skip
        return {**super().context(), "choices": choices, "tail": [self["reason"]]}

    def clean(self) -> dict[str, Any]:
        """What each answer needs; a reason that is not "other" explains itself."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("lacking"):
            words = [str(dict(LACKING)[each]) for each in data["lacking"]]
            data["missing"] = "\n".join([*words, data.get("missing", "")])
        if not data.get("reason") and data.get("reason_code") not in (None, "", "OTHER"):
            data["reason"] = str(REASON_WORDS[data["reason_code"]])
        if data.get("answer") == "REDIRECTED" and data.get("matter") and not data.get("reason"):
            data["reason"] = _("a matter of: %(matter)s") % {
                "matter": matter_name(data["matter"])
            }
        for name in NEEDS.get(data.get("answer", ""), []):
            if not data.get(name):
                self.add_error(name, _("This field is required."))
        if data.get("expected_on") and data["expected_on"] < self.on:
            self.add_error("expected_on", _("This day has already passed."))
        return data

    def act(self) -> str:
        """Answer."""
        return getattr(self, f"_{str(self.cleaned_data['answer']).lower()}")()  # type: ignore[no-any-return]

    def _accepted(self) -> str:
        data = self.cleaned_data
        commands.accept(
            self.referral, own_number=data["own_number"], handler=data["handler"],
            expected_on=data["expected_on"], by=self.by, at=self.at, done=self.done_at,
        )  # fmt: skip
        return "ACCEPTED"

    def _returned(self) -> str:
        lines = self.cleaned_data["missing"].splitlines()
        missing = [line.strip()[:80] for line in lines if line.strip()]
        commands.give_back(
            self.referral, missing=missing, by=self.by, at=self.at, done=self.done_at
        )
        return "RETURNED"

    def _declined(self) -> str:
        data = self.cleaned_data
        commands.decline(
            self.referral, reason_code=data["reason_code"], reason=data["reason"], by=self.by,
            at=self.at, done=self.done_at,
        )  # fmt: skip
        return "DECLINED"

    def _redirected(self) -> str:
        """Passed on; the third time the joint meeting gets it."""
        data = self.cleaned_data
        made = commands.redirect(
            self.referral, matter=data["matter"], reason=data["reason"], by=self.by, at=self.at,
            done=self.done_at,
        )  # fmt: skip
        return "REDIRECTED" if made else "MEETING"
