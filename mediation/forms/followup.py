"""Steps of the follow-up: whatever comes until the money is there."""

from datetime import datetime
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.payments import Money
from casework.commands.proceeding import KINDS, STEPS
from casework.models import Party, User
from documents.uploads import MOST_BYTES
from mediation.commands import followup as commands
from mediation.engine.steps import StepForm
from mediation.forms.followup_shown import watched

KIND_WORDS = {
    "CONFIRMATION": _("judicial confirmation"), "REVIEW": _("arbitration review"), "PAYMENT_ORDER": _("payment order"),
    "ENFORCEMENT": _("enforcement"), "ARBITRATION": _("arbitration"), "SUIT": _("suit"),
}  # fmt: skip
STEP_WORDS = {
    "FILED": _("applied for"), "ACCEPTED": _("accepted"), "ISSUED": _("issued"), "SERVED": _("served"),
    "OBJECTED": _("objected to"), "HEARD": _("heard"), "RESULT": _("decided"), "ENFORCED": _("enforced"),
    "REFUSED": _("refused"), "WITHDRAWN": _("withdrawn"),
}  # fmt: skip
NEEDS = {
    "WAIVED": ("instalment", "reason"),
    "PAYMENT": ("amount_yuan",),
    "PROCEEDING": ("kind", "step"),
}


class _Told(TypedDict):
    by: User
    at: datetime


class WatchForm(StepForm):
    """What came: money, silence, a step before the court."""

    template = "followup/watch.html"
    submit = _("Record it")
    what = forms.ChoiceField(
        label=_("What came"), widget=forms.RadioSelect,
        choices=(("PAYMENT", _("a payment")), ("DUNNED", _("nothing: send a dunning letter")), ("DEFAULT", _("nothing after the grace: confirm the default")), ("PROCEEDING", _("a step before a court or commission")), ("WAIVED", _("the workers give up the rest of an instalment"))),
    )  # fmt: skip
    amount_yuan = forms.DecimalField(
        label=_("Sum (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    on_day = forms.DateField(label=_("Day"), required=False)
    proof = forms.CharField(label=_("Proof"), max_length=80, required=False)
    proof_file = forms.FileField(label=_("Bank slip or photograph"), required=False)
    member = forms.CharField(
        label=_("For one worker alone"), max_length=8, required=False,
        help_text=_("The number in the list, as W07. Left empty: for all, the oldest day first."),
    )  # fmt: skip
    by_enforcement = forms.BooleanField(label=_("By enforcement"), required=False)
    kind = forms.ChoiceField(
        label=_("Proceeding"),
        required=False,
        choices=[("", "-"), *((code, KIND_WORDS[code]) for code in KINDS)],
    )
    step = forms.ChoiceField(
        label=_("Step"),
        required=False,
        choices=[("", "-"), *((code, STEP_WORDS[code]) for code in STEPS)],
    )
    body = forms.CharField(label=_("Body"), max_length=80, required=False)
    number = forms.CharField(label=_("Its number"), max_length=60, required=False)

    instalment = forms.IntegerField(label=_("Instalment no."), min_value=1, required=False)
    in_writing = forms.BooleanField(
        label=_("The workers' own signed paper is on file"), required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False)

    whens = {
        **dict.fromkeys(
            ("amount_yuan", "proof", "proof_file", "member", "by_enforcement"), "what=PAYMENT"
        ),
        "on_day": "what=PAYMENT PROCEEDING",
        **dict.fromkeys(("kind", "step", "body", "number"), "what=PROCEEDING"),
        **dict.fromkeys(("instalment", "in_writing", "reason"), "what=WAIVED"),
    }

    def context(self) -> dict[str, Any]:
        """The plan as it stands, what is owed besides, the payments, and the ways that are open."""
        return watched(self.case, self.by, self.on) if self.case else {}

    def prepare(self) -> None:
        """One worker alone is named in groups."""
        if not (self.case and self.case.is_collective):
            del self.fields["member"]

    def clean_member(self) -> Party | None:
        """The worker of this number, who still stands in the case."""
        ref = self.cleaned_data["member"].strip()
        if not ref:
            return None
        rows = Party.objects.filter(case=self.case, side="WORKER", left_on__isnull=True)
        party = rows.filter(ref__iexact=ref).first()
        if party is None:
            raise forms.ValidationError(_("No worker of this case has this number."))
        return party

    def clean(self) -> dict[str, Any]:
        """What each needs; nothing lies in the future."""
        data: dict[str, Any] = super().clean() or {}
        for name in NEEDS.get(data.get("what", ""), ()):
            if not data.get(name):
                self.add_error(name, _("This field is required."))
        if data.get("on_day") and data["on_day"] > self.on:
            self.add_error("on_day", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        sent = data["proof_file"]
        on, told = data["on_day"] or self.on, _Told(by=self.by, at=self.at)
        if data["what"] == "PAYMENT":
            money = Money(
                yuan=data["amount_yuan"], on=on, proof=data["proof"],
                by_enforcement=data["by_enforcement"], party=data.get("member"),
            )  # fmt: skip
            slip = (sent.name, sent.read(MOST_BYTES + 1)) if sent else None
            return commands.pay(self.case, money, slip=slip, **told)
        if data["what"] == "WAIVED":
            return commands.waive(
                self.case, number=data["instalment"], reason=data["reason"],
                in_writing=data["in_writing"], **told,
            )  # fmt: skip
        if data["what"] == "DUNNED":
            commands.dun(self.case, **told)
        elif data["what"] == "DEFAULT":
            commands.default(self.case, **told)
        else:
            commands.follow(
                self.case,
                kind=data["kind"],
                step=data["step"],
                on=on,
                body=data["body"],
                number=data["number"],
                **told,
            )
        return str(data["what"])
