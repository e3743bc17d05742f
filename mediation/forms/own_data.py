"""The step that answers a worker's wish to correct own data."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.access.redaction import shown
from casework.models import Person, WorkerWord
from casework.rules.checks import identity_number_ok
from mediation.commands import own_data as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import PhoneField, text
from mediation.models import Process

CORRECT, ELSEWHERE, REFUSE = "CORRECT", "ELSEWHERE", "REFUSE"
DECISIONS = (
    (CORRECT, _("put it right here")),
    (ELSEWHERE, _("it was put right by another act of the case")),
    (REFUSE, _("it stays as it is")),
)
CHECKED = (
    ("", "—"),
    ("CALLED", _("called back on the number on file")),
    ("SEEN", _("the person came, the identity card was seen")),
    ("PAPER", _("a paper was seen")),
)
FIELDS = (
    "name",
    "phone",
    "identity_number",
    "address",
    "second_contact",
    "bank_name",
    "bank_account",
)
RISKY = {"phone", "identity_number", "bank_account"}  # money and codes go where these say


class CheckForm(StepForm):
    """Check, then put right or refuse; the worker reads the answer with the code."""

    template = "steps/own_data.html"
    submit = _("Answer the worker")
    decision = forms.ChoiceField(
        label=_("What is done"), choices=DECISIONS, widget=forms.RadioSelect
    )
    name = text(_("Name"), 60)
    phone = PhoneField(label=_("Telephone"), max_length=20, required=False)
    identity_number = text(_("Identity number"), 18)
    address = text(_("Address"), 200)
    second_contact = text(_("Second contact"), 60)
    bank_name = text(_("Bank"), 60)
    bank_account = text(_("Bank account"), 30)
    checked = forms.ChoiceField(label=_("How it was checked"), choices=CHECKED, required=False)
    words = forms.CharField(
        label=_("What the worker reads, in plain words"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def prepare(self) -> None:
        """What the worker said."""
        asked = self.process is not None and self.process.answer.isdigit()
        self.word = commands.word_of(cast("Process", self.process)) if asked else None

    def context(self) -> dict[str, Any]:
        """The worker's words, and what is on file, masked."""
        if self.word is None:
            return {}
        person = self.word.party.person
        who = f"{self.word.party.ref} {self.word.party.name}"
        return {
            "band": {"kind": "warn", "fact": who, "detail": self.word.text},
            "tables": [self._on_file(person)] if person else [],
            "ways": commands.ways_to_complain(),
        }

    def _on_file(self, person: Person) -> dict[str, Any]:
        kinds = {"phone": "phone", "identity_number": "identity", "address": "address",
                 "second_contact": "phone", "bank_account": "bank"}  # fmt: skip
        seen = {
            name: shown(value, kinds[name], self.by.roles, "identity")
            if name in kinds
            else value
            for name in FIELDS
            if (value := getattr(person, name))
        }
        heads = [gettext("What"), gettext("On file")]
        return {
            "title": gettext("On file about this worker"), "note": "", "empty": gettext("Nothing recorded."), "heads": heads,
            "rows": [list(zip(heads, (self.fields[name].label, value), strict=True)) for name, value in seen.items()],
        }  # fmt: skip

    def clean_identity_number(self) -> str:
        """Upper case, with the right check digit."""
        number = str(self.cleaned_data["identity_number"]).strip().upper()
        if number and not identity_number_ok(number):
            raise forms.ValidationError(_("The number does not fit its check digit."))
        return number

    def clean(self) -> dict[str, Any]:
        """Something is put right only with a value; a number that money or codes follow only after a check."""
        data: dict[str, Any] = super().clean() or {}
        given = {name for name in FIELDS if data.get(name)}
        decision = data.get("decision")
        if decision == CORRECT and not given and not self.errors:
            raise forms.ValidationError(_("Fill in what is right."))
        if decision in (ELSEWHERE, REFUSE) and given:
            raise forms.ValidationError(
                _("Nothing is changed by this answer: empty the boxes, or put it right here.")
            )
        if given & RISKY and not data.get("checked"):
            self.add_error("checked", _("Check it first: codes and money go to this number."))
        return data

    def act(self) -> str:
        """Put right or refuse, and answer."""
        data, word = self.cleaned_data, cast("WorkerWord", self.word)
        if data["decision"] == REFUSE:
            commands.refuse(word, words=data["words"], by=self.by, at=self.at)
            return "REFUSED"
        self.say_once = commands.put_right(
            word, fields={name: data[name] for name in FIELDS if data[name]},
            checked=data["checked"], words=data["words"], by=self.by, at=self.at,
        )  # fmt: skip
        return "CORRECTED"
