"""The forms of the agreement: the text and its plan, the second reader, signatures, seal."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import agreement as file
from casework.commands.terms import Pay, Problem, Terms, agreed_claims, agreed_total, problems
from casework.models import Agreement, Party, Side
from mediation.commands import agreement as commands
from mediation.engine.steps import Rows, StepForm
from mediation.forms.clauses import proposed

CONFIRMATIONS = (
    ("none", _("none")),
    ("judicial", _("judicial confirmation")),
    ("review", _("arbitration review")),
)
MEDIATOR = "mediator"


def money(**kwargs: Any) -> forms.DecimalField:
    """A sum in yuan with two decimals."""
    return forms.DecimalField(max_digits=14, decimal_places=2, min_value=0, **kwargs)


class DraftForm(StepForm):
    """The text of the agreement and its plan; capitals are computed, never typed."""

    template = "agreement/draft.html"
    submit = _("Save the draft")
    clauses = Rows(
        {
            "title": forms.CharField(label=_("Heading"), max_length=40),
            "text": forms.CharField(label=_("Text"), max_length=1000),
        },
        label=_("Clauses"), required=False,
    )  # fmt: skip
    total_yuan = money(label=_("Total (yuan)"), required=False)
    payer = forms.ChoiceField(label=_("Who pays"), required=False)
    instalments = Rows(
        {
            "due_on": forms.DateField(label=_("Pay day")),
            "amount_yuan": money(label=_("Sum (yuan)")),
        },
        label=_("Instalments"), required=False,
    )  # fmt: skip
    duties = Rows(
        {
            "who": forms.CharField(label=_("Who"), max_length=60, required=False),
            "what": forms.CharField(label=_("Duty"), max_length=200),
            "due_on": forms.DateField(label=_("Until"), required=False),
        },
        label=_("Duties other than money"), required=False,
    )  # fmt: skip
    members = Rows(
        {
            "ref": forms.CharField(label=_("Worker"), max_length=8),
            "yuan": money(label=_("Own sum (yuan)")),
        },
        label=_("Own sum of each worker (empty: in proportion to the claims)"), required=False,
    )  # fmt: skip
    accelerates = forms.BooleanField(
        label=_("A missed instalment makes all due"), required=False, initial=True
    )
    confirmation = forms.ChoiceField(
        label=_("Confirmation"), choices=CONFIRMATIONS, initial="none", required=False
    )
    authority_attached = forms.BooleanField(
        label=_("The representatives' authority is attached"), required=False
    )
    guardian = forms.CharField(label=_("Guardian of a minor"), required=False, max_length=60)
    lawyer_note = forms.CharField(label=_("Lawyer's note"), required=False, max_length=400)
    no_unlawful_waiver = forms.BooleanField(
        label=_("Checked: nobody waives minimum wage, social insurance or injury benefits")
    )

    def prepare(self) -> None:
        """Propose the last version, or a text from the claims."""
        rows = Party.objects.filter(case=self.case, left_on__isnull=True)
        parties = list(rows.select_related("person", "employer").order_by("side", "ref"))
        self.parties = {party.ref: party for party in parties}
        self.fields["payer"].choices = [(p.ref, f"{p.ref} {p.name}") for p in parties]
        self.last = self.case.agreements.order_by("-version").first() if self.case else None
        for name, value in (_of(self.last) if self.last else self._fresh()).items():
            self.fields[name].initial = value

    def _fresh(self) -> dict[str, Any]:
        claims = agreed_claims(self.case) if self.case else []
        return {
            "clauses": proposed(self.case, claims),
            "total_yuan": agreed_total(self.case),
            "payer": next((r for r, p in self.parties.items() if p.side == Side.EMPLOYER), ""),
        }

    def clean(self) -> dict[str, Any]:
        """Everything that forbids these terms, each at its field, with what would mend it."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        for name in ("clauses", "total_yuan", "payer"):
            if data[name] in (None, "", []):
                data[name] = self.fields[name].initial
        self.terms = self._terms(data)
        self.repairs: dict[str, list[dict[str, str]]] = {}
        for problem in problems(self.case, self.terms, on=self.on):
            self._refuse(problem)
        return data

    def _refuse(self, problem: Problem) -> None:
        self.add_error(problem.field, forms.ValidationError(problem.words, code="terms"))
        mended = [{"value": value, "words": value} for value in problem.repairs]
        self.repairs.setdefault(problem.field, []).extend(mended)

    def _terms(self, data: dict[str, Any]) -> Terms:
        return Terms(
            clauses=data["clauses"], total_yuan=Decimal(data["total_yuan"] or 0),
            payer=self.parties.get(data["payer"]),
            instalments=[Pay(row["due_on"], row["amount_yuan"]) for row in data["instalments"]],
            duties=data["duties"],
            members={row["ref"]: row["yuan"] for row in data["members"]},
            accelerates=data["accelerates"], confirmation=data["confirmation"] or "none",
            authority_attached=data["authority_attached"], guardian=data["guardian"],
            lawyer_note=data["lawyer_note"],
        )  # fmt: skip

    def act(self) -> str:
        """Write the version."""
        return commands.draft(self.case, terms=self.terms, by=self.by, at=self.at)


