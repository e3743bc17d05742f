"""A new pack for an office that is at work: new facts, new papers, or the old pack has expired."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import renewal as forms


class RenewalFlow(flow.Flow):
    """Send a new pack."""

    process_title = _("New pack for an office")

    # case manager, dispatcher, mediator
    renew = (
        flow.Start(forms.RenewForm).Annotation(title=_("Send a new pack"))
        .Permission("mediation.supplement_referral").Next(this.renewed)
    )  # fmt: skip
    renewed = flow.End().Annotation(title=_("New pack sent"))
