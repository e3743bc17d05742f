"""Mediation: both sides are called, and sessions follow until there is a result."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.mediation import end_of_mediation, the_mediator
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import mediation as forms
from mediation.forms.notify import NotifyForm
from mediation.forms.session import SessionForm


class MediationFlow(flow.Flow):
    """Bring both sides together, in sessions, within the limit."""

    process_title = _("Mediation")

    begin = flow.StartHandle().Annotation(title=_("Accepted")).Next(this.both)
    both = (
        flow.Split().Annotation(title=_("Within the limit")).Next(this.appoint).Next(this.limit)
    )

    # case manager, head of mediation
    appoint = (
        flow.View(forms.AppointForm).Annotation(title=_("Appoint mediator"))
        .Permission("mediation.appoint_mediator").Due("M-04").Next(this.notify)
    )  # fmt: skip
    # mediator, case manager
    notify = (
        flow.View(NotifyForm).Annotation(title=_("Call both sides"))
        .Permission("mediation.serve_notice").Due("M-04").Next(this.hold_session)
    )  # fmt: skip
    # mediator
    hold_session = (
        flow.View(SessionForm).Annotation(title=_("Hold session"))
        .Permission("mediation.hold_session").Assign(the_mediator).Due("M-04").Next(this.result)
    )  # fmt: skip
    result = (
        flow.Gate()
        .Annotation(title=_("Result of the session?"))
        .When("ANOTHER", _("another session"), this.notify)
        .When("NOT_HELD", _("not held"), this.notify)
        .When("EXTENDED", _("extended by both sides"), this.notify)
        .When("SETTLED", _("settled"), this.to_agreement)
        .When("PARTLY", _("settled in part"), this.to_part)
        .When("WITHDRAWN", _("withdrawn"), this.to_withdrawn)
        .Otherwise(_("not settled"), this.to_failed)
    )

    # the overall limit, beside the sessions
    limit = (
        flow.Timer(end_of_mediation)
        .Annotation(title=_("Limit of mediation"))
        .Next(this.limit_reached)
    )
    limit_reached = (
        flow.View(forms.LimitForm).Annotation(title=_("Decide at the limit"))
        .Permission("mediation.conclude_mediation").Assign(the_mediator).Next(this.go_on)
    )  # fmt: skip
    go_on = (
        flow.Gate()
        .Annotation(title=_("Go on by consent?"))
        .When("EXTENDED", _("extended by both sides"), this.limit)
        .Otherwise(_("mediation ends"), this.to_failed)
    )

    to_agreement = (flow.Function(flow.hand_over("agreement")).Annotation(title=_("Hand over"))
        .Next(this.settled))  # fmt: skip
    to_part = (flow.Function(flow.hand_over("agreement")).Annotation(title=_("Hand over"))
        .Next(this.partly_settled))  # fmt: skip
    to_failed = (flow.Function(flow.hand_over("closing")).Annotation(title=_("Hand over"))
        .Next(this.not_settled))  # fmt: skip
    to_withdrawn = (flow.Function(flow.hand_over("closing")).Annotation(title=_("Hand over"))
        .Next(this.withdrawn))  # fmt: skip

    settled = flow.TerminateEnd().Annotation(title=_("Settled"))
    partly_settled = flow.TerminateEnd().Annotation(title=_("Settled in part"))
    not_settled = flow.TerminateEnd().Annotation(title=_("Not settled"))
    withdrawn = flow.TerminateEnd().Annotation(title=_("Withdrawn"))
