"""The union's steps of a referral: sent, consented to, supplied, decided about, taken back."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.commands.referral_hand_on import leave, may_pass_on
from casework.models import Case, Referral
from casework.queries.disclosure import PERSONAL
from casework.queries.of_case import workers_of
from casework.referral_protocol import RUNNING, Act
from mediation.commands import referral as commands
from mediation.engine.steps import StepForm
from mediation.forms.referral_preview import Previewed, preview_of
from mediation.forms.referral_shown import SHOWN, ShownFields, files_of, more_files, text
from mediation.forms.referral_words import MATTERS, PACK_WORDS, matter_name
from mediation.models import Process

MATTER_CHOICES = [("", "-"), *MATTERS.items()]
HOW = (
    ("call", _("by telephone, recorded")),
    ("paper", _("in writing")),
    ("code", _("by one-time code")),
)


class ReferForm(Previewed, ShownFields):
    """A matter for another office: what is asked, and on what ground it may leave."""

    template = "referral/refer.html"
    matter = forms.ChoiceField(label=_("Matter"), choices=list(MATTERS.items()))
    asked = text(_("What is asked, one a line"), 1000, widget=forms.Textarea(attrs={"rows": 3}))
    side_track = forms.BooleanField(
        label=_("Beside the dispute (injury, hardship)"), required=False
    )
    ground = text(
        _("Emergency ground, if the worker cannot be asked"), 120,
        help_text=_("Danger to life or health, or a right that is lost today. It is recorded."),
    )  # fmt: skip
    referral: Referral | None = None
    field_order = ("matter", "asked", "side_track", "ground")
    sections = (
        (_("What for"), ["matter", "asked", "side_track", "ground"]),
        (_("What some matters need shown"), list(SHOWN)),
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is not closed."""
        return case.closed_on is None

    def act(self) -> str:
        """Prepare, and send when the worker has agreed."""
        data = self.cleaned_data
        self.referral = commands.refer(
            self.case, matter=data["matter"], asked=data["asked"], side_track=data["side_track"],
            ground=data["ground"], shown=self.shown(), by=self.by, at=self.at,
        )  # fmt: skip
        return commands.begins_with(self.referral)


class OnReferral(StepForm):
    """A step on one referral."""

    @property
    def referral(self) -> Referral:
        """The referral of this process."""
        return cast("Referral", cast("Process", self.process).referral)


