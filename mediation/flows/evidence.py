"""Evidence: what a side hands in, and to whom it was shown."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import evidence as forms


class EvidenceFlow(flow.Flow):
    """One act on the evidence of a case."""

    process_title = _("Evidence")

    # operator, dispatcher, case manager, head of mediation, mediator
    take_in = (
        flow.Start(forms.TakeInForm).Annotation(title=_("Take evidence in"))
        .Permission("casework.take_evidence").Next(this.recorded)
    )  # fmt: skip
    # case manager, head of mediation, mediator
    show = (
        flow.Start(forms.ShowForm).Annotation(title=_("Evidence was shown"))
        .Permission("casework.record_service").Next(this.recorded)
    )  # fmt: skip

    recorded = flow.End().Annotation(title=_("Recorded"))
