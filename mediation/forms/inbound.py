"""Steps of a matter from outside: registered by its source, signed for and answered by the union."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.commands.referral_answer import REASONS
from casework.models import Agency, District, Inbound, Procedure, ReferralState
from casework.rules import taxonomy
from casework.rules.checks import credit_code_ok
from mediation.commands import inbound as commands
from mediation.engine.steps import Rows, StepForm
from mediation.forms.fields import PhoneField, districts, money, text
from mediation.forms.referral_words import MATTERS, REASON_WORDS
from mediation.models import Process

INBOUND_MATTERS: dict[str, str | Promise] = {
    "COURT_MEDIATION": _("mediation for the court"), "MEDIATION": _("mediation"),
    "RIGHTS_COMPLAINT": _("complaint about labour rights"), **MATTERS,
}  # fmt: skip
MOST_PEOPLE = 500


def lines(words: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip()[:80] for line in words.splitlines() if line.strip()]


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
        return {"band": {"kind": "", "fact": title, "consequence": words}}


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
    missing = text(
        _("What is missing, one a line (once, and in full)"), 1000, widget=forms.Textarea
    )
    reason_code = forms.ChoiceField(
        label=_("Reason"), required=False,
        choices=[("", "-"), *((code, REASON_WORDS[code]) for code in REASONS)],
    )  # fmt: skip
    matter = forms.ChoiceField(
        label=_("Whose matter it is"), required=False, choices=[("", "-"), *MATTERS.items()]
    )
    reason = text(_("In words"), 1000, widget=forms.Textarea)

    def prepare(self) -> None:
        """The one who answers is proposed as the handler."""
        self.fields["handler"].initial = self.by.display_name

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
        return data

    def act(self) -> str:
        """Answer."""
        data, answer = self.cleaned_data, str(self.cleaned_data["answer"])
        told: dict[str, Any] = {"by": self.by, "at": self.at}
        if answer == "ACCEPTED":
            commands.accept(
                self.inbound, handler=data["handler"], expected_on=data["expected_on"], **told
            )
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


class ReportInboundForm(OnInbound):
    """Tell the source how it goes, or what came of it."""

    submit = _("Tell the source")
    what = forms.ChoiceField(
        label=_("What"), widget=forms.RadioSelect,
        choices=(("PROGRESS", _("progress")), ("RESULT", _("result"))),
    )  # fmt: skip
    words = forms.CharField(label=_("In plain words"), max_length=1000, widget=forms.Textarea)
    result = text(_("Result"), 32)
    on_day = forms.DateField(label=_("Day"), required=False)

    def clean(self) -> dict[str, Any]:
        """A result has a code; a day is not in the future."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("what") == "RESULT" and not data.get("result"):
            self.add_error("result", _("This field is required."))
        if data.get("on_day") and data["on_day"] > self.on:
            self.add_error("on_day", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Report."""
        data = self.cleaned_data
        told: dict[str, Any] = {
            "words": data["words"], "on": data["on_day"] or self.on, "by": self.by, "at": self.at,
        }  # fmt: skip
        if data["what"] == "PROGRESS":
            commands.progress(self.inbound, **told)
        else:
            commands.give_result(self.inbound, result=data["result"], **told)
        return str(data["what"])
