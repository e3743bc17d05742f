"""Consent: what a worker lets go to which agency, and takes back, at any time of the case."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import consent as forms


class ConsentFlow(flow.Flow):
    """Record what a worker agrees to or takes back."""

    process_title = _("Consent")

    # operator, case manager, mediator
    record = (
        flow.Start(forms.ConsentActForm).Annotation(title=_("Consent: give or take back"))
        .Permission("casework.record_consent").Next(this.recorded)
    )  # fmt: skip
    recorded = flow.End().Annotation(title=_("Recorded"))
