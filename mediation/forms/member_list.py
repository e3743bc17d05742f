"""The forms of a list of workers: read as a file, looked over cell by cell, taken over or put aside."""

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

SHOWN = 50
IN_FORCE = (Status.PERFORMING, Status.PARTIALLY_AGREED, Status.PERFORMED, Status.DEFAULTED)


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
