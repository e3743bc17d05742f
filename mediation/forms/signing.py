"""The forms of signing: frozen, signed by each, sealed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import agreement as file
from casework.commands import signing
from casework.models import Party
from documents.uploads import MOST_BYTES
from mediation.commands import agreement as commands
from mediation.forms.agreement import VersionForm
from mediation.forms.agreement_shown import effect_of

MEDIATOR = "mediator"


class ReadyForm(VersionForm):
    """Both sides read the text; from then on it is frozen."""

    submit = _("Freeze the text")
    decision = forms.ChoiceField(
        label=_("Both sides are"),
        choices=(("READY", _("content with the text")), ("CHANGE", _("asking for a change"))),
        initial="READY", required=False,
    )  # fmt: skip
    read_by_both = forms.BooleanField(label=_("Both sides have read the text"), required=False)
    reason = forms.CharField(label=_("What changes"), required=False, max_length=120)
    whens = {"read_by_both": "decision=READY", "reason": "decision=CHANGE"}

    def act(self) -> str:
        """Freeze, or go back to the draft."""
        data = self.cleaned_data
        if data["decision"] == "CHANGE":
            return commands.change(self.case, reason=data["reason"], by=self.by, at=self.at)
        return commands.make_ready(
            self.case, read_by_both=data["read_by_both"], by=self.by, at=self.at
        )


class SignForm(VersionForm):
    """Who signed the frozen text now; until everybody has."""

    submit = _("Record the signatures")
    decision = forms.ChoiceField(
        label=_("What happened"),
        choices=(
            ("SIGNED", _("signed")), ("INVITE", _("ask them to sign by one-time code")), ("CHANGE", _("the text will change")),
            ("NOT_SIGNED", _("a side refuses to sign")),
        ),
        initial="SIGNED", required=False,
    )  # fmt: skip
    signed_by = forms.MultipleChoiceField(
        label=_("Signed by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(
        label=_("Way"),
        choices=(("paper", _("on paper, original checked")), ("certificate", _("by certificate"))),
        initial="paper", required=False,
    )  # fmt: skip
    file = forms.FileField(
        label=_("Scan of the signed pages, or the paper signed by certificate"), required=False
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=120)
    whens = {
        "signed_by": "decision=SIGNED INVITE",
        **dict.fromkeys(("way", "file"), "decision=SIGNED"),
        "reason": "decision=CHANGE NOT_SIGNED",
    }

    def prepare(self) -> None:
        """Offer who has not signed."""
        self.missing: dict[str, Party] = {}
        choices: list[tuple[Any, Any]] = []
        self.complete = False
        if self.case:
            version = file.open_version(self.case)
            parties, mediator = signing.unsigned(version)
            self.complete = version.state == "SIGNED"
            self.missing = {party.ref: party for party in parties}
            choices = [(p.ref, f"{p.ref} {p.name}") for p in parties]
            choices += [(MEDIATOR, _("the mediator"))] if mediator else []
        signed_by: Any = self.fields["signed_by"]
        signed_by.choices = choices

    def clean(self) -> dict[str, Any]:
        """Signing needs somebody; the others need a reason."""
        data: dict[str, Any] = super().clean() or {}
        signing = data.get("decision") in ("", "SIGNED", "INVITE")
        needed = "signed_by" if signing else "reason"
        if signing and self.complete:
            return data
        if not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("This field is required."))
        return data

    def act(self) -> str:
        """Record signatures, a change, or a refusal."""
        data = self.cleaned_data
        if data["decision"] == "CHANGE":
            return commands.change(self.case, reason=data["reason"], by=self.by, at=self.at)
        if data["decision"] == "NOT_SIGNED":
            return commands.refuse(self.case, reason=data["reason"], by=self.by, at=self.at)
        parties = [self.missing[ref] for ref in data["signed_by"] if ref != MEDIATOR]
        if data["decision"] == "INVITE":
            return commands.invite(self.case, parties=parties, by=self.by, at=self.at)
        mediator = self.by if MEDIATOR in data["signed_by"] else None
        sent = data["file"]
        return commands.sign(
            self.case, parties=parties, mediator=mediator, way=data["way"] or "paper",
            by=self.by, at=self.at, file=(sent.name, sent.read(MOST_BYTES + 1)) if sent else None,
        )  # fmt: skip


class SealForm(VersionForm):
    """The body's seal: then the agreement is in force."""

    submit = _("Seal")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("SEAL", _("seal")), ("CHANGE", _("back to the draft"))),
        initial="SEAL", required=False,
    )  # fmt: skip
    proofs_checked = forms.BooleanField(
        label=_("I compared each scan with the frozen text"), required=False
    )
    reason = forms.CharField(label=_("What changes"), required=False, max_length=120)
    whens = {"proofs_checked": "decision=SEAL", "reason": "decision=CHANGE"}

    def context(self) -> dict[str, Any]:
        """The version, who signed it how, and the day on which it would take effect."""
        return {**super().context(), **effect_of(self.case, self.on)}

    def act(self) -> str:
        """Seal, or give back."""
        data = self.cleaned_data
        if data["decision"] == "CHANGE":
            return commands.change(self.case, reason=data["reason"], by=self.by, at=self.at)
        return commands.seal(
            self.case, by=self.by, at=self.at, proofs_checked=data["proofs_checked"]
        )
