"""Recusal: a side wants another mediator, or the mediator discloses a relation."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import recusal as forms


class RecusalFlow(flow.Flow):
    """Nobody sits in a case to which they are tied; the clock of mediation runs on meanwhile."""

    process_title = _("Recusal")

    # mediator, case manager, head of mediation, seat
    ask = (
        flow.Start(forms.AskForm).Annotation(title=_("Ask for another mediator"))
        .Permission("mediation.ask_recusal").Next(this.is_waived)
    )  # fmt: skip
    # mediator
    disclose = (
        flow.Start(forms.DiscloseForm).Annotation(title=_("Disclose a relation"))
        .Permission("mediation.disclose_interest").Next(this.is_waived)
    )  # fmt: skip
    is_waived = (
        flow.Gate()
        .Annotation(title=_("Waived by both sides?"))
        .When("WAIVED", _("waived in writing"), this.waived)
        .Otherwise(_("to be decided"), this.decide)
    )
    # head of mediation
    decide = (
        flow.View(forms.DecideForm).Annotation(title=_("Decide on another mediator"))
        .Permission("mediation.decide_recusal").Due("M-12").Next(this.is_granted)
    )  # fmt: skip
    is_granted = (
        flow.Gate()
        .Annotation(title=_("Another mediator?"))
        .When("REPLACED", _("yes"), this.replace)
        .Otherwise(_("the mediator stays"), this.stays)
    )
    # case manager, head of mediation
    replace = (
        flow.View(forms.ReplaceForm).Annotation(title=_("Name another mediator"))
        .Permission("mediation.appoint_mediator").Due("GEN-MEDIATOR").Next(this.replaced)
    )  # fmt: skip
    # case manager, head of mediation: leave, illness, load
    hand_over = (
        flow.Start(forms.HandOverForm).Annotation(title=_("Hand the case to another mediator"))
        .Permission("mediation.appoint_mediator").Next(this.replaced)
    )  # fmt: skip

    waived = flow.End().Annotation(title=_("Disclosed and waived"))
    stays = flow.End().Annotation(title=_("The mediator stays"))
    replaced = flow.End().Annotation(title=_("Another mediator"))
