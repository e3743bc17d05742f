"""Steps towards a union elsewhere: the letter, who leads, a session held together online."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import joint_session as joint
from casework.commands.base import CommandRefused
from casework.models import Case, Pairing, Partner, Referral
from mediation.commands import neighbour as commands
from mediation.engine.steps import StepForm

LEADS = (
    ("WE", _("we lead, they help (the work is done here)")),
    ("THEY", _("they lead: the case is handed over, we follow to the end")),
)  # fmt: skip


def partners_for(case: Case | None) -> list[tuple[str, str]]:
    """The open partners: those paired with the district of the case first, with the paired place."""
    rows = Partner.objects.filter(office__is_open=True).select_related("office")
    pairs: dict[int, list[str]] = {}
    if case is not None:
        for row in Pairing.objects.filter(district=case.district_id, until__isnull=True):
            pairs.setdefault(row.partner_id, []).append(row.place)
    found = sorted(rows, key=lambda row: (row.pk not in pairs, row.province, row.pk))
    return [
        (str(row), f"{row} ({'、'.join(pairs[row.pk])})" if row.pk in pairs else str(row))
        for row in found
    ]


def partner_named(name: str) -> Partner:
    """A partner by the name of its union; names are on the list once."""
    return Partner.objects.select_related("office").get(office__name=name)


class CooperationForm(StepForm):
    """A cooperation letter (D07): to whom, who leads, how that place is concerned, what is asked."""

    template = "neighbour/write.html"
    submit = _("Send the letter")
    partner = forms.ChoiceField(label=_("Partner union"))
    lead_by = forms.ChoiceField(label=_("Who leads"), choices=LEADS, widget=forms.RadioSelect)
    link = forms.CharField(
        label=_("How that place is concerned"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    asked = forms.CharField(
        label=_("What is asked, one a line"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    ground = forms.CharField(
        label=_("Emergency ground, if the worker cannot be asked"), max_length=120,
        required=False,
    )  # fmt: skip
    referral: Referral | None = None

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is not closed, and where somebody elsewhere can be written to."""
        return case.closed_on is None and commands.somebody_elsewhere()

    def prepare(self) -> None:
        """Partners, the paired first, and who leads by the rule."""
        self.offer("partner", partners_for(self.case))
        if self.case is not None:
            found = commands.proposed_lead(self.case)
            self.fields["lead_by"].initial = "THEY" if found.who == "THEY" else "WE"

    def context(self) -> dict[str, Any]:
        """Why the rule proposes who leads."""
        return {"proposed": commands.proposed_lead(self.case) if self.case else None}

    def clean(self) -> dict[str, Any]:
        """A case is handed over with the worker's consent only, never on a ground of our own."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("lead_by") == "THEY" and data.get("ground"):
            self.add_error(
                "ground",
                _("A case is handed over with the worker's consent: leave this empty."),
            )
        return data

    def act(self) -> str:
        """Prepare the referral; it leaves when the worker has agreed."""
        data = self.cleaned_data
        self.referral = commands.cooperate(
            self.case, partner=partner_named(data["partner"]),
            handed_over=data["lead_by"] == "THEY", link=data["link"], asked=data["asked"],
            ground=data["ground"], by=self.by, at=self.at,
        )  # fmt: skip
        return str(data["lead_by"])


class InviteForm(StepForm):
    """A partner is asked to take part online in the session that is planned."""

    submit = _("Send the invitation")
    partner = forms.ChoiceField(label=_("Partner union"))
    room = forms.CharField(
        label=_("How to enter"), max_length=200,
        help_text=_("The name or number of the online room; no password."),
    )  # fmt: skip

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where an online session is planned and a partner was written to."""
        return commands.online_session(case) is not None and commands.partners_of(case).exists()

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """What is missing."""
        return commands.NothingToJoin()

    def prepare(self) -> None:
        """The partners who were written to about this case."""
        rows = commands.partners_of(self.case) if self.case else []
        self.offer("partner", [(str(row), str(row)) for row in rows])

    def act(self) -> str:
        """Ask."""
        data = self.cleaned_data
        commands.invite(
            self.case, partner=partner_named(data["partner"]), room=data["room"],
            by=self.by, at=self.at,
        )  # fmt: skip
        return "INVITED"


class ReplyForm(StepForm):
    """Whether the partner takes part, and who."""

    submit = _("Write it down")
    comes = forms.ChoiceField(
        label=_("The partner"), widget=forms.RadioSelect,
        choices=(("yes", _("takes part")), ("no", _("does not take part"))),
    )  # fmt: skip
    who = forms.CharField(label=_("Who takes part"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Who takes part has a name."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("comes") == "yes" and not data.get("who"):
            self.add_error("who", _("This field is required."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        joint.answer(
            self.case, comes=data["comes"] == "yes", who=data["who"], on=self.on, by=self.by,
            at=self.at,
        )  # fmt: skip
        return "ANSWERED"
