"""The forms of a group: its list, its representatives, its members' words, and who goes alone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands import collective as file
from casework.commands.member_list import Checked, Member, Trouble
from casework.models import Case, ListState, MemberList, Status
from casework.rules.taxonomy import cause_name
from casework.sheets import MOST_BYTES
from mediation.commands import collective as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import text
from mediation.forms.listed import table
from mediation.forms.members import MembersField, offer_members

SHOWN = 50
FEWEST, MOST = 3, 5  # representatives of a group of ten or more [P]
HOW = (
    ("meeting", _("at a meeting, signed")),
    ("paper", _("own paper, signed")),
    ("phone", _("by telephone")),
    ("portal", _("through the own code")),
)


IN_FORCE = (Status.PERFORMING, Status.PARTIALLY_AGREED, Status.PERFORMED, Status.DEFAULTED)


def grouped(case: Case) -> bool:
    """Whether more than one worker stands in an open case (from the row: pages ask this often)."""
    return case.group_size > 1 and case.closed_on is None and case.status not in IN_FORCE


class ReadListForm(StepForm):
    """A list of workers as a file: read and shown first; nobody is added yet."""

    submit = _("Read the list")
    lead = _(
        "A table (.xlsx or .csv) with a column of names; telephone, identity number, sum, bank account and bank "
        "are read where they stand. Nothing is taken over before you have looked it over."
    )
    file = forms.FileField(label=_("File"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Until an agreement is in force."""
        ended = case.closed_on or case.withdrawn_on or case.failed_on
        return not ended and case.status not in IN_FORCE

    def act(self) -> str:
        """Read it."""
        given = self.cleaned_data["file"]
        commands.read_list(
            self.case,
            data=given.read(MOST_BYTES + 1),
            name=given.name or "",
            by=self.by,
            at=self.at,
        )
        return "READ"


class CheckListForm(StepForm):
    """The dry run: who would be added, what is wrong cell by cell, who is there already."""

    template = "steps/listed.html"
    submit = _("Do it")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            ("IMPORTED", _("take the list over")),
            ("AGAIN", _("read a mended file instead")),
            ("DISCARDED", _("put it aside")),
        ),
    )
    leave_out_wrong = forms.BooleanField(
        label=_("Leave out the rows with wrong cells"), required=False
    )
    code = text(_("Cause of the claims"), 8)
    item = text(_("Words of the claims"), 60)
    file = forms.FileField(label=_("Mended file"), required=False)

    def prepare(self) -> None:
        """The list that waits, and the claim that the group makes."""
        self.kept = (
            MemberList.objects.filter(case=self.case, state=ListState.CHECKED).first()
            if self.case
            else None
        )
        claim = self.case.claims.order_by("id").first() if self.case else None
        self.fields["code"].initial = (
            claim.code if claim else getattr(self.case, "main_cause", "")
        )
        self.fields["item"].initial = claim.item if claim else ""

    def context(self) -> dict[str, Any]:
        """What the list would do, in tables."""
        if self.kept is None:
            return {"tables": []}
        return {"tables": _tables(file.dry_run(self.kept))}

    def clean(self) -> dict[str, Any]:
        """Taking over needs a cause; a mended file must be given."""
        data: dict[str, Any] = super().clean() or {}
        data["code"] = data.get("code") or self.fields["code"].initial
        data["item"] = (
            data.get("item") or self.fields["item"].initial or cause_name(data["code"])
        )
        if data.get("decision") == "AGAIN" and not data.get("file"):
            self.add_error("file", _("Choose the mended file."))
        if data.get("decision") == "IMPORTED" and not data["code"]:
            self.add_error("code", _("This field is required."))
        return data

    def act(self) -> str:
        """Do what was decided."""
        data, kept = self.cleaned_data, self.kept
        if kept is None:
            raise file.ListDecided
        if data["decision"] == "AGAIN":
            given = data["file"]
            commands.read_again(
                kept,
                data=given.read(MOST_BYTES + 1),
                name=given.name or "",
                by=self.by,
                at=self.at,
            )
        elif data["decision"] == "DISCARDED":
            commands.discard_list(kept, by=self.by, at=self.at)
        else:
            self.say_once = commands.import_list(
                kept, code=data["code"], item=data["item"], leave_out_wrong=data["leave_out_wrong"],
                by=self.by, at=self.at,
            )  # fmt: skip
        return str(data["decision"])


def _tables(found: Checked) -> list[dict[str, Any]]:
    heads = (_("Cell"), _("What is wrong"), _("Written there"))
    made = [
        table(_("Wrong cells"), heads, _troubles(found.errors), note=_count(found.errors),
              empty=_("No cell is wrong.")),
    ]  # fmt: skip
    if found.duplicates:
        made.append(
            table(
                _("There already"),
                heads,
                _troubles(found.duplicates),
                note=_count(found.duplicates),
            )
        )
    if found.skipped:
        made.append(
            table(
                _("Rows left out"), heads, _troubles(found.skipped), note=_count(found.skipped)
            )
        )
    rows = [*found.known, *found.new]
    made.append(
        table(
            _("Would be taken over"),
            (_("Row"), _("Name"), _("Telephone"), _("Sum (yuan)"), _("How")),
            [_shown(each) for each in rows[:SHOWN]],
            note=_("%(n)s workers, %(yuan)s yuan in all; columns not read: %(unread)s") % {
                "n": len(rows), "yuan": f"{found.total_yuan:,.2f}",
                "unread": "、".join(found.unread) or "-",
            },
            empty=_("Nobody."),
        )
    )  # fmt: skip
    return made


def _troubles(rows: list[Trouble]) -> Iterable[tuple[str, str, str]]:
    return [(row.place, row.words, row.value or "-") for row in rows[:SHOWN]]


def _count(rows: list[Trouble]) -> str:
    return str(len(rows))


def _shown(each: Member) -> tuple[Any, ...]:
    how = _("new") if each.party is None else _("sum for %(ref)s") % {"ref": each.party.ref}
    phone = f"…{each.phone[-4:]}" if each.phone else "-"
    yuan = f"{each.amount_yuan:,.2f}" if each.amount_yuan is not None else "-"
    return each.line, each.name, phone, yuan, how


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
        self.workers = offer_members(self, "refs", self.case)

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
        offer_members(self, "refs", self.case)

    def act(self) -> str:
        """Each named worker withdraws."""
        data = self.cleaned_data
        for row in data["refs"]:
            commands.withdraw_member(row, reason=data["reason"], by=self.by, at=self.at)
        return "WITHDRAWN"
