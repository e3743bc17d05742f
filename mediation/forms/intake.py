"""Steps of the intake: the call, the advice, the triage, the application, the decision."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands import case as file
from casework.models import Agency, District, Priority
from casework.queries import rulebook
from casework.queries.duplicates import possible
from casework.rules import calculators, taxonomy
from casework.rules.checks import credit_code_ok, phone_normal
from mediation.commands import intake as commands
from mediation.commands.proposals import proposals
from mediation.engine.steps import Rows, StepForm

CLASSES = (
    ("ADVICE", _("advice")), ("DISPUTE", _("dispute")), ("RIGHTS_COMPLAINT", _("complaint about a breach")),
    ("EMERGENCY", _("emergency")), ("HARDSHIP", _("hardship")), ("UNION_SERVICE", _("union service")),
    ("SUGGESTION", _("suggestion")), ("OUT_OF_SCOPE", _("out of scope")),
)  # fmt: skip
CHANNELS = (
    ("phone", _("telephone")),
    ("visit", _("visit")),
    ("web", _("web")),
    ("letter", _("letter")),
    ("transfer", _("transfer")),
)
WORKERS = (
    ("", "-"), ("ordinary", _("ordinary")), ("migrant", _("migrant worker")), ("dispatched", _("dispatched worker")),
    ("nef", _("new employment form")), ("over_age", _("over retirement age")), ("minor", _("minor")),
    ("disabled", _("disabled")), ("pregnant", _("pregnant or nursing")),
)  # fmt: skip
SEXES = (("", "-"), ("male", _("male")), ("female", _("female")))
YES_NO = (("", "-"), ("yes", _("yes")), ("no", _("no")), ("unknown", _("not known")))
CONTRACTS = (
    ("", "-"),
    ("none", _("no written contract")),
    ("written", _("written contract")),
    ("fixed", _("fixed term")),
    ("open", _("open ended")),
)
WISHES = (
    ("", "-"),
    ("advice", _("advice")),
    ("mediation", _("mediation")),
    ("complaint", _("complaint")),
    ("both", _("mediation and complaint")),
    ("help", _("help")),
)
COLLECTIVE = 10


def money(**kwargs: Any) -> forms.DecimalField:
    """A sum in yuan with two decimals."""
    return forms.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, **kwargs
    )


def text(label: Any, length: int = 120, **kwargs: Any) -> forms.CharField:
    """A short text that may stay empty."""
    return forms.CharField(label=label, max_length=length, required=False, **kwargs)


class PhoneField(forms.CharField):
    """A telephone number, mobile or land line; empty stays empty."""

    def clean(self, value: Any) -> str:
        """The number in one form. Raises: ValidationError with the way out."""
        typed = str(super().clean(value) or "")
        if not typed:
            return ""
        found = phone_normal(typed)
        if not found:
            raise forms.ValidationError(
                _("This telephone number is not complete. A mobile number has 11 digits.")
            )
        return found


def districts() -> list[tuple[str, str]]:
    """The districts of today, by name."""
    return [(row.name, row.name) for row in District.objects.on(clock.today())]


class CallForm(StepForm):
    """The whole call on one page, in the order of the talk."""

    template = "intake/call.html"
    submit = _("Register and dispatch")
    sections = (
        (
            _("Caller"),
            [
                "phone",
                "name",
                "sex",
                "worker_kind",
                "union_member",
                "anonymous",
                "identity_number",
            ],
        ),
        (
            _("What happened"),
            [
                "facts",
                "cause",
                "classes",
                "hired_on",
                "left_on",
                "tried",
                "danger",
                "confidential",
            ],
        ),
        (_("Employer"), ["employers", "work_place"]),
        (_("People and sums"), ["group_size", "claims", "members"]),
        (
            _("Where to"),
            ["district", "wish", "consents", "channel", "source_number", "apart_because"],
        ),
    )
    widths = {"phone": "w4", "name": "w3", "sex": "w2", "worker_kind": "w3"}

    phone = PhoneField(label=_("Telephone"), required=False)
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
        label=_("Class"), choices=CLASSES, widget=forms.CheckboxSelectMultiple
    )
    hired_on = forms.DateField(label=_("Hire date"), required=False)
    left_on = forms.DateField(label=_("Last day"), required=False)
    contract_kind = forms.ChoiceField(label=_("Contract"), choices=CONTRACTS, required=False)
    month_pay_yuan = money(label=_("Monthly pay (yuan)"))
    evidence = text(_("Evidence held"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    tried = text(_("Already tried"), 400)
    danger = forms.BooleanField(label=_("Danger to life or health now"), required=False)
    confidential = text(_("For the union only"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    employers = Rows(
        {
            "name": forms.CharField(label=_("Name"), max_length=100),
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
    district = forms.ChoiceField(label=_("To the union of"), required=False)
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
    apart_because = text(_("Why a case of its own (possible duplicate)"), 120)

    def prepare(self) -> None:
        """Causes, districts and agencies to choose from."""
        self.offer("cause", [("", "-"), *taxonomy.choices()])
        self.offer("district", [("", "-"), *districts()])
        agencies = [(row.code, row.short) for row in Agency.objects.exclude(code="UNION")]
        self.offer("consents", [("EMPLOYER", _("contact the employer")), *agencies])

    def context(self) -> dict[str, Any]:
        """Possible duplicates: a fact and its consequence, never a block."""
        if not self.is_bound:
            return {"bands": []}
        rows = possible(
            phone=str(self.data.get("phone", "")), name=str(self.data.get("name", "")),
            employer=str(self.data.get("employers-0-name", "")), at=self.at,
        )  # fmt: skip
        return {
            "bands": [
                {
                    "state": "soon",
                    "title": str(row.case),
                    "words": row.case.get_status_display(),
                }
                for row in rows
            ]
        }

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
        if (
            set(data.get("classes", [])) & {"DISPUTE", "RIGHTS_COMPLAINT", "EMERGENCY"}
            and not data.get("district")
            and "district" not in self.errors
        ):
            self.add_error("district", _("Say which district takes it."))
        return data

    def act(self) -> str:
        """Open the file."""
        code = commands.record_call(self.case, data=self.cleaned_data, by=self.by, at=self.at)
        if code:
            groups = " ".join(code[number : number + 4] for number in range(0, 16, 4))
            self.say_once = str(_("Query code, shown only now: %(code)s") % {"code": groups})
        classes = self.cleaned_data["classes"]
        if "EMERGENCY" in classes:
            return "EMERGENCY"
        return "ADVICE" if classes == ["ADVICE"] else "TRIAGE"


class AdviceForm(StepForm):
    """What was answered, and on what it rests."""

    submit = _("Record the answer")
    advice = forms.CharField(label=_("Answer"), widget=forms.Textarea, max_length=4000)
    source = forms.CharField(label=_("Source"), max_length=400)
    calculator = forms.ChoiceField(label=_("Calculator"), required=False)
    inputs = forms.JSONField(label=_("Inputs of the calculator"), required=False)

    def prepare(self) -> None:
        """The calculators by name."""
        self.offer(
            "calculator",
            [
                ("", "-"),
                *((name, name) for name in calculators.names()),
            ],
        )

    def clean_inputs(self) -> dict[str, Any]:
        """An object, also when it came as text."""
        given = self.cleaned_data["inputs"] or {}
        if not isinstance(given, dict):
            raise forms.ValidationError(_("The inputs are an object of names and values."))
        found: dict[str, Any] = json.loads(json.dumps(given, default=str))
        return found

    def clean(self) -> dict[str, Any]:
        """A calculator must be able to use its inputs."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("calculator") and "inputs" in data:
            try:
                calculators.calculate(data["calculator"], data["inputs"], rulebook.basis())
            except ValueError as error:
                self.add_error("inputs", str(error))
        return data

    def act(self) -> str:
        """Advise."""
        data = self.cleaned_data
        commands.give_advice(
            self.case, advice=data["advice"], source=data["source"], calculator=data["calculator"],
            inputs=data["inputs"], by=self.by, at=self.at,
        )  # fmt: skip
        return "ANSWERED"


