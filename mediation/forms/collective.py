"""The forms of a group: its representatives, its members' words, and who goes alone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import collective as file
from casework.models import Case, User
from mediation.commands import collective as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import text
from mediation.forms.joining import kept_in
from mediation.forms.member_list import IN_FORCE
from mediation.forms.members import MembersField, offer_by_name, offer_members

FEWEST, MOST = 3, 5  # representatives of a group of ten or more [P]
HOW = (
    ("meeting", _("at a meeting, signed")),
    ("paper", _("own paper, signed")),
    ("phone", _("by telephone")),
    ("portal", _("through the own code")),
)


def grouped(case: Case) -> bool:
    """Whether more than one worker stands in an open case (from the row: pages ask this often)."""
    return case.group_size > 1 and case.closed_on is None and case.status not in IN_FORCE


class ElectForm(StepForm):
    """The workers elect who speaks for them; the minutes are printed for everybody's signature."""

    submit = _("Record the election")
    lead = _("Who is not named here speaks for the others no longer.")
    refs = MembersField(label=_("Elected"))
    held_on = forms.DateField(label=_("Elected on"), required=False)
    present = forms.IntegerField(label=_("Workers who took part"), min_value=1)
    words = text(_("How it was done"), 200)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where there is a group."""
        return grouped(case)

    def prepare(self) -> None:
        """The workers who stand in the case."""
        self.workers = offer_by_name(self, "refs", self.case)

    def clean(self) -> dict[str, Any]:
        """Three to five from ten workers on; more than half took part; no day to come."""
        data: dict[str, Any] = super().clean() or {}
        data["held_on"] = data.get("held_on") or self.on
        chosen, count = data.get("refs") or [], len(self.workers)
        if (
            chosen
            and not (FEWEST if count >= file.COLLECTIVE_FROM else 1) <= len(chosen) <= MOST
        ):
            self.add_error("refs", _("Three to five representatives are usual."))
        present = data.get("present") or 0
        if present > count or (present and present * 2 <= count):
            self.add_error(
                "present",
                _("More than half of the workers take part, and not more than there are."),
            )
        if data["held_on"] > self.on:
            self.add_error("held_on", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        commands.elect(
            self.case, [row.ref for row in data["refs"]], on=data["held_on"], present=data["present"],
            words=data["words"], by=self.by, at=self.at,
        )  # fmt: skip
        return "ELECTED"


class AnswerForm(StepForm):
    """Each worker says yes or no to the settlement at the own sum; nobody says it for another."""

    submit = _("Record the answers")
    refs = MembersField(label=_("Workers"))
    agrees = forms.ChoiceField(
        label=_("Answer"),
        choices=(("yes", _("agrees to the own sum")), ("no", _("does not agree"))),
    )
    how = forms.ChoiceField(label=_("How"), choices=HOW, initial="paper", required=False)
    answered_on = forms.DateField(label=_("Day"), required=False)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where there is a group, before the end."""
        return grouped(case) and case.accepted_on is not None and case.failed_on is None

    def prepare(self) -> None:
        """The workers who stand in the case."""
        offer_members(self, "refs", self.case)

    def act(self) -> str:
        """Record them."""
        data = self.cleaned_data
        self.say_once = commands.answer_settlement(
            self.case, [row.ref for row in data["refs"]], agrees=data["agrees"] == "yes", how=data["how"] or "paper",
            on=data["answered_on"] or self.on, by=self.by, at=self.at,
        )  # fmt: skip
        return "ANSWERED"


class SplitForm(StepForm):
    """Workers who do not agree go on alone: the day of receipt and the right to arbitrate stay theirs."""

    submit = _("Split off")
    lead = _(
        "They keep their claims, files and the day of receipt. Mediation begins anew for them; a text of the "
        "agreement in hand is drawn up again without them."
    )
    refs = MembersField(label=_("Workers"))
    alone = forms.BooleanField(
        label=_("Each one a case of their own"), required=False, initial=True
    )
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where there is a group, accepted and not ended."""
        return (
            grouped(case)
            and bool(case.accepted_on)
            and not (case.failed_on or case.withdrawn_on)
        )

    def prepare(self) -> None:
        """The workers who stand in the case; those who said no are proposed."""
        rows = offer_members(self, "refs", self.case)
        self.fields["refs"].initial = ", ".join(
            row.ref for row in rows if row.settlement_refused_on
        )

    def act(self) -> str:
        """Split them off."""
        data = self.cleaned_data
        self.say_once = commands.split_off(
            self.case,
            data["refs"],
            alone=data["alone"],
            reason=data["reason"],
            by=self.by,
            at=self.at,
        )
        return "SPLIT"


class UndoSplitForm(StepForm):
    """The splitting off was a mistake: back to the group, as long as nothing has happened here."""

    submit = _("Take it back")
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """A case that was split off and is open."""
        return case.split_from_id is not None and case.closed_on is None

    @classmethod
    def second_case(cls, case_id: int, data: Mapping[str, Any], by: User) -> int | None:
        """The group that it was split off from."""
        return kept_in(case_id, by, "split_from_id")

    def act(self) -> str:
        """Take it back."""
        commands.undo_split(
            self.case, reason=self.cleaned_data["reason"], by=self.by, at=self.at
        )
        return "UNDONE"


class MemberForm(StepForm):
    """One worker asks for nothing more; the others go on."""

    submit = _("Record the withdrawal")
    refs = MembersField(label=_("Worker"))
    reason = forms.CharField(label=_("Reason"), max_length=120)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where there is a group."""
        return grouped(case)

    def prepare(self) -> None:
        """The workers who stand in the case."""
        offer_by_name(self, "refs", self.case)

    def act(self) -> str:
        """Each named worker withdraws."""
        data = self.cleaned_data
        for row in data["refs"]:
            commands.withdraw_member(row, reason=data["reason"], by=self.by, at=self.at)
        return "WITHDRAWN"