class ConsentForm(OnReferral):
    """Ask each worker: to whom, which data, for what."""

    template = "referral/union_step.html"
    submit = _("Record the answer")
    given = forms.ChoiceField(
        label=_("The worker"), choices=(("yes", _("agrees")), ("no", _("does not agree")))
    )
    how = forms.ChoiceField(label=_("How"), choices=HOW)
    parties = forms.MultipleChoiceField(
        label=_("Who agrees"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only the data of those ticked leave the house."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("To which data"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a tick: to all that this office may see."),
    )  # fmt: skip

    def prepare(self) -> None:
        """The workers of the case, and the kinds of data that the office may see."""
        if self.process is None:
            return
        self.offer("parties", [(row.ref, row.name) for row in workers_of(self.case)])
        sees = [name for name in self.referral.agency.visible_fields if name in PERSONAL]
        self.offer("kinds", [(name, PACK_WORDS.get(name, name)) for name in sees])

    def context(self) -> dict[str, Any]:
        """What would leave if all agreed: the worker is told before answering."""
        return _told(self)

    def clean(self) -> dict[str, Any]:
        """In a case of several workers it is said who agrees."""
        data: dict[str, Any] = super().clean() or {}
        several = len(self.fields["parties"].choices) > 1  # type: ignore[attr-defined]
        if data.get("given") == "yes" and several and not data.get("parties"):
            self.add_error("parties", _("Say who of the workers agrees."))
        return data

    def act(self) -> str:
        """Send, or end."""
        data = self.cleaned_data
        given = data["given"] == "yes"
        commands.give_consent(
            self.referral, given=given, how=data["how"], kinds=data["kinds"],
            parties=[row for row in workers_of(self.case) if row.ref in data["parties"]],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "SENT" if given else "REFUSED"


def _told(form: OnReferral) -> dict[str, Any]:
    if form.process is None:
        return {}
    row = form.referral
    return {
        "subject": {"matter": matter_name(row.matter), "office": row.office.name,
                    "missing": row.missing},
        "preview": preview_of(row),
    }  # fmt: skip


class SupplyForm(OnReferral):
    """What the office asked for goes out as a new pack."""

    template = "referral/union_step.html"
    submit = _("Send the material")
    words = forms.CharField(label=_("What is supplied"), max_length=400)
    enclosed = more_files()

    def prepare(self) -> None:
        """What the workers handed in."""
        if self.process is not None:
            self.offer("enclosed", files_of(self.case))

    def context(self) -> dict[str, Any]:
        """What the office misses, and what the new pack would hold."""
        return _told(self)

    def act(self) -> str:
        """Supply."""
        data = self.cleaned_data
        commands.supply(
            self.referral, words=data["words"], files=data["enclosed"], by=self.by, at=self.at
        )
        return "SUPPLIED"


class DecideForm(OnReferral):
    """After a refusal or a silence: another office, the joint meeting, or an end."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            ("ELSEWHERE", _("send it to another office")),
            ("END", _("leave it at that")),
            ("MEETING", _("a joint meeting decides")),
        ),
    )
    matter = forms.ChoiceField(label=_("Matter"), required=False, choices=MATTER_CHOICES)
    words = forms.CharField(label=_("Why"), max_length=400)

    def clean(self) -> dict[str, Any]:
        """Another office needs a matter, and after two hops only the meeting decides."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "ELSEWHERE":
            if not data.get("matter"):
                self.add_error("matter", _("This field is required."))
            if not may_pass_on(self.referral):
                self.add_error(
                    "decision", _("It was passed on twice: a joint meeting decides.")
                )
        return data

    def act(self) -> str:
        """Decide."""
        data, told = self.cleaned_data, {"by": self.by, "at": self.at}
        decision = str(data["decision"])
        if decision == "ELSEWHERE":
            commands.send_elsewhere(
                self.referral,
                matter=data["matter"],
                words=data["words"],
                by=self.by,
                at=self.at,
            )
        else:
            act = Act.CALL_MEETING if decision == "MEETING" else Act.LEAVE
            leave(self.referral, act, decision=decision, words=data["words"], **told)  # type: ignore[arg-type]
        return decision


class ReadForm(OnReferral):
    """The result is read and noted."""

    submit = _("Noted")
    words = text(_("Remarks"))

    def act(self) -> str:
        """Note it."""
        leave(
            self.referral, Act.LEAVE, decision="READ", words=self.cleaned_data["words"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "READ"


class WithdrawForm(StepForm):
    """The worker wants a referral taken back."""

    submit = _("Take it back")
    matter = forms.ChoiceField(label=_("Referral"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where a referral still runs."""
        return _running(case).exists()

    def prepare(self) -> None:
        """The referrals that still run; two of one matter are told apart by their office."""
        rows = list(_running(self.case).select_related("office")) if self.case else []
        several = [row.matter for row in rows]
        self.rows = {
            row.matter if several.count(row.matter) == 1 else f"{row.matter}:{row.pk}": row
            for row in rows
        }
        self.offer(
            "matter",
            [
                (key, f"{matter_name(row.matter)}　{row.office}")
                for key, row in self.rows.items()
            ],
        )

    def act(self) -> str:
        """Withdraw it."""
        row = self.rows[self.cleaned_data["matter"]]
        commands.withdraw(row, reason=self.cleaned_data["reason"], by=self.by, at=self.at)
        return "WITHDRAWN"


def _running(case: Case) -> QuerySet[Referral]:
    return Referral.objects.filter(case=case, state__in=[each.value for each in RUNNING])