class EndCallForm(StepForm):
    """End the call: solved, or it became a matter after all."""

    submit = _("End the call")
    decision = forms.ChoiceField(
        label=_("The caller"),
        choices=(
            ("END", _("is satisfied with the answer")),
            ("TRIAGE", _("wants the union to act")),
        ),
        initial="END",
        required=False,
    )

    def act(self) -> str:
        """Close, or go on to triage."""
        if self.cleaned_data["decision"] == "TRIAGE":
            return "TRIAGE"
        commands.end_call(self.case, by=self.by, at=self.at)
        return "END"


class RateForm(StepForm):
    """What the caller says of the answer."""

    submit = _("Record the rating")
    satisfaction = forms.ChoiceField(
        label=_("Satisfaction"),
        choices=(("very_satisfied", _("very satisfied")), ("satisfied", _("satisfied")), ("neutral", _("neutral")), ("not_satisfied", _("not satisfied"))),
    )  # fmt: skip

    def act(self) -> str:
        """Record it."""
        file.rate_call(
            self.case, satisfaction=self.cleaned_data["satisfaction"], by=self.by, at=self.at
        )
        return "RATED"


class EmergencyForm(StepForm):
    """Who was called: people first, papers later."""

    submit = _("Help is on its way")
    told = forms.MultipleChoiceField(
        label=_("Told"), widget=forms.CheckboxSelectMultiple,
        choices=(("duty", _("duty officer")), ("110", "110"), ("119", "119"), ("120", "120"), ("district", _("district union")), ("emergency_management", _("emergency management"))),
    )  # fmt: skip
    words = text(_("What was said"), 400)

    def act(self) -> str:
        """Record it."""
        commands.respond(
            self.case,
            told=self.cleaned_data["told"],
            words=self.cleaned_data["words"],
            by=self.by,
            at=self.at,
        )
        return "TOLD"


