"""The step of a sealed offer: typed by the side itself, shown to nobody until both overlap."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.offers import put_offer, where_offers_stand
from casework.models import Case, Side
from mediation.engine.steps import StepForm
from mediation.forms.hearing import only_the_mediator
from mediation.forms.listed import table


def secret(label: Any) -> forms.DecimalField:
    """A sum that is typed unseen and never comes back to a page."""
    return forms.DecimalField(
        label=label, max_digits=14, decimal_places=2, min_value=0,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class OfferForm(StepForm):
    """One side types its sum twice; what was typed never comes back to a page."""

    template = "steps/listed.html"
    submit = _("Seal it")
    lead = _("The worker's side: the least it takes. The employer's side: the most it pays.")
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices)
    yuan = secret(_("Sum (yuan)"))
    again = secret(_("The sum once more"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While somebody mediates and nothing is settled."""
        return case.mediator_id is not None and not (case.failed_on or case.closed_on)

    def context(self) -> dict[str, Any]:
        """Which round it is and whose offer is in; the sums once they met."""
        if self.case is None:
            return {}
        stand = where_offers_stand(self.case)
        rows = [
            (
                Side(side).label,
                f"{stand['sums'][side]:,.2f}" if side in stand["sums"] else _("sealed"),
            )
            for side in stand["in"]
        ]
        note = _("round %(n)s") % {"n": stand["round"] or 1}
        made = table(
            _("Offers"), (_("Side"), _("Sum (yuan)")), rows, note=note, empty=_("None is in.")
        )
        return {"tables": [made]}

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("yuan") is not None and data.get("yuan") != data.get("again"):
            self.add_error("again", _("The two sums differ."))
        return data

    def act(self) -> str:
        """Seal; say whether the offers met."""
        only_the_mediator(self)
        data = self.cleaned_data
        answer = put_offer(
            self.case, side=Side(data["side"]), yuan=data["yuan"], by=self.by, at=self.at
        )
        self.say_once = str(SAYINGS[answer])
        return answer


SAYINGS = {
    "WAITING": _("Sealed. The other side has not put in its offer yet."),
    "OPENED": _("The offers overlap and are open now."),
    "APART": _("The offers do not overlap. Nobody learns more; a new round may begin."),
}
