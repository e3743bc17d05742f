"""The joint meeting: a matter that nobody keeps gets somebody who decides."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.referral import passed_on
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import routing as forms


class MeetingFlow(flow.Flow):
    """Name who decides."""

    process_title = _("Joint meeting on a referral")

    begin = flow.StartHandle().Annotation(title=_("Nobody keeps it")).Next(this.name_decider)
    # case manager, head of mediation
    name_decider = (
        flow.View(forms.NameForm).Annotation(title=_("Name who decides"))
        .Permission("mediation.name_decider").Next(this.named)
    )  # fmt: skip
    named = (
        flow.Gate()
        .Annotation(title=_("Is an office named?"))
        .When("NAMED", _("an office is named"), this.hand_on)
        .Otherwise(_("left at that"), this.left)
    )
    # system
    hand_on = flow.Function(passed_on).Annotation(title=_("Pass on")).Next(this.handed_on)

    handed_on = flow.End().Annotation(title=_("Handed to the named office"))
    left = flow.End().Annotation(title=_("Left at that"))
