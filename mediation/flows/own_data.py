"""The worker's own data: a wish to correct them is checked, carried out or refused with a reason, by a day."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.intake import remind
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import own_data as forms


class OwnDataFlow(flow.Flow):
    """Answer a worker who says that something on file about them is wrong."""

    process_title = _("Correction of own data")

    # a worker, by the tracking code
    asked = (
        flow.StartHandle().Annotation(title=_("The worker says it is wrong")).Next(this.check)
    )
    # case manager, head of mediation
    check = (
        flow.View(forms.CheckForm).Annotation(title=_("Check what the worker says is wrong"))
        .Permission("mediation.correct_own_data").Due("P-14")
        .OnTimeout(flow.until("P-14"), this.remind, interrupting=False).Next(this.is_right)
    )  # fmt: skip
    is_right = (
        flow.Gate()
        .Annotation(title=_("Put right?"))
        .When("CORRECTED", _("yes"), this.corrected)
        .Otherwise(_("no"), this.refused)
    )

    # system
    remind = flow.Function(remind).Annotation(title=_("Remind")).Next(this.reminded)

    corrected = flow.End().Annotation(title=_("The worker reads what was put right"))
    refused = flow.End().Annotation(title=_("The worker reads why not, and where to complain"))
    reminded = flow.End().Annotation(title=_("Reminder sent"))
