"""The step of a call: the whole call on one page."""

from typing import Any, cast

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from casework.access.context import as_person
from casework.models import Agency, District
from casework.queries.callers import known
from casework.queries.duplicates import told_before
from casework.rules import taxonomy
from casework.rules.checks import credit_code_ok
from mediation.commands import calls as commands
from mediation.engine.steps import Rows, RowsWidget, StepForm
from mediation.forms.fields import (
    CHANNELS,
    CLASSES,
    CONTRACTS,
    SEXES,
    WISHES,
    WORKERS,
    YES_NO,
    OneOf,
    PhoneField,
    day_box,
    districts,
    money,
    text,
)  # fmt: skip
from mediation.forms.promise import PROMISE, PromiseFields


class Pressed(forms.HiddenInput):
    """What a button says that was pressed: it has no box, and a page that comes back asks anew."""

    def render(self, *_told: Any, **_more: Any) -> SafeString:
        """Nothing."""
        return mark_safe("")


class CallForm(PromiseFields, StepForm):
    """The whole call on one page, in the order of the talk."""

    template = "intake/call.html"
    submit = _("Register and dispatch")
    sections = (
        (_("Caller"), ["phone", "name", "worker_kind", "sex", "anonymous"]),
        (_("What happened"), ["facts", "cause", "hired_on", "left_on", "danger", "classes"]),
        (_("Employer"), ["employers", "work_place"]),
        (_("People and sums"), ["group_size", "claims"]),
        (_("Where to"), ["district", "wish", "channel", "consents", *PROMISE, "apart_because"]),
    )
    after_the_call = _("To complete after the call")
    widths = {
        "phone": "w4", "name": "w3", "sex": "w2", "worker_kind": "w3", "cause": "w4",
        "hired_on": "w3", "left_on": "w3", "danger": "w2", "group_size": "w2", "claims": "w10",
        "work_place": "w6", "district": "w4", "wish": "w4", "channel": "w4", "apart_because": "w12",
        "call_back_on": "w3", "call_back_from": "w2", "call_back_until": "w2", "call_back_why": "w5",
    }  # fmt: skip

    phone = PhoneField(
        label=_("Telephone"), required=False,
        widget=forms.TextInput(attrs={"autofocus": True, "data-key": "f2", "inputmode": "tel"}),
    )  # fmt: skip
    name = text(_("Name"), 60)
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False)
    worker_kind = forms.ChoiceField(label=_("Kind of worker"), choices=WORKERS, required=False)
    union_member = forms.ChoiceField(label=_("Union member"), choices=YES_NO, required=False)
    anonymous = forms.BooleanField(label=_("Wants to stay anonymous"), required=False)
    identity_number = text(_("Identity number"), 18)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), min_value=1920, max_value=2015, required=False
    )
    home_province = text(_("Home province"), 24)
    address = text(_("Address"))
    facts = forms.CharField(
        label=_("What happened"), widget=forms.Textarea(attrs={"rows": 4}), max_length=8000
    )
    cause = forms.ChoiceField(label=_("Cause"))
    classes = forms.MultipleChoiceField(
        label=_("Class"), choices=CLASSES, widget=forms.CheckboxSelectMultiple,
        initial=["DISPUTE"],
    )  # fmt: skip
    hired_on = forms.DateField(label=_("Hire date"), required=False, widget=day_box())
    left_on = forms.DateField(label=_("Last day"), required=False, widget=day_box())
    contract_kind = forms.ChoiceField(label=_("Contract"), choices=CONTRACTS, required=False)
    month_pay_yuan = money(label=_("Monthly pay (yuan)"))
    evidence = text(_("Evidence held"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    tried = text(_("Already tried"), 400)
    danger = forms.BooleanField(label=_("Danger to life or health now"), required=False)
    confidential = text(_("For the union only"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    employers = Rows(
        {
            "name": forms.CharField(label=_("Name of the employer"), max_length=100),
            "capacity": text(_("Capacity"), 32),
            "credit_code": text(_("Credit code"), 18),
            "address": text(_("Address"), 160),
            "legal_person": text(_("Legal representative"), 40),
            "contact": text(_("Contact"), 40),
            "phone": text(_("Telephone"), 40),
        },
        label=_("Employers"), required=False,
    )  # fmt: skip
    work_place = text(_("Place of work"))
    group_size = forms.IntegerField(
        label=_("People affected"), min_value=1, max_value=100_000, initial=1, required=False
    )
    claims = Rows(
        {
            "code": forms.CharField(label=_("Cause"), max_length=8),
            "item": forms.CharField(label=_("Item"), max_length=60),
            "amount_yuan": money(label=_("Sum (yuan)")),
            "period": text(_("Period"), 60),
        },
        label=_("Claims"), required=False,
    )  # fmt: skip
    members = Rows(
        {
            "name": forms.CharField(label=_("Name"), max_length=60),
            "phone": PhoneField(label=_("Telephone"), required=False),
            "identity_number": text(_("Identity number"), 18),
            "amount_yuan": money(label=_("Own sum (yuan)")),
        },
        label=_("Members of the group"), required=False,
    )  # fmt: skip
    district = OneOf(label=_("To the union of"), required=False)
    wish = forms.ChoiceField(label=_("Wish"), choices=WISHES, required=False)
    consents = forms.MultipleChoiceField(
        label=_("Agreed to, read out one by one"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=CHANNELS, required=False, initial="phone"
    )
    source_number = text(_("Number at the source"), 60)
    recording_id = text(_("Number of the recording"), 60)
    same_as = forms.CharField(required=False, max_length=20, widget=Pressed)
    apart_because = text(_("Why a case of its own (possible duplicate)"), 120)

    def prepare(self) -> None:
        """Causes, districts and agencies to choose from."""
        self.offer("cause", [("", "-"), *taxonomy.choices()])
        self.fields["cause"].required = not self.data.get("same_as")  # the earlier case has one
        self.offer("district", [("", "-"), *districts()])
        cast("RowsWidget", self.fields["claims"].widget).spare = 1
        agencies = [(row.code, row.short) for row in Agency.objects.exclude(code="UNION")]
        self.offer("consents", [("EMPLOYER", _("contact the employer")), *agencies])

    def clean_district(self) -> District | None:
        """The district that takes the case."""
        name = self.cleaned_data["district"]
        return District.objects.on(self.on).filter(name=name).first() if name else None

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

    def clean(self) -> dict[str, Any]:
        """A phone or the wish to stay anonymous; a dispute names a district; dates in order."""
        data: dict[str, Any] = super().clean() or {}
        if (
            not (data.get("phone") or data.get("anonymous") or data.get("name"))
            and "phone" not in self.errors
        ):
            self.add_error(
                "phone", _("Fill in the number, or tick that the caller stays anonymous.")
            )
        hired, left = data.get("hired_on"), data.get("left_on")
        if hired and left and left < hired:
            self.add_error("left_on", _("The last day lies before the hire date."))
        self._same(data)
        if (
            not data.get("same_as")
            and set(data.get("classes", [])) & {"DISPUTE", "RIGHTS_COMPLAINT", "EMERGENCY"}
            and not data.get("district")
            and "district" not in self.errors
        ):
            self.add_error("district", _("Say which district takes it."))
        if data.get("call_back_on") and (data.get("anonymous") or not data.get("phone")):
            self.add_error(
                "call_back_on", _("Without an open number nobody can be called back.")
            )
        return data

    def _same(self, data: dict[str, Any]) -> None:
        """The case that the call belongs to: one of those that were shown, and no emergency."""
        number = data.get("same_as", "")
        data["same_as"] = int(number) if number.isdigit() else None
        if not number:
            return
        firm = next((row["name"] for row in data.get("employers") or []), "")
        with as_person(self.by):
            people = known(data.get("phone") or "", data.get("name") or "")
        if data["same_as"] not in [past.case_id for past in told_before(people, firm, self.at)]:
            self.add_error(None, _("That case is not about the same caller and employer."))
        if "EMERGENCY" in data.get("classes", []):
            self.add_error("classes", _("An emergency is registered by itself."))

    def act(self) -> str:
        """Open the file."""
        code = commands.record_call(self.case, data=self.cleaned_data, by=self.by, at=self.at)
        if code:
            groups = " ".join(code[number : number + 4] for number in range(0, 16, 4))
            self.say_once = str(_("Query code, shown only now: %(code)s") % {"code": groups})
        if self.cleaned_data["same_as"]:
            self.say_once = str(_("Put to the earlier case as the same matter. The query code given there goes on."))  # fmt: skip
            return "SAME"
        classes = self.cleaned_data["classes"]
        if "EMERGENCY" in classes:
            return "EMERGENCY"
        return "ADVICE" if classes == ["ADVICE"] else "TRIAGE"
