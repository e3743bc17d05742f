"""The liaison's steps on one referral: its page, signing for it, reporting on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.access.context import as_person
from casework.commands import referral_answer as file
from casework.models import Pack, Referral
from mediation.commands import referral_answer as commands
from mediation.forms.court import needs_of, results_of
from mediation.forms.liaison_pack import band_of, pack_context
from mediation.forms.referral import OnReferral
from mediation.forms.referral_shown import text
from mediation.forms.referral_words import matter_name
from mediation.forms.report import ReportForm


class LiaisonForm(OnReferral):
    """A step at the office: only what the open pack holds is shown."""

    template = "referral/answer.html"

    def context(self) -> dict[str, Any]:
        """The referral as its office may see it. The pack is read as the person, not as the engine:
        the database leaves out one that has expired or was closed.
        """
        if self.process is None:
            return {}
        row = Referral.objects.select_related("office", "case__manager").get(
            pk=self.process.referral_id
        )
        with as_person(self.by):
            pack = Pack.objects.filter(referral_id=row.pk).order_by("-number").first()
        manager = row.case.manager
        return {
            "unit_words": f"{self.by.display_name} {row.office.name}",
            "contact": {"words": manager.display_name, "phone": manager.phone}
            if manager
            else None,
            "number": row.number,
            "title": matter_name(row.matter),
            "band": band_of(row),
            "asks": [line for line in row.asked.splitlines() if line.strip()],
            "asks_note": matter_name(row.matter),
            "missing": row.missing,
            "needs": needs_of(row.matter, pack.papers) if pack else [],
            **pack_context(pack, row),
        }


class SignForm(LiaisonForm):
    """Sign for the referral: from now on the time to answer runs."""

    submit = _("Sign for it")

    def act(self) -> str:
        """Sign."""
        commands.sign(self.referral, by=self.by, at=self.at, done=self.done_at)
        return "SIGNED"


class FollowForm(ReportForm, LiaisonForm):
    """How it goes at the office, or what came of it."""

    submit = _("Send")
    result_number = text(_("Number of the document"), 60)
    result_yuan = forms.DecimalField(
        label=_("Sum (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    field_order = ("what", "words", "result", "result_number", "result_yuan", "on_day")

    def prepare(self) -> None:
        """A court's matter ends in one of few ways; its document bears the court's own number."""
        self.fields["words"].help_text = _("The worker reads this on the page of the case.")
        if self.process is None:
            return
        if found := results_of(self.referral.matter):
            self.fields["result"] = forms.ChoiceField(
                label=_("Result"), required=False, choices=[("", "-"), *found]
            )
        self.fields["result_number"].initial = self.referral.own_number

    def progressed(self, told: dict[str, Any]) -> None:
        """Kept for the worker and the union to read."""
        file.progress(self.referral, **told)

    def ended(self, code: str, told: dict[str, Any]) -> None:
        """The result, with the document's number and the sum."""
        data = self.cleaned_data
        commands.result(
            self.referral, code=code, number=data["result_number"], yuan=data["result_yuan"],
            done=self.done_at, **told,
        )  # fmt: skip
