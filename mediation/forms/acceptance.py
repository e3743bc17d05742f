"""Steps of the acceptance: the application, the decision, the materials, the second person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.contacts import Means
from casework.models import Case, Contact, Party, Side
from mediation.commands import acceptance as commands
from mediation.commands.court_clocks import asks_other_side
from mediation.engine.steps import StepForm
from mediation.forms.fields import text
from mediation.forms.listed import table
from mediation.forms.photos import ScansField

GROUNDS = (
    ("OTHER", _("another ground")),
    ("RESPONDENT_REFUSED", _("the other side refuses mediation")),
    ("NO_CONTACT", _("the other side could not be reached")),
    ("OUT_OF_SCOPE", _("not a labour dispute")),
    ("DECIDED_BEFORE", _("already decided by a commission or court")),
    ("NOT_COMPLETED", _("the materials did not come")),
)


class ReceiveForm(StepForm):
    """The application for mediation, written or taken down; who represents, who agrees."""

    submit = _("Receive the application")
    received_on = forms.DateField(
        label=_("Received on"), required=False, help_text=_("Left empty: today.")
    )
    oral = forms.BooleanField(label=_("Spoken, taken down and read back"), required=False)
    file = ScansField(
        label=_("The written application"),
        help_text=_("Photographs or PDF, several at once; they are kept in the bound file."),
    )
    representatives = forms.MultipleChoiceField(
        label=_("Elected representatives"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreeing = forms.MultipleChoiceField(
        label=_("Employers that agree to mediation"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        """The workers and the employers of the case."""
        rows = (
            list(Party.objects.filter(case=self.case).select_related("person", "employer"))
            if self.case
            else []
        )
        workers = [row for row in rows if row.side == Side.WORKER]
        self.offer("representatives", [(row.ref, f"{row.ref} {row.name}") for row in workers])
        if len(workers) == 1:  # one worker speaks for nobody else
            del self.fields["representatives"]
        self.offer(
            "agreeing",
            [(row.ref, f"{row.ref} {row.name}") for row in rows if row.side == Side.EMPLOYER],
        )

    def clean(self) -> dict[str, Any]:
        """Not in the future; three to five representatives where there are any (practice)."""
        data: dict[str, Any] = super().clean() or {}
        data["received_on"] = data.get("received_on") or self.on
        if data["received_on"] > self.on:
            self.add_error("received_on", _("This day has not come yet."))
        if len(data.get("representatives", [])) > 5:  # noqa: PLR2004
            self.add_error("representatives", _("Three to five representatives are usual."))
        return data

    def act(self) -> str:
        """Receive."""
        data = self.cleaned_data
        commands.receive(
            self.case, received_on=data["received_on"], oral=data["oral"],
            representatives=data.get("representatives", []), agreeing=data["agreeing"],
            scans=data["file"], by=self.by, at=self.at,
        )  # fmt: skip
        return "RECEIVED"


class DecideForm(StepForm):
    """Accept, ask once for what is missing, or propose to refuse."""

    submit = _("Decide")
    template = "steps/listed.html"
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            ("ACCEPT", _("accept")),
            ("ASK", _("ask for materials")),
            ("REFUSE", _("refuse")),
        ),
    )
    missing = text(_("What is missing, one a line"), 1000, widget=forms.Textarea)
    ground = forms.ChoiceField(
        label=_("Ground of a refusal"), choices=GROUNDS, initial="OTHER", required=False
    )
    reason = text(_("Reason of a refusal"), 400)
    whens = {
        "missing": "decision=ASK",
        "ground": "decision=REFUSE",
        "reason": "decision=REFUSE",
    }

    def context(self) -> dict[str, Any]:
        """What the respondents said so far, try by try."""
        rows = Contact.objects.filter(case=self.case, party__side=Side.EMPLOYER)
        tries = [
            (row.on, row.party.name, Means(row.way).label, row.answer or _("not reached"))
            for row in rows.select_related("party__employer").order_by("on", "id")
        ]
        heads = (_("Day"), _("Respondent"), _("Way"), _("Answer"))
        empty = _("Nobody has asked the other side yet.")
        return {"tables": [table(_("Asked so far"), heads, tries, empty=empty)]}

    def clean(self) -> dict[str, Any]:
        """Asking names what is missing; a refusal gives its reason."""
        data: dict[str, Any] = super().clean() or {}
        needed = {"ASK": "missing", "REFUSE": "reason"}.get(data.get("decision", ""))
        if needed and not data.get(needed):
            self.add_error(needed, _("This field is required."))
        return data

    def act(self) -> str:
        """Do what was decided."""
        decision: str = self.cleaned_data["decision"]
        if decision == "ACCEPT":
            commands.accept(self.case, by=self.by, at=self.at)
        elif decision == "ASK":
            rows = [
                line.strip()
                for line in self.cleaned_data["missing"].splitlines()
                if line.strip()
            ]
            commands.ask(self.case, missing=rows, by=self.by, at=self.at)
        else:
            data = self.cleaned_data
            commands.propose_refusal(
                self.case, ground=data["ground"] or "OTHER", reason=data["reason"],
                by=self.by, at=self.at,
            )  # fmt: skip
        return decision


class SupplyForm(StepForm):
    """What was missing has come, or will not come."""

    submit = _("Record it")
    decision = forms.ChoiceField(
        label=_("Materials"),
        choices=(("SUPPLIED", _("are complete")), ("REFUSE", _("did not come: refuse"))),
        initial="SUPPLIED",
        required=False,
    )
    words = forms.CharField(label=_("What came, or why nothing came"), max_length=400)

    def act(self) -> str:
        """Record it: the clock of acceptance runs from completion."""
        data = self.cleaned_data
        if data["decision"] == "REFUSE":
            commands.propose_refusal(
                self.case, ground="NOT_COMPLETED", reason=data["words"], by=self.by, at=self.at
            )
            return "REFUSE"
        commands.supply(self.case, words=data["words"], by=self.by, at=self.at)
        return "SUPPLIED"


class ContactForm(StepForm):
    """A respondent is asked whether it agrees to mediation."""

    submit = _("Record the contact")
    party = forms.ChoiceField(label=_("Respondent"))
    way = forms.ChoiceField(label=_("Way"), choices=Means.choices)
    reached = forms.BooleanField(label=_("Reached"), required=False)
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=(
            ("UNDECIDED", _("no answer yet")),
            ("AGREES", _("agrees to mediation")),
            ("REFUSES", _("refuses mediation")),
        ),
        initial="UNDECIDED",
        required=False,
    )
    words = text(_("What was said"), 120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """From the application to the decision on it; a court's matter also once it has a mediator."""
        waiting = case.accepted_on is None and case.refused_on is None
        asked = case.received_on is not None and waiting
        return case.closed_on is None and (asked or asks_other_side(case))

    def prepare(self) -> None:
        """The respondents."""
        rows = Party.objects.filter(case=self.case, side=Side.EMPLOYER, left_on__isnull=True)
        self.parties = {row.ref: row for row in rows.select_related("employer")}
        self.offer("party", [(ref, f"{ref} {row.name}") for ref, row in self.parties.items()])

    def clean(self) -> dict[str, Any]:
        """Only somebody who was reached can answer."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("reached") and data.get("answer") in ("AGREES", "REFUSES"):
            self.add_error("reached", _("An answer needs somebody who was reached."))
        return data

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        commands.contact(
            self.parties[data["party"]], way=data["way"], reached=data["reached"],
            answer=data["answer"] or "UNDECIDED", words=data["words"], by=self.by, at=self.at,
        )  # fmt: skip
        return "CONTACTED"


class ApproveRefusalForm(StepForm):
    """A second person on a refusal."""

    submit = _("Answer")
    decision = forms.ChoiceField(
        label=_("Refuse?"), choices=(("REFUSE", _("refuse")), ("BACK", _("look again")))
    )

    def act(self) -> str:
        """Refuse, or give back."""
        if self.cleaned_data["decision"] == "REFUSE":
            commands.refuse(self.case, by=self.by, at=self.at)
        else:
            commands.look_again(self.case, by=self.by, at=self.at)
        return str(self.cleaned_data["decision"])
