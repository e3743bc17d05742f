"""Steps of bought legal services: grant, confirm the work, settle by another, write down the payment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import subsidy as file
from casework.models import Case, Lawyer, LegalService, Subsidy, SubsidyState
from mediation.commands import subsidy as commands
from mediation.engine.steps import Rows, StepForm

MOST_TIMES = 20


class GrantForm(StepForm):
    """A lawyer of the list for this case, and what they shall do."""

    submit = _("Grant the voucher")
    template = "subsidy/step.html"
    lead = _(
        "The voucher names the case number alone; what the lawyer may read needs the worker's consent."
    )
    lawyer = forms.ChoiceField(label=_("Lawyer"))
    services = Rows(
        {
            "service": forms.ChoiceField(label=_("Service"), choices=[("", "")]),
            "times": forms.IntegerField(label=_("Times"), min_value=1, max_value=MOST_TIMES),
        },
        least=1,
        label=_("What is granted"),
    )
    why = forms.CharField(label=_("Ground"), max_length=200, required=False)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While the file is not archived and belongs to a district."""
        return case.archived_on is None and case.district_id is not None

    def prepare(self) -> None:
        """The lawyers who take cases; the services with the tariff of the day."""
        rows = Lawyer.objects.filter(is_active=True).select_related("firm")
        self.lawyers = {str(row.pk): row for row in rows}
        self.offer(
            "lawyer", [(key, f"{row.name}　{row.firm}") for key, row in self.lawyers.items()]
        )
        _services(self, "services", list(LegalService))

    def context(self) -> dict[str, Any]:
        """The tariff, and what the district has left of its year."""
        district = self.case.district
        return {
            "tariff": _tariff(self.on),
            "quota": commands.quota(self.on),
            "left": commands.left(district, self.on) if district else None,
        }

    def act(self) -> str:
        """Grant it."""
        data = self.cleaned_data
        named = [row["service"] for row in data["services"] for _n in range(row["times"])]
        commands.grant(
            self.case, lawyer=self.lawyers[data["lawyer"]], services=named, why=data["why"],
            on=self.on, by=self.by, at=self.at,
        )  # fmt: skip
        return "GRANTED"


class _OfVoucher(StepForm):
    """A step about one voucher of the case that stands in a state."""

    template = "subsidy/step.html"
    state = SubsidyState.GRANTED
    voucher = forms.ChoiceField(label=_("Voucher"))

    def prepare(self) -> None:
        """The vouchers that wait."""
        rows = commands.waiting(self.case, self.state) if self.case else []
        self.rows: list[Subsidy] = rows
        names = [(str(row.pk), f"{row.number}　{row.lawyer.name}") for row in rows]
        self.offer("voucher", names)
        if len(names) == 1:
            self.fields["voucher"].initial = names[0][0]

    def context(self) -> dict[str, Any]:
        """Each voucher with its services and lines."""
        words = dict(LegalService.choices)
        return {
            "vouchers": [
                {
                    "row": row, "lines": file.lines_of(row),
                    "services": [str(words[code]) for code in row.services],
                }
                for row in self.rows
            ]
        }  # fmt: skip

    @property
    def chosen(self) -> Subsidy:
        """The voucher of the answer."""
        return commands.voucher(self.case, self.cleaned_data["voucher"], self.state)


class ClaimForm(_OfVoucher):
    """The case manager confirms what the lawyer did; or the voucher is not used."""

    submit = _("Confirm the work")
    lead = _(
        "The claim form names number, kind and result of the case, never what it is about."
    )
    used = forms.ChoiceField(
        label=_("Was there work?"), widget=forms.RadioSelect, initial="YES",
        choices=(("YES", _("yes, as below")), ("NO", _("no, the voucher is not used"))),
    )  # fmt: skip
    lines = Rows(
        {
            "on": forms.DateField(label=_("Day")),
            "service": forms.ChoiceField(label=_("Service"), choices=[("", "")]),
            "what": forms.CharField(label=_("What was done"), max_length=120),
        },
        required=False,
        label=_("Work"),
    )
    result = forms.CharField(label=_("Result of the case"), max_length=60, required=False)
    why = forms.CharField(label=_("Why it is not used"), max_length=200, required=False)

    def prepare(self) -> None:
        """The services of the vouchers."""
        super().prepare()
        _services(self, "lines", sorted({code for row in self.rows for code in row.services}))

    def clean(self) -> dict[str, Any]:
        """Work needs its lines and the result; an unused voucher its reason."""
        data: dict[str, Any] = super().clean() or {}
        needed = ("why",) if data.get("used") == "NO" else ("lines", "result")
        for name in needed:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("This field is required."))
        return data

    def act(self) -> str:
        """Claim or drop."""
        data, row = self.cleaned_data, self.chosen
        if data["used"] == "NO":
            file.drop(row, why=data["why"], on=self.on, by=self.by, at=self.at)
            return "DROPPED"
        commands.claim(
            row, lines=data["lines"], result=data["result"], on=self.on, by=self.by, at=self.at
        )
        return "CLAIMED"


class SettleForm(_OfVoucher):
    """A second person looks at the claim: settle, give back, or pay nothing."""

    submit = _("Decide")
    state = SubsidyState.CLAIMED
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=(
            ("SETTLE", _("settle it")), ("BACK", _("give it back")),
            ("REFUSE", _("nothing is paid")),
        ),
    )  # fmt: skip
    why = forms.CharField(label=_("Why"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Anything but yes needs a word."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") in ("BACK", "REFUSE") and not data.get("why"):
            self.add_error("why", _("This field is required."))
        return data

    def act(self) -> str:
        """Decide."""
        data, row = self.cleaned_data, self.chosen
        keys: dict[str, Any] = {"on": self.on, "by": self.by, "at": self.at}
        if data["decision"] == "SETTLE":
            file.settle(row, **keys)
        elif data["decision"] == "BACK":
            file.give_back(row, why=data["why"], **keys)
        else:
            file.refuse(row, why=data["why"], **keys)
        return str(data["decision"])


class PayForm(_OfVoucher):
    """The money went out."""

    submit = _("Write it down")
    state = SubsidyState.SETTLED
    paid_on = forms.DateField(label=_("Paid on"))
    paid_ref = forms.CharField(label=_("Number of the payment"), max_length=60)

    def clean(self) -> dict[str, Any]:
        """Nothing lies in the future."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("paid_on") and data["paid_on"] > self.on:
            self.add_error("paid_on", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        file.pay(
            self.chosen, ref=data["paid_ref"], paid_on=data["paid_on"], by=self.by, at=self.at
        )
        return "PAID"


def _services(form: StepForm, name: str, codes: list[Any]) -> None:
    """Offer these services in a row's column."""
    words = dict(LegalService.choices)
    column = form.fields[name].columns["service"]  # type: ignore[attr-defined]
    column.choices = [("", ""), *((str(code), words[str(code)]) for code in codes)]


def _tariff(on: Any) -> list[dict[str, Any]]:
    words = dict(LegalService.choices)
    return [
        {"words": words[code], "yuan": price.yuan, "version": price.version}
        for code, price in commands.tariff(on).items()
    ]
