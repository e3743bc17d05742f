"""Steps on a possible duplicate."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.context import as_person
from casework.commands.base import CommandRefused
from casework.commands.joining import NotADuplicate
from casework.models import Case, User
from mediation.commands import joining as commands
from mediation.engine.steps import StepForm


def _other(number: str, case_id: int, by: User) -> Case | None:
    """The case of a number, as a person sees it; never the one at hand."""
    if not number or "\0" in number:
        return None
    with as_person(by):
        rows = Case.objects.filter(Q(number=number) | Q(ticket_no=number))
        return rows.exclude(pk=case_id).first()


def kept_in(case_id: int, by: User, field: str) -> int | None:
    """Another case that a case names in a field of its own, as a person sees it."""
    with as_person(by):
        return Case.objects.filter(pk=case_id).values_list(field, flat=True).first()


class MergeForm(StepForm):
    """The same matter as another case: named by its number."""

    submit = _("Put it there")
    number = forms.CharField(label=_("Case or ticket number"), max_length=40)
    reason = forms.CharField(label=_("Why it is the same matter"), max_length=200)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Before acceptance."""
        return case.accepted_on is None and case.closed_on is None

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """It is no open ticket."""
        return NotADuplicate()

    @classmethod
    def second_case(cls, case_id: int, data: Mapping[str, Any], by: User) -> int | None:
        """The case that is named."""
        other = _other(str(data.get("number", "")).strip(), case_id, by)
        return other.pk if other else None

    def clean_number(self) -> str:
        """A case that the person may see, and another one."""
        number = str(self.cleaned_data["number"]).strip()
        self.into = _other(number, self.case.pk, self.by)
        if self.into is None:
            raise forms.ValidationError(_("There is no other case of this number."))
        return number

    def act(self) -> str:
        """Merge."""
        if self.into is not None:
            commands.merge(
                self.case, into=self.into, reason=self.cleaned_data["reason"], by=self.by,
                at=self.at,
            )  # fmt: skip
        return "MERGED"


class JoinGroupForm(MergeForm):
    """The same group as another case: the worker becomes a member there, with the own claims."""

    submit = _("Join that case")
    reason = forms.CharField(label=_("Why it is one group"), max_length=200)

    def act(self) -> str:
        """Join."""
        if self.into is not None:
            commands.join_group(
                self.case, into=self.into, reason=self.cleaned_data["reason"], by=self.by,
                at=self.at,
            )  # fmt: skip
        return "JOINED"


class TakeBackForm(StepForm):
    """It was another matter after all."""

    submit = _("Take it back")
    reason = forms.CharField(label=_("Why it is another matter"), max_length=200)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is part of another case (a splitting off that was undone is another act)."""
        return case.merged_into_id is not None and case.merged_into_id != case.split_from_id

    @classmethod
    def second_case(cls, case_id: int, data: Mapping[str, Any], by: User) -> int | None:
        """The case that it is part of."""
        return kept_in(case_id, by, "merged_into_id")

    def act(self) -> str:
        """Take back."""
        steps = commands.take_back(
            self.case, reason=self.cleaned_data["reason"], by=self.by, at=self.at
        )
        return "PARTED" if steps else "TRIAGE"
