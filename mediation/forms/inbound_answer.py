"""The union's steps on a matter from outside: sign for it, answer, report back to its source."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.commands.inbound import OF_THE_COURT
from casework.commands.referral_answer import REASONS
from casework.models import Enclosed, Inbound, ReferralState
from mediation.commands import inbound as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import text
from mediation.forms.inbound import INBOUND_MATTERS
from mediation.forms.referral_words import MATTERS, REASON_WORDS
from mediation.forms.report import ReportForm
from mediation.models import Process


def lines(words: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip()[:80] for line in words.splitlines() if line.strip()]


def enclosures(row: Inbound) -> list[dict[str, Any]]:
    """The way to what came with a matter; nothing if nothing was enclosed."""
    count = Enclosed.objects.filter(inbound=row).count()
    if not count:
        return []
    words = ngettext("%(n)s enclosure", "%(n)s enclosures", count) % {"n": count}
    return [{"words": words, "url": reverse("enclosed", args=[row.pk])}]


class OnInbound(StepForm):
    """A step on one matter from outside."""

    process: Process

    @property
    def inbound(self) -> Inbound:
        """The matter of this process."""
        return commands.of_process(self.process)

    def context(self) -> dict[str, Any]:
        """From whom, under which number, with what wish."""
        if self.process is None:
            return {}
        row = self.inbound
        title = _("%(agency)s, No. %(number)s") % {"agency": row.agency, "number": row.number}
        words = " · ".join(
            str(each) for each in (
                INBOUND_MATTERS.get(row.matter, row.matter), row.get_procedure_display(), row.asked,
                *row.case.calls.values_list("facts", flat=True)[:1],
            ) if each
        )  # fmt: skip
        band = {"kind": "", "fact": title, "consequence": words, "actions": enclosures(row)}
        return {"band": band}


def keep_online(form: OnInbound) -> None:
    """Leave the question of online mediation to a court's matter for which it is open."""
    row = form.inbound if form.process is not None else None
    if row is not None and (row.procedure not in OF_THE_COURT or row.online_agreed_on):
        del form.fields["online_agreed_on"]
    elif row is not None:
        form.fields["online_agreed_on"].initial = row.terms.get("online_agreed_on")


def not_to_come(form: OnInbound, data: dict[str, Any]) -> None:
    """Both sides cannot have agreed on a day that has not come."""
    if data.get("online_agreed_on") and data["online_agreed_on"] > form.on:
        form.add_error("online_agreed_on", _("This day has not come yet."))


class SignInboundForm(OnInbound):
    """Sign for a matter from outside: from now on the union's time to answer runs."""

    submit = _("Sign for it")

    def act(self) -> str:
        """Sign."""
        commands.sign(self.inbound, by=self.by, at=self.at)
        return "SIGNED"


class AnswerInboundForm(OnInbound):
    """Take it, ask once for material, decline with the reason, or say whose it is."""

    submit = _("Send the answer")
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=(("ACCEPTED", _("we take it")), ("RETURNED", _("material is missing")), ("DECLINED", _("not ours")), ("REDIRECTED", _("another office's"))),
    )  # fmt: skip
    handler = text(_("Handler"), 40)
    expected_on = forms.DateField(label=_("Expected on"), required=False)
    online_agreed_on = forms.DateField(
        label=_("Both sides agreed to mediate online on"), required=False,
        help_text=_("A court's matter: two working days to choose a mediator together run from then."),
    )  # fmt: skip
    missing = text(
        _("What is missing, one a line (once, and in full)"), 1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    reason_code = forms.ChoiceField(
        label=_("Reason"), required=False,
        choices=[("", "-"), *((code, REASON_WORDS[code]) for code in REASONS)],
    )  # fmt: skip
    matter = forms.ChoiceField(
        label=_("Whose matter it is"), required=False, choices=[("", "-"), *MATTERS.items()]
    )
    reason = text(_("In words"), 1000, widget=forms.Textarea(attrs={"rows": 2}))
    sections = (
        (_("The answer"), ["answer"]),
        (_("If we take it"), ["handler", "expected_on", "online_agreed_on"]),
        (_("If something is missing"), ["missing"]),
        (_("If it is not ours"), ["reason_code", "matter", "reason"]),
    )  # fmt: skip

    def prepare(self) -> None:
        """The one who answers is proposed as the handler."""
        self.fields["handler"].initial = self.by.display_name
        keep_online(self)

    def clean(self) -> dict[str, Any]:
        """What each answer needs."""
        data: dict[str, Any] = super().clean() or {}
        need = {
            "ACCEPTED": ["handler"], "RETURNED": ["missing"],
            "DECLINED": ["reason_code", "reason"], "REDIRECTED": ["matter", "reason"],
        }  # fmt: skip
        for name in need.get(data.get("answer", ""), []):
            if not data.get(name):
                self.add_error(name, _("This field is required."))
        not_to_come(self, data)
        return data

    def act(self) -> str:
        """Answer."""
        data, answer = self.cleaned_data, str(self.cleaned_data["answer"])
        told: dict[str, Any] = {"by": self.by, "at": self.at}
        if answer == "ACCEPTED":
            commands.accept(
                self.inbound, handler=data["handler"], expected_on=data["expected_on"],
                online_agreed_on=data.get("online_agreed_on"), **told,
            )  # fmt: skip
        elif answer == "RETURNED":
            commands.give_back(self.inbound, missing=lines(data["missing"]), **told)
        else:
            commands.turn_away(
                self.inbound, state=ReferralState(answer), reason_code=data["reason_code"],
                reason=data["reason"], matter=data["matter"], **told,
            )  # fmt: skip
        return answer


class SupplyInboundForm(OnInbound):
    """What was asked for has come from the source."""

    submit = _("The material is here")
    words = forms.CharField(label=_("What came"), max_length=400)
    terms = forms.JSONField(required=False, widget=forms.HiddenInput)

    def act(self) -> str:
        """Go on."""
        terms = self.cleaned_data["terms"] if hasattr(self.by, "peer") else None
        commands.supply(
            self.inbound,
            words=self.cleaned_data["words"],
            terms=terms or {},
            by=self.by,
            at=self.at,
        )
        return "SUPPLIED"


class ReportInboundForm(ReportForm, OnInbound):
    """Tell the source how it goes, or what came of it."""

    submit = _("Tell the source")
    online_agreed_on = forms.DateField(
        label=_("Both sides agreed to mediate online on"), required=False,
        help_text=_("A court's matter: two working days to choose a mediator together run from then."),
    )  # fmt: skip
    field_order = ("what", "words", "online_agreed_on", "result", "on_day")

    def prepare(self) -> None:
        """Of a court's matter also whether both sides agreed to mediate online."""
        keep_online(self)

    def clean(self) -> dict[str, Any]:
        """Nor have they agreed on a day to come."""
        data = super().clean()
        not_to_come(self, data)
        return data

    def progressed(self, told: dict[str, Any]) -> None:
        """Told to the source's system, if it has one."""
        agreed = self.cleaned_data.get("online_agreed_on")
        commands.progress(self.inbound, online_agreed_on=agreed, **told)

    def ended(self, code: str, told: dict[str, Any]) -> None:
        """The result goes back; the matter ends."""
        commands.give_result(self.inbound, result=code, **told)
