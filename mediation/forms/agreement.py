"""The forms of the agreement: the text and its plan, the second reader, signatures, seal."""

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.commands import agreement as file
from casework.commands.agreement_text import lines_of, since_last
from casework.commands.terms import Pay, Problem, Terms, agreed_claims, agreed_total, problems
from casework.models import Agreement, Party, PenaltyKind, Side
from mediation.commands import agreement as commands
from mediation.engine.steps import Rows, StepForm
from mediation.forms.agreement_shown import before_signing, notes_on, signatures_of
from mediation.forms.clauses import proposed

CONFIRMATIONS = (
    ("none", _("none")),
    ("judicial", _("judicial confirmation")),
    ("review", _("arbitration review")),
)


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
            "text": forms.CharField(
                label=_("Text"), max_length=1000, widget=forms.Textarea({"rows": 3})
            ),
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
    penalty_kind = forms.ChoiceField(
        label=_("Agreed penalty"), choices=PenaltyKind.choices, required=False
    )
    penalty_value = money(label=_("Penalty: yuan, or parts per ten thousand"), required=False)
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
    sections = (
        (_("Clauses"), ("clauses", "duties")),
        (_("Payment plan"), ("total_yuan", "payer", "instalments", "members")),
        (_("If it is not kept"), ("accelerates", "penalty_kind", "penalty_value")),
        (_("Confirmation"), ("confirmation",)),
        (
            _("Checks"),
            ("authority_attached", "guardian", "lawyer_note", "no_unlawful_waiver"),
        ),
    )

    def prepare(self) -> None:
        """Propose the last version, or a text from the claims."""
        rows = Party.objects.filter(case=self.case, left_on__isnull=True)
        parties = list(rows.select_related("person", "employer").order_by("side", "ref"))
        self.parties = {party.ref: party for party in parties}
        payer: Any = self.fields["payer"]
        payer.choices = [(p.ref, f"{p.ref} {p.name}") for p in parties]
        self.last = self.case.agreements.order_by("-version").first() if self.case else None
        if (
            sum(party.side == Side.WORKER for party in parties) == 1
        ):  # all of it is that worker's
            del self.fields["members"]
        for name, value in (_of(self.last) if self.last else self._fresh()).items():
            self.fields[name].initial = value

    def _fresh(self) -> dict[str, Any]:
        claims = agreed_claims(self.case) if self.case else []
        return {
            "clauses": proposed(claims),
            "total_yuan": agreed_total(self.case),
            "payer": next((r for r, p in self.parties.items() if p.side == Side.EMPLOYER), ""),
        }

    def context(self) -> dict[str, Any]:
        """The last version's plan, its checks, and where a look at the paper is asked for."""
        number = self.last.version + 1 if self.last else 1
        words = _("version %(number)s") % {"number": number}
        checks = before_signing(self.case, list(self.parties.values()), on=self.on)
        look = reverse("agreement-look", args=[self.task.pk]) if self.task else ""
        shown = {"version_words": words, "checks": checks, "look_url": look}
        return {**shown, **plan_of(self.last), "plan": None}

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
            members={row["ref"]: row["yuan"] for row in data.get("members", [])},
            accelerates=data["accelerates"], confirmation=data["confirmation"] or "none",
            authority_attached=data["authority_attached"], guardian=data["guardian"],
            lawyer_note=data["lawyer_note"], penalty_kind=data["penalty_kind"],
            penalty_value=data["penalty_value"] or Decimal(),
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
        "penalty_kind": version.penalty_kind, "penalty_value": version.penalty_value or None,
    }  # fmt: skip


def plan_of(version: Agreement | None) -> dict[str, Any]:
    """The plan of a version as its pages show it: sums in figures and capitals."""
    from casework.rules.money import capitals

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
    """A step on the version in hand: what it says, and what it changes in the one before."""

    template = "agreement/version.html"

    def context(self) -> dict[str, Any]:
        """The version and its plan."""
        if not self.case:
            return {}
        version = file.open_version(self.case)
        return {
            **plan_of(version), **since_last(version), **signatures_of(version), "text": lines_of(version),
            "checks": notes_on(self.case, version, on=self.on) if version.state == "DRAFT" else [],
        }  # fmt: skip


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
