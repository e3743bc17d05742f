"""Steps of the closing: report, decision, return visit, archive, reopening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.closing import OUTCOMES
from casework.models import Agreement, Case
from mediation.commands import closing as commands
from mediation.engine.steps import StepForm

SATISFACTION = (
    ("", "-"),
    ("very_satisfied", _("very satisfied")),
    ("satisfied", _("satisfied")),
    ("neutral", _("neutral")),
    ("not_satisfied", _("not satisfied")),
)
OUTCOME_WORDS = {
    "AGREED_PERFORMED": _("agreed and performed"), "AGREED_PERFORMING": _("agreed, being performed"),
    "AGREED_DEFAULTED_RECOVERED": _("defaulted, then recovered"), "AGREED_UNRECOVERED": _("agreed, not recovered"),
    "PARTIAL": _("agreed in part"), "SETTLED_PRIVATELY": _("settled privately"), "WITHDRAWN": _("withdrawn"),
    "RESPONDENT_REFUSED": _("the other side refused"), "NO_CONTACT": _("the other side could not be reached"),
    "FAILED": _("failed"), "TO_ARBITRATION": _("to arbitration"), "TO_COURT": _("to court"),
    "TO_INSPECTION": _("to labour inspection"), "TO_AID": _("to legal aid"), "ADVICE": _("advice"),
    "CORRECTED": _("corrected"), "HAZARD_FIXED": _("hazard fixed"), "OUT_OF_SCOPE": _("out of scope"),
    "DUPLICATE": _("duplicate"),
}  # fmt: skip
CHOICES = [(code, OUTCOME_WORDS[code]) for code in OUTCOMES]


def proposed(case: Case | None) -> str:
    """The outcome that the record suggests."""
    if case is None:
        return ""
    agreement = Agreement.objects.filter(case=case, effective_on__isnull=False).last()
    if case.withdrawn_on:
        return "WITHDRAWN"
    if case.refused_on:
        ground = str(case.triage.get("refused_ground", ""))
        return ground if ground in OUTCOMES else "OUT_OF_SCOPE"
    return _of_agreement(agreement) if agreement else "FAILED"


def _of_agreement(agreement: Agreement) -> str:
    states = {state for row in agreement.instalments.all() for state in row.states}
    if agreement.is_partial:
        return "PARTIAL"
    paid = all(row.state == "PAID" for row in agreement.instalments.all())
    if "DEFAULTED" in states:
        return "AGREED_DEFAULTED_RECOVERED" if paid else "AGREED_UNRECOVERED"
    return "AGREED_PERFORMED" if paid else "AGREED_PERFORMING"


class ReportForm(StepForm):
    """What was asked, done and reached (D31)."""

    submit = _("Send the report")
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CHOICES)
    words = forms.CharField(label=_("Report"), widget=forms.Textarea, max_length=4000)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is not closed and nobody reports on it already."""
        return case.closed_on is None and not commands.other_closings(case, None)

    def prepare(self) -> None:
        """Propose the outcome of the record."""
        self.fields["outcome"].initial = proposed(self.case)

    def act(self) -> str:
        """Report."""
        data = self.cleaned_data
        commands.report(
            self.case, words=data["words"], outcome=data["outcome"], by=self.by, at=self.at
        )
        return "REPORTED"


class CloseForm(StepForm):
    """Somebody other than the mediator closes."""

    submit = _("Close the case")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("CLOSE", _("close")), ("BACK", _("report again"))),
        initial="CLOSE",
        required=False,
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CHOICES, required=False)
    words = forms.CharField(label=_("Remarks"), required=False, max_length=400)
    aftercare = forms.BooleanField(
        label=_("Follow what goes on elsewhere (aftercare)"), required=False
    )

    def prepare(self) -> None:
        """The outcome of the report."""
        self.fields["outcome"].initial = self.case.outcome if self.case else ""

    def context(self) -> dict[str, Any]:
        """Who has not got the notice of the end yet."""
        names = commands.untold(self.case) if self.case else []
        if not names:
            return {}
        words = _("%(names)s: the notice of the end (D13) has not been delivered.")
        return {
            "band": {
                "kind": "warn",
                "fact": words % {"names": _(", ").join(names)},
                "consequence": _("Deliver it before closing, from the case page."),
            }
        }

    def act(self) -> str:
        """Close, or ask for another report."""
        data = self.cleaned_data
        if data["decision"] == "BACK":
            return "BACK"
        outcome = data["outcome"] or self.case.outcome
        commands.close(
            self.case,
            outcome=outcome,
            words=data["words"],
            for_source=str(OUTCOME_WORDS[outcome]),
            aftercare=data["aftercare"],
            by=self.by,
            at=self.at,
        )
        return "CLOSE"


class VisitForm(StepForm):
    """The return visit: the worker's word decides."""

    submit = _("Record the visit")
    reached = forms.BooleanField(label=_("Reached"), required=False)
    told = forms.NullBooleanField(label=_("The result was told"), required=False)
    paid = forms.NullBooleanField(label=_("The money arrived"), required=False)
    satisfied = forms.ChoiceField(label=_("Satisfaction"), choices=SATISFACTION, required=False)
    need = forms.CharField(
        label=_("Further need"), required=False, max_length=1000, widget=forms.Textarea
    )

    def clean(self) -> dict[str, Any]:
        """Somebody reached says how satisfied they are."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("reached") and not data.get("satisfied"):
            self.add_error("satisfied", _("Ask how satisfied they are."))
        return data

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        return commands.visit(
            self.case, reached=data["reached"], told=data["told"], paid=data["paid"],
            satisfied=data["satisfied"], need=data["need"], by=self.by, at=self.at,
        )  # fmt: skip


class ArchiveForm(StepForm):
    """Put the file away."""

    submit = _("Archive the file")
    complete = forms.BooleanField(label=_("The catalogue is complete"))

    def act(self) -> str:
        """Archive."""
        commands.archive(self.case, by=self.by, at=self.at)
        return "ARCHIVED"
