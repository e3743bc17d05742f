"""Applications after an agreement or a failure: drawn up from the file, while they can be asked."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import application as forms
from mediation.forms import petition


class ApplicationFlow(flow.Flow):
    """Draw up what the worker, or both sides, hand in at a court, a commission or a legal aid centre."""

    process_title = _("Application to a court")

    # union, mediator
    confirmation = (
        flow.Start(forms.ConfirmationForm).Annotation(title=_("Apply for judicial confirmation"))
        .Permission("mediation.ask_confirmation").Next(this.drawn_up)
    )  # fmt: skip
    review = (
        flow.Start(forms.ReviewForm).Annotation(title=_("Apply for arbitration review"))
        .Permission("mediation.ask_confirmation").Next(this.drawn_up)
    )  # fmt: skip
    payment_order = (
        flow.Start(forms.PaymentOrderForm).Annotation(title=_("Apply for a payment order"))
        .Permission("mediation.ask_confirmation").Next(this.drawn_up)
    )  # fmt: skip
    enforcement = (
        flow.Start(forms.EnforcementForm).Annotation(title=_("Apply for enforcement"))
        .Permission("mediation.ask_confirmation").Next(this.drawn_up)
    )  # fmt: skip
    arbitration = (
        flow.Start(petition.ArbitrationForm).Annotation(title=_("Apply to arbitration or court"))
        .Permission("mediation.ask_confirmation").Next(this.drawn_up)
    )  # fmt: skip
    legal_aid = (
        flow.Start(petition.AidForm).Annotation(title=_("Apply for legal aid"))
        .Permission("mediation.ask_confirmation").Next(this.drawn_up)
    )  # fmt: skip

    drawn_up = flow.End().Annotation(title=_("Drawn up"))
