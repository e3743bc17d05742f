"""The three teams: a problem of rights or safety is passed on, taken up or answered."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import clue as forms


class ClueFlow(flow.Flow):
    """Pass on a problem and hear what came of it."""

    process_title = _("Problem passed on")

    # member of a team
    pass_on = (
        flow.Start(forms.PassOnForm, case_needed=False).Annotation(title=_("Pass on a problem"))
        .Permission("mediation.pass_on_clue").Next(this.decide)
    )  # fmt: skip
    # dispatcher, case manager, head of mediation
    decide = (
        flow.View(forms.DecideForm).Annotation(title=_("Answer the team"))
        .Permission("mediation.decide_clue").Due("U-11").Next(this.decided)
    )  # fmt: skip
    decided = (
        flow.Gate()
        .Annotation(title=_("Is it taken up?"))
        .When("TAKEN_UP", _("taken up"), this.to_intake)
        .Otherwise(_("not taken up"), this.told)
    )

    # system
    to_intake = (
        flow.Function(flow.hand_over("intake"))
        .Annotation(title=_("Hand over"))
        .Next(this.taken)
    )

    taken = flow.End().Annotation(title=_("Taken up"))
    told = flow.End().Annotation(title=_("Told why not"))
