"""Where mediation did not help: the worker's application to arbitration or court, and for legal aid."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.terms import workers
from casework.models import Case
from mediation.commands import application, petition
from mediation.engine.steps import Rows, StepForm

AID_FORMS = (
    ("ARBITRATION", _("representation in arbitration")),
    ("SUIT", _("representation in court")),
    ("PAPERS", _("drawing up papers")),
)


class ForOneWorker(StepForm):
    """A paper in the name of one worker."""

    submit = _("Draw up the application")
    party = forms.ChoiceField(label=_("Worker"))
    situation = forms.CharField(
        label=_("Facts and reasons"), max_length=4000, widget=forms.Textarea, required=False
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where a claim failed, or something of an agreement is unpaid."""
        open_now = bool(petition.failed(case)) or bool(application.unpaid(case, clock.today()))
        return case.archived_on is None and open_now

    def prepare(self) -> None:
        """Offer the workers of the case, the first chosen; and the facts that the file knows."""
        people = workers(self.case) if self.case else []
        self.people = {each.ref: each for each in people}
        self.offer("party", [(ref, f"{ref} {each.name}") for ref, each in self.people.items()])
        self.fields["party"].initial = next(iter(self.people), None)
        if self.people:
            first = next(iter(self.people.values()))
            self.known = petition.known(self.case, first, by=self.by, at=self.at)
            self.fields["situation"].initial = self.known.situation


class ArbitrationForm(ForOneWorker):
    """To arbitration; or to court at once where an agreement on pay alone is not kept."""

    lead = _(
        "Every claim that failed and everything unpaid is asked for; the last day is worked out."
    )
    suit = forms.BooleanField(
        label=_(
            "Directly to court: an agreement on pay alone is not kept, or a payment order lapsed"
        ),
        required=False,
    )
    body = forms.CharField(
        label=_("Commission or court"), max_length=60, required=False,
        help_text=_("Left empty: the commission of the district in the list of offices."),
    )  # fmt: skip
    evidence = Rows(
        {
            "name": forms.CharField(label=_("Evidence"), max_length=120),
            "source": forms.CharField(label=_("Where it comes from"), max_length=80),
            "proves": forms.CharField(label=_("What it proves"), max_length=160, required=False),
        },
        label=_("Evidence"), least=1,
    )  # fmt: skip

    def prepare(self) -> None:
        """The evidence that was named."""
        super().prepare()
        if not self.people:
            return
        self.fields["evidence"].initial = [
            {"name": row.name, "source": row.source or petition.FROM_THE_WORKER}
            for row in self.known.evidence
        ]

    def act(self) -> str:
        """Draw it up."""
        data: dict[str, Any] = self.cleaned_data
        petition.ask_arbitration(
            self.case, party=self.people[data["party"]], suit=data["suit"], body=data["body"],
            situation=data["situation"], evidence=data["evidence"], by=self.by, at=self.at,
        )  # fmt: skip
        return "DRAWN_UP"


class AidForm(ForOneWorker):
    """Legal aid: who asks, for what, and what the means are."""

    lead = _("The paper names the centre of the district, the claims and the last day.")
    form = forms.ChoiceField(label=_("Form of aid"), choices=AID_FORMS)
    income = forms.CharField(label=_("Means of the household"), max_length=400, required=False)
    exempt_why = forms.CharField(
        label=_("Or: why means need not be looked at"), max_length=200, required=False,
        help_text=_("A migrant worker who claims pay or injury benefits, for example (Legal Aid Law 42)."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two is said."""
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("income") or data.get("exempt_why")):
            self.add_error("income", _("State the means, or why they need not be looked at."))
        return data

    def act(self) -> str:
        """Draw it up."""
        data = self.cleaned_data
        petition.ask_aid(
            self.case, party=self.people[data["party"]], form=data["form"],
            income=data["income"], exempt_why=data["exempt_why"], situation=data["situation"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "DRAWN_UP"
