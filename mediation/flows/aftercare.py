"""Aftercare: what another body decides is asked for every thirty days, after the closing too."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.aftercare import set_clock
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import aftercare as forms


class AftercareFlow(flow.Flow):
    """Follow a case that went to arbitration, court or another office."""

    process_title = _("Aftercare")

    begin = (
        flow.StartHandle()
        .Annotation(title=_("Closed, followed elsewhere"))
        .Next(this.set_clock)
    )
    set_clock = (
        flow.Function(set_clock).Annotation(title=_("Set the clock of asking")).Next(this.wait)
    )
    wait = (
        flow.Timer(flow.until("GEN-CARE")).Annotation(title=_("Thirty days"))
        .Next(this.ask)
    )  # fmt: skip
    # case manager, head of mediation, mediator
    ask = (
        flow.View(forms.AskForm).Annotation(title=_("Ask how it stands"))
        .Permission("casework.follow_proceeding").Next(this.is_over)
    )  # fmt: skip
    is_over = (
        flow.Gate()
        .Annotation(title=_("Over there too?"))
        .When("OVER", _("over"), this.ended)
        .Otherwise(_("still going on"), this.set_clock)
    )
    # at any time
    follow = (
        flow.Start(forms.FollowForm).Annotation(title=_("Record a step elsewhere"))
        .Permission("casework.follow_proceeding").Next(this.recorded)
    )  # fmt: skip

    ended = flow.End().Annotation(title=_("Over"))
    recorded = flow.End().Annotation(title=_("Recorded"))
