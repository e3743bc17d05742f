"""A matter without an office: a person finds one, or a joint meeting names who decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.referral_hand_on import leave
from casework.models import Office, Referral
from casework.queries.routing import trouble_of
from casework.referral_protocol import Act
from mediation.commands import referral as commands
from mediation.forms.referral import OnReferral
from mediation.forms.referral_shown import ShownFields
from mediation.forms.referral_words import TROUBLES, matter_name


def offices_for(district_id: int | None) -> list[tuple[str, str]]:
    """The open offices of a district and of the city, with what stands in the way at each."""
    rows = Office.objects.filter(is_open=True).select_related("agency")
    near = [row for row in rows if row.district_id in (district_id, None)]
    found = []
    for row in sorted(near, key=lambda each: (each.agency.order, each.name)):
        trouble = TROUBLES.get(trouble_of(row), "")
        found.append((str(row.pk), f"{row.name}　{trouble}".strip("　")))
    return found


class RouteForm(OnReferral, ShownFields):
    """No office takes this matter here, or something that it needs was not shown."""

    template = "referral/union_step.html"
    submit = _("Send it there")
    office = forms.ChoiceField(label=_("Office"))
    field_order = ("office",)

    def prepare(self) -> None:
        """Open offices near the case."""
        super().prepare()
        if self.process is not None:
            self.offer("office", [("", "-"), *offices_for(self.case.district_id)])

    def context(self) -> dict[str, Any]:
        """Which matter it is, and why nobody took it."""
        if self.process is None:
            return {}
        row = self.referral
        why = row.shown.get("why", "")
        return {"subject": {"matter": matter_name(row.matter), "why": TROUBLES.get(why, why)}}

    def act(self) -> str:
        """Give it an office; it goes on from the question of consent."""
        office = Office.objects.select_related("agency").get(pk=self.cleaned_data["office"])
        commands.route(self.referral, office=office, shown=self.shown(), by=self.by, at=self.at)
        return "ROUTED"


class NameForm(OnReferral):
    """The joint meeting names who decides; whom it names does not push the matter away."""

    template = "referral/union_step.html"
    submit = _("Record the decision")
    decision = forms.ChoiceField(
        label=_("The meeting"),
        choices=(("NAMED", _("names an office")), ("END", _("leaves it at that"))),
    )
    office = forms.ChoiceField(label=_("Office"), required=False)
    words = forms.CharField(label=_("Minutes in a sentence"), max_length=400)

    def prepare(self) -> None:
        """Open offices near the case."""
        if self.process is not None:
            self.offer("office", [("", "-"), *offices_for(self.case.district_id)])

    def context(self) -> dict[str, Any]:
        """The matter and who had it so far."""
        if self.process is None:
            return {}
        row: Referral | None = self.referral
        had: list[Referral] = []
        while row is not None:
            had.insert(0, row)
            row = row.came_from
        return {
            "subject": {"matter": matter_name(self.referral.matter)},
            "had": [{"office": each.office.name, "state": each.get_state_display(), "why": each.reason} for each in had],
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A name, when one is named."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "NAMED" and not data.get("office"):
            self.add_error("office", _("This field is required."))
        return data

    def act(self) -> str:
        """Name, or leave."""
        data = self.cleaned_data
        if data["decision"] == "NAMED":
            office = Office.objects.select_related("agency").get(pk=data["office"])
            commands.name(
                self.referral, office=office, words=data["words"], by=self.by, at=self.at
            )
        else:
            leave(
                self.referral, Act.LEAVE, decision="END", words=data["words"], by=self.by,
                at=self.at,
            )  # fmt: skip
        return str(data["decision"])