def _of(version: Agreement) -> dict[str, Any]:
    """The fields of a version, to go on from."""
    return {
        "clauses": version.clauses, "duties": version.duties, "total_yuan": version.total_yuan,
        "payer": version.payer.ref if version.payer else "",
        "instalments": [
            {"due_on": row.due_on, "amount_yuan": row.amount_yuan}
            for row in version.instalments.order_by("number")
        ],
        "accelerates": version.accelerates, "confirmation": version.confirmation,
    }  # fmt: skip


def plan_of(version: Agreement | None) -> dict[str, Any]:
    """The plan of a version as its pages show it: sums in figures and capitals."""
    from documents.money import capitals  # noqa: PLC0415

    if version is None:
        return {}
    rows = list(version.instalments.order_by("number"))
    plan = [
        {"no": row.number, "due": row.due_on, "yuan": row.amount_yuan,
         "capitals": capitals(row.amount_yuan), "each": ""}
        for row in rows
    ]  # fmt: skip
    total = {"yuan": version.total_yuan, "capitals": capitals(version.total_yuan), "each": ""}
    return {"agreement": version, "plan": plan, "plan_total": total}


class VersionForm(StepForm):
    """A step on the version in hand."""

    def context(self) -> dict[str, Any]:
        """The version and its plan."""
        return plan_of(file.open_version(self.case)) if self.case else {}


class ReadOverForm(VersionForm):
    """A second pair of eyes on a large agreement."""

    submit = _("Answer the mediator")
    decision = forms.ChoiceField(
        label=_("Answer"),
        choices=(("APPROVED", _("approved")), ("BACK", _("back to the draft"))),
    )
    remarks = forms.CharField(
        label=_("Remarks"), required=False, max_length=400, widget=forms.Textarea
    )

    def act(self) -> str:
        """Approve, or give back."""
        data = self.cleaned_data
        return commands.read_over(
            self.case, approved=data["decision"] == "APPROVED", remarks=data["remarks"],
            by=self.by, at=self.at,
        )  # fmt: skip


class ReadyForm(VersionForm):
    """Both sides read the text; from then on it is frozen."""

    submit = _("Freeze the text")
    decision = forms.ChoiceField(
        label=_("Both sides are"),
        choices=(("READY", _("content with the text")), ("CHANGE", _("asking for a change"))),
        initial="READY", required=False,
    )  # fmt: skip
    read_by_both = forms.BooleanField(label=_("Both sides have read the text"), required=False)
    reason = forms.CharField(label=_("What changes"), required=False, max_length=120)

    def act(self) -> str:
        """Freeze, or go back to the draft."""
        data = self.cleaned_data
        if data["decision"] == "CHANGE":
            return commands.change(self.case, reason=data["reason"], by=self.by, at=self.at)
        return commands.make_ready(
            self.case, read_by_both=data["read_by_both"], by=self.by, at=self.at
        )


class SignForm(VersionForm):
    """Who signed the frozen text now; until everybody has."""

    submit = _("Record the signatures")
    decision = forms.ChoiceField(
        label=_("What happened"),
        choices=(
            ("SIGNED", _("signed")), ("CHANGE", _("the text will change")),
            ("NOT_SIGNED", _("a side refuses to sign")),
        ),
        initial="SIGNED", required=False,
    )  # fmt: skip
    signed_by = forms.MultipleChoiceField(
        label=_("Signed by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(
        label=_("Way"), choices=(("paper", _("on paper, original checked")),),
        initial="paper", required=False,
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), required=False, max_length=120)

    def prepare(self) -> None:
        """Offer who has not signed."""
        self.missing: dict[str, Party] = {}
        choices = []
        if self.case:
            parties, mediator = file.unsigned(file.open_version(self.case))
            self.missing = {party.ref: party for party in parties}
            choices = [(p.ref, f"{p.ref} {p.name}") for p in parties]
            choices += [(MEDIATOR, _("the mediator"))] if mediator else []
        self.fields["signed_by"].choices = choices

    def clean(self) -> dict[str, Any]:
        """Signing needs somebody; the others need a reason."""
        data: dict[str, Any] = super().clean() or {}
        signing = data.get("decision") in ("", "SIGNED")
        needed = "signed_by" if signing else "reason"
        if not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("This field is required."))
        return data

    def act(self) -> str:
        """Record signatures, a change, or a refusal."""
        data = self.cleaned_data
        if data["decision"] == "CHANGE":
            return commands.change(self.case, reason=data["reason"], by=self.by, at=self.at)
        if data["decision"] == "NOT_SIGNED":
            return commands.refuse(self.case, reason=data["reason"], by=self.by, at=self.at)
        parties = [self.missing[ref] for ref in data["signed_by"] if ref != MEDIATOR]
        mediator = self.by if MEDIATOR in data["signed_by"] else None
        return commands.sign(
            self.case, parties=parties, mediator=mediator, way=data["way"] or "paper",
            by=self.by, at=self.at,
        )  # fmt: skip


class SealForm(VersionForm):
    """The body's seal: then the agreement is in force."""

    submit = _("Seal")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("SEAL", _("seal")), ("CHANGE", _("back to the draft"))),
        initial="SEAL", required=False,
    )  # fmt: skip
    reason = forms.CharField(label=_("What changes"), required=False, max_length=120)

    def act(self) -> str:
        """Seal, or give back."""
        data = self.cleaned_data
        if data["decision"] == "CHANGE":
            return commands.change(self.case, reason=data["reason"], by=self.by, at=self.at)
        return commands.seal(self.case, by=self.by, at=self.at)
