"""What the union makes of a referral: decided after a refusal, read when it is done, taken back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.referral_hand_on import leave, may_pass_on
from casework.models import Case
from casework.referral_protocol import RUNNING, Act
from mediation.commands import referral as commands
from mediation.engine.steps import StepForm
from mediation.forms.referral import MATTER_CHOICES, OnReferral, running
from mediation.forms.referral_shown import text
from mediation.forms.referral_words import matter_name


class DecideForm(OnReferral):
    """After a refusal or a silence: another office, the joint meeting, or an end."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            ("ELSEWHERE", _("send it to another office")),
            ("END", _("leave it at that")),
            ("MEETING", _("a joint meeting decides")),
        ),
    )
    matter = forms.ChoiceField(label=_("Matter"), required=False, choices=MATTER_CHOICES)
    words = forms.CharField(label=_("Why"), max_length=400)

    def clean(self) -> dict[str, Any]:
        """Another office needs a matter, and after two hops only the meeting decides."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "ELSEWHERE":
            if not data.get("matter"):
                self.add_error("matter", _("This field is required."))
            if not may_pass_on(self.referral):
                self.add_error(
                    "decision", _("It was passed on twice: a joint meeting decides.")
                )
        return data

    def act(self) -> str:
        """Decide."""
        data, told = self.cleaned_data, {"by": self.by, "at": self.at}
        decision = str(data["decision"])
        if decision == "ELSEWHERE":
            commands.send_elsewhere(
                self.referral,
                matter=data["matter"],
                words=data["words"],
                by=self.by,
                at=self.at,
            )
        else:
            act = Act.CALL_MEETING if decision == "MEETING" else Act.LEAVE
            leave(self.referral, act, decision=decision, words=data["words"], **told)  # type: ignore[arg-type]
        return decision


class ReadForm(OnReferral):
    """The result is read and noted."""

    submit = _("Noted")
    words = text(_("Remarks"))

    def act(self) -> str:
        """Note it."""
        leave(
            self.referral, Act.LEAVE, decision="READ", words=self.cleaned_data["words"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "READ"


class WithdrawForm(StepForm):
    """The worker wants a referral taken back."""

    submit = _("Take it back")
    matter = forms.ChoiceField(label=_("Referral"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where a referral still runs."""
        return any(row.state in RUNNING for row in case.referrals.all())

    def prepare(self) -> None:
        """The referrals that still run; two of one matter are told apart by their office."""
        rows = list(running(self.case).select_related("office")) if self.case else []
        several = [row.matter for row in rows]
        self.rows = {
            row.matter if several.count(row.matter) == 1 else f"{row.matter}:{row.pk}": row
            for row in rows
        }
        self.offer(
            "matter",
            [
                (key, f"{matter_name(row.matter)}　{row.office}")
                for key, row in self.rows.items()
            ],
        )

    def act(self) -> str:
        """Withdraw it."""
        row = self.rows[self.cleaned_data["matter"]]
        commands.withdraw(row, reason=self.cleaned_data["reason"], by=self.by, at=self.at)
        return "WITHDRAWN"
