"""The union's steps of a referral: sent, consented to, supplied, decided about, taken back."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Referral
from casework.queries.disclosure import PERSONAL
from casework.queries.of_case import workers_of
from casework.referral_protocol import RUNNING
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
    after = forms.ChoiceField(
        label=_("Wait for another referral"), required=False,
        help_text=_("Referrals run side by side. If this one should wait, you send it yourself once the other has ended."),
    )  # fmt: skip
    referral: Referral | None = None
    field_order = ("matter", "asked", "side_track", "ground", "after")
    sections = (
        (_("What for"), ["matter", "asked", "side_track", "ground", "after"]),
        (_("What some matters need shown"), list(SHOWN)),
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is not closed."""
        return case.closed_on is None

    def prepare(self) -> None:
        """Those that still run may be waited for: read where they are shown or one is chosen, not by every act."""
        super().prepare()
        cast("forms.ChoiceField", self.fields["after"]).choices = self._others

    def _others(self) -> list[tuple[str, str]]:
        rows = running(self.case).select_related("office") if self.case is not None else ()
        found = [(str(row.pk), f"{matter_name(row.matter)}　{row.office}") for row in rows]
        return [("", "-"), *found]

    def act(self) -> str:
        """Prepare, and send when the worker has agreed and nothing is waited for."""
        data = self.cleaned_data
        self.referral = commands.refer(
            self.case, matter=data["matter"], asked=data["asked"], side_track=data["side_track"],
            ground=data["ground"], shown=self.shown(), after=data["after"], by=self.by, at=self.at,
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
                    "missing": row.missing, "why": _waits(row)},
        "preview": preview_of(row),
    }  # fmt: skip


def _waits(row: Referral) -> str:
    """What the manager wanted it to wait for, and whether that has ended."""
    other = Referral.objects.filter(case=row.case_id, pk=row.shown.get("after") or 0).first()
    if other is None or row.sent_at is not None:
        return ""
    words = _("It waits for %(matter)s at %(office)s.") if other.ended_at is None else _(
        "%(matter)s at %(office)s has ended: send this one now.")  # fmt: skip
    return words % {"matter": matter_name(other.matter), "office": other.office}


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


def running(case: Case) -> QuerySet[Referral]:
    """The referrals of a case that are on their way or with an office."""
    return Referral.objects.filter(case=case, state__in=[each.value for each in RUNNING])
