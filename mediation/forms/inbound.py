"""A matter from outside is registered by its source, or by the house for a letter."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Agency, District, Inbound, Procedure
from casework.rules import taxonomy
from casework.rules.checks import credit_code_ok
from mediation.commands import inbound as commands
from mediation.engine.steps import Rows, StepForm
from mediation.forms.fields import PhoneField, districts, money, text
from mediation.forms.referral_words import MATTERS

INBOUND_MATTERS: dict[str, str | Promise] = {
    "COURT_MEDIATION": _("mediation for the court"), "MEDIATION": _("mediation"),
    "RIGHTS_COMPLAINT": _("complaint about labour rights"), **MATTERS,
}  # fmt: skip
MOST_PEOPLE = 500


class RegisterForm(StepForm):
    """A matter for the union from a court or another body, under its own number."""

    submit = _("Hand it to the union")
    agency = forms.ChoiceField(label=_("Sent by"))
    number = forms.CharField(label=_("Number at the source"), max_length=60)
    matter = forms.ChoiceField(label=_("Matter"), choices=list(INBOUND_MATTERS.items()))
    procedure = forms.ChoiceField(
        label=_("By what right"), choices=Procedure.choices, initial=Procedure.APPOINTED
    )
    summary = forms.BooleanField(label=_("Summary procedure"), required=False)
    sent_on = forms.DateField(label=_("Sent on"), required=False)
    district = forms.ChoiceField(label=_("To the union of"))
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    names = Rows(
        {
            "name": forms.CharField(label=_("Name"), max_length=60),
            "phone": PhoneField(label=_("Telephone"), required=False),
            "identity_number": text(_("Identity number"), 18),
            "address": text(_("Address"), 160),
        },
        label=_("Workers"), least=1,
    )  # fmt: skip
    employers = Rows(
        {
            "name": forms.CharField(label=_("Name"), max_length=100),
            "capacity": text(_("Capacity"), 32),
            "credit_code": text(_("Credit code"), 18),
            "address": text(_("Address"), 160),
        },
        label=_("Employers"), least=1,
    )  # fmt: skip
    claims = Rows(
        {
            "item": forms.CharField(label=_("Item"), max_length=60),
            "amount_yuan": money(label=_("Sum (yuan)")),
        },
        label=_("Claims"), required=False,
    )  # fmt: skip
    facts = forms.CharField(
        label=_("What happened"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = text(_("Evidence held"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    asked = text(_("What is asked, one a line"), 1000, widget=forms.Textarea(attrs={"rows": 2}))
    terms = forms.JSONField(required=False, widget=forms.HiddenInput)
    inbound: Inbound | None = None

    def prepare(self) -> None:
        """A liaison sends for their own body; the house registers for any other."""
        office = self.by.office
        rows = Agency.objects.exclude(code="UNION")
        peer = getattr(self.by, "peer", None)
        if peer is not None:
            rows = rows.filter(code=peer.agency_id)
        elif office is not None and office.agency_id != "UNION":
            rows = rows.filter(code=office.agency_id)
        self.offer("agency", [(row.code, row.name) for row in rows])
        self.offer("district", [("", "-"), *districts()])
        self.offer("cause", [("", "-"), *taxonomy.choices()])

    def clean_district(self) -> District | None:
        """The district that takes it."""
        name = self.cleaned_data["district"]
        return District.objects.on(self.on).filter(name=name).first()

    def clean_employers(self) -> list[dict[str, Any]]:
        """Credit codes must fit their check digit."""
        rows: list[dict[str, Any]] = self.cleaned_data["employers"]
        for row in rows:
            if row["credit_code"] and not credit_code_ok(row["credit_code"]):
                raise forms.ValidationError(
                    _("The credit code of %(name)s does not fit its check digit."),
                    "code",
                    {"name": row["name"]},
                )
        return rows

    def clean_terms(self) -> dict[str, Any]:
        """What a system said of its pack; nothing when a person registers."""
        terms = self.cleaned_data["terms"]
        return terms if isinstance(terms, dict) and hasattr(self.by, "peer") else {}

    def clean(self) -> dict[str, Any]:
        """Not sent in the future."""
        data: dict[str, Any] = super().clean() or {}
        data["sent_on"] = data.get("sent_on") or self.on
        if data["sent_on"] > self.on:
            self.add_error("sent_on", _("This day has not come yet."))
        if len(data.get("names", [])) > MOST_PEOPLE:
            self.add_error("names", _("Send a group of more than 500 people in parts."))
        data["collective"] = bool(data["terms"].get("collective")) if "terms" in data else False
        return data

    def act(self) -> str:
        """Register."""
        office = self.by.office
        outside = office if office is not None and office.agency_id != "UNION" else None
        self.inbound = commands.register(
            self.case, agency=Agency.objects.get(pk=self.cleaned_data["agency"]), office=outside,
            data=self.cleaned_data, by=self.by, at=self.at,
        )  # fmt: skip
        return "RECEIVED"
