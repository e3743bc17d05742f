"""The step that records consent: who, to which agency, which data; or takes it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Agency, Case
from casework.queries.disclosure import PERSONAL, standing_consents
from casework.queries.of_case import workers_of
from mediation.commands import consent as commands
from mediation.engine.steps import StepForm
from mediation.forms.referral import HOW
from mediation.forms.referral_words import PACK_WORDS


class ConsentActForm(StepForm):
    """A worker agrees that an agency gets data, or takes that back."""

    submit = _("Record it")
    what = forms.ChoiceField(
        label=_("What"), widget=forms.RadioSelect,
        choices=(("GIVE", _("agrees")), ("WITHDRAW", _("takes it back"))),
    )  # fmt: skip
    agency = forms.ChoiceField(label=_("Agency"))
    parties = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(
        label=_("To which data"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(name, PACK_WORDS.get(name, name)) for name in sorted(PERSONAL)],
        help_text=_("Without a tick: to all that this office may see."),
    )  # fmt: skip
    how = forms.ChoiceField(label=_("How"), choices=HOW, required=False)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is not archived, and somebody is there to ask."""
        return case.archived_on is None and bool(workers_of(case))

    def prepare(self) -> None:
        """Agencies outside the union, and the workers."""
        rows = Agency.objects.exclude(code="UNION")
        self.offer("agency", [(row.code, row.name) for row in rows])
        if self.case is not None:
            self.offer("parties", [(row.ref, row.name) for row in workers_of(self.case)])

    def clean(self) -> dict[str, Any]:
        """What was never given cannot be taken back; what the agency may not see is not asked for."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        agency = Agency.objects.get(pk=data["agency"])
        self.chosen = [row for row in workers_of(self.case) if row.ref in data["parties"]]
        held = {row.party_id for row in standing_consents(self.case, agency.pk)}
        if data["what"] == "WITHDRAW" and not held & {row.pk for row in self.chosen}:
            self.add_error("parties", _("None of them has agreed to this agency."))
        if set(data["kinds"]) - set(agency.visible_fields):
            self.add_error("kinds", _("This agency may not see all of that."))
        return data

    def act(self) -> str:
        """Give, or take back."""
        data = self.cleaned_data
        agency = Agency.objects.get(pk=data["agency"])
        if data["what"] == "WITHDRAW":
            commands.withdraw(
                self.case, agency=agency, parties=self.chosen, by=self.by, at=self.at
            )
        else:
            commands.give(
                self.case, agency=agency, parties=self.chosen, kinds=data["kinds"],
                how=data["how"] or "call", by=self.by, at=self.at,
            )  # fmt: skip
        return str(data["what"])
