"""Dispatch: a district signs for a ticket or objects to it, and the worker is called back."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import dispatch as forms
from mediation.forms import promise as promise_forms


class DispatchFlow(flow.Flow):
    """One act on a ticket that was sent to a district."""

    process_title = _("Dispatch")

    # case manager, head of mediation
    sign = (
        flow.Start(forms.SignForm).Annotation(title=_("Sign for the ticket"))
        .Permission("mediation.sign_ticket").Next(this.recorded)
    )  # fmt: skip
    object_to = (
        flow.Start(forms.ObjectForm).Annotation(title=_("Object to the ticket"))
        .Permission("mediation.sign_ticket").Next(this.to_triage)
    )  # fmt: skip
    # case manager, head of mediation, seat
    call_back = (
        flow.Start(forms.CallBackForm).Annotation(title=_("Call the worker back"))
        .Permission("mediation.call_back").Next(this.recorded)
    )  # fmt: skip
    promise = (
        flow.Start(promise_forms.PromiseForm).Annotation(title=_("Promise a call back"))
        .Permission("mediation.call_back").Next(this.recorded)
    )  # fmt: skip
    keep_promise = (
        flow.Start(promise_forms.KeepPromiseForm).Annotation(title=_("Outcome of the promised call"))
        .Permission("mediation.call_back").Next(this.recorded)
    )  # fmt: skip

    to_triage = (flow.Function(flow.hand_over("intake")).Annotation(title=_("Hand over"))
        .Next(this.objected))  # fmt: skip

    recorded = flow.End().Annotation(title=_("Recorded"))
    objected = flow.End().Annotation(title=_("Back to triage"))
