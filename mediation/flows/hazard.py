"""Hazards: inspected by two, mended by a day, looked at again, or handed to the authority."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.hazard import late, to_letters
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import hazard as forms


class HazardFlow(flow.Flow):
    """See that a danger at work is gone; beside whatever else the case does."""

    process_title = _("Hazard")

    # labour protection inspector
    inspect = (
        flow.Start(forms.InspectForm).Annotation(title=_("Record an inspection"))
        .Permission("mediation.inspect_hazard").Next(this.recheck)
    )  # fmt: skip
    recheck = (
        flow.View(forms.RecheckForm).Annotation(title=_("Recheck the hazard"))
        .Permission("mediation.inspect_hazard").Due("F-01")
        .OnTimeout(flow.until("F-01"), this.late, interrupting=False).Next(this.mended)
    )  # fmt: skip
    mended = (
        flow.Gate()
        .Annotation(title=_("Is it mended?"))
        .When("AGAIN", _("another day is set"), this.recheck)
        .When("AUTHORITY", _("not mended"), this.to_letters)
        .Otherwise(_("mended"), this.gone)
    )

    # system
    to_letters = flow.Function(to_letters).Annotation(title=_("Hand over")).Next(this.passed_on)
    late = flow.Function(late).Annotation(title=_("Nobody looked")).Next(this.noted)

    gone = flow.End().Annotation(title=_("The danger is gone"))
    passed_on = flow.End().Annotation(title=_("With the authority"))
    noted = flow.End().Annotation(title=_("Written down as late"))