class TriageForm(StepForm):
    """What it is, whose it is, how urgent it is, and where it goes."""

    submit = _("Confirm the triage")
    classes = forms.MultipleChoiceField(
        label=_("Class"), choices=CLASSES, widget=forms.CheckboxSelectMultiple
    )
    main_cause = forms.ChoiceField(label=_("Main cause"))
    causes = forms.MultipleChoiceField(
        label=_("Further causes (at most 3 in all)"), required=False
    )
    relation = forms.ChoiceField(
        label=_("Labour relation (an estimate, not a finding)"),
        required=False,
        choices=(
            ("", "-"),
            ("LIKELY", _("likely")),
            ("UNCLEAR", _("unclear")),
            ("UNLIKELY", _("unlikely")),
        ),
    )
    district = forms.ChoiceField(label=_("District"))
    level = forms.ChoiceField(
        label=_("Level"),
        choices=(
            ("district", _("district")),
            ("city", _("city")),
            ("enterprise", _("enterprise")),
        ),
        initial="district",
        required=False,
    )
    group_size = forms.IntegerField(label=_("People affected"), min_value=1, required=False)
    is_new_form = forms.BooleanField(label=_("New employment form"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)
    criminal_clue = forms.ChoiceField(
        label=_("Refusal to pay wages as a crime"),
        required=False,
        choices=(
            ("NONE", _("no sign")),
            ("WATCH", _("watch")),
            ("SEND", _("tell human resources")),
        ),
    )
    route = forms.ChoiceField(
        label=_("Way"),
        choices=(
            ("MEDIATION", _("mediation")),
            ("ADVICE", _("advice only")),
            ("ELSEWHERE", _("other offices only")),
        ),
        initial="MEDIATION",
        required=False,
    )

    def prepare(self) -> None:
        """Choices, and what the call suggests."""
        self.offer("main_cause", taxonomy.choices())
        self.offer("causes", taxonomy.choices())
        self.offer("district", districts())
        if self.case is not None and self.case.opened_at:
            made = proposals(self.case, at=self.at)
            first = {
                "classes": self.case.classes, "main_cause": self.case.main_cause, "causes": self.case.causes,
                "district": self.case.district.name if self.case.district else "",
                "group_size": self.case.group_size, "priority": made["priority"].outcome,
                "relation": made["relation"].outcome, "level": made["level"].outcome,
                "route": made["route"].outcome,
            }  # fmt: skip
            for name, value in first.items():
                self.fields[name].initial = value

    def clean_causes(self) -> list[str]:
        """At most three."""
        rows: list[str] = self.cleaned_data["causes"]
        if len(rows) > 3:  # noqa: PLR2004
            raise forms.ValidationError(_("At most three causes."))
        return rows

    def act(self) -> str:
        """Triage."""
        data = dict(self.cleaned_data)
        route = data.pop("route") or "MEDIATION"
        data["district"] = District.objects.on(self.on).get(name=data["district"])
        data["causes"] = data["causes"] or [data["main_cause"]]
        data["group_size"] = data["group_size"] or self.case.group_size
        data["is_collective"] = data["group_size"] >= COLLECTIVE
        data["level"] = data["level"] or "district"
        data["criminal_clue"] = data["criminal_clue"] or "NONE"
        commands.triage(self.case, by=self.by, at=self.at, **data)
        return route
