"""The step that sorts out a case of new employment forms."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.commands.new_form import sort_out
from casework.models import Case, NewForm, Party, Referral, Side, Trade
from casework.queries.of_case import parties_of
from mediation.commands.new_form import INJURY, estimate, refer_injury
from mediation.engine.steps import StepForm

THREE = (("present", _("present")), ("absent", _("absent")), ("unknown", _("not known")))
FOUR = (THREE[0], ("partly", _("in part")), *THREE[1:])

FACTS = ("subject_fit", "management", "business")


def _records(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class SortOutForm(StepForm):
    """Platform, partner firm, the three facts, the platform's records, the one-stop body, an injury."""

    template = "new_form/sort_out.html"
    submit = _("Keep it")
    trade = forms.ChoiceField(label=_("Trade"), choices=Trade.choices)
    platform = forms.ChoiceField(label=_("Platform"))
    partner = forms.ChoiceField(label=_("Partner firm"), required=False)
    subject_fit = forms.ChoiceField(label=_("Both sides can be party"), choices=THREE)
    management = forms.ChoiceField(label=_("Managed and paid"), choices=FOUR)
    business = forms.ChoiceField(label=_("Work is part of the business"), choices=THREE)
    orders = _records(
        _("Order records held"), _("Orders, routes, ratings, penalties; one a line.")
    )
    pays = _records(
        _("Pay records held"), _("Settlements, deductions, bank statements; one a line.")
    )
    one_stop = forms.CharField(
        label=_("One-stop body that mediates"), max_length=80, required=False
    )
    injured_on = forms.DateField(label=_("Injured at work on"), required=False)
    sections = (
        (_("Who is who"), ("trade", "platform", "partner", "one_stop")),
        (_("The relation: three facts"), ("subject_fit", "management", "business")),
        (_("Records of the platform"), ("orders", "pays")),
        (_("Injury"), ("injured_on",)),
    )
    referral: Referral | None = None

    @classmethod
    def fits(cls, case: Case) -> bool:
        """After triage, until it is closed, where somebody stands on the other side."""
        others = any(row.side == Side.EMPLOYER for row in parties_of(case))
        return case.closed_on is None and bool(case.main_cause) and others

    def prepare(self) -> None:
        """The firms of the case, and what is known already."""
        rows = Party.objects.filter(case=self.case, side=Side.EMPLOYER, left_on__isnull=True)
        self.firms = {row.ref: row for row in rows.order_by("ref")} if self.case else {}
        named = [(ref, f"{ref} {row.name}") for ref, row in self.firms.items()]
        self.offer("platform", named)
        self.offer("partner", [("", "—"), *named])
        self.known = NewForm.objects.filter(case=self.case).first() if self.case else None
        if self.known is not None:
            for name in set(self.fields) - {"platform", "partner"}:
                self.fields[name].initial = getattr(self.known, name)
            self.fields["platform"].initial = self.known.platform.ref
            self.fields["partner"].initial = (
                self.known.partner.ref if self.known.partner else ""
            )

    def context(self) -> dict[str, Any]:
        """The estimate that stands, with its reason."""
        if self.known is None:
            return {"told": None}
        facts = {name: getattr(self.known, name) for name in FACTS}
        found = estimate(self.case, at=self.at, **facts)
        tongue = "zh" if (get_language() or "").startswith("zh") else "en"
        return {"told": {"why": found.why[tongue], "article": found.article, "row": found.row}}

    def clean_injured_on(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["injured_on"]
        if day and day > self.on:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def act(self) -> str:
        """Keep it; an injury that was not known goes its own way."""
        data = dict(self.cleaned_data)
        platform, partner = (
            self.firms[data.pop("platform")],
            self.firms.get(data.pop("partner")),
        )
        found = estimate(self.case, at=self.at, **{name: data[name] for name in FACTS})
        sort_out(
            self.case, platform=platform, partner=partner, relation=found.outcome,
            relation_row=found.row, by=self.by, at=self.at, **data,
        )  # fmt: skip
        fresh = data["injured_on"] and (self.known is None or self.known.injured_on is None)
        if not fresh:
            return "SORTED"
        self.referral = refer_injury(self.case, on=data["injured_on"], by=self.by, at=self.at)
        return INJURY if self.referral else "SORTED"
