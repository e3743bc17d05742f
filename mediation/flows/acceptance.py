"""Acceptance: the application is received and decided within three working days."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.intake import remind
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import acceptance as forms


class AcceptanceFlow(flow.Flow):
    """Receive the application, complete it, accept or refuse it."""

    process_title = _("Acceptance")

    begin = flow.StartHandle().Annotation(title=_("Triaged")).Next(this.receive_application)

    # case manager
    receive_application = (
        flow.View(forms.ReceiveForm).Annotation(title=_("Receive application"))
        .Permission("mediation.receive_application").Next(this.decide_acceptance)
    )  # fmt: skip
    decide_acceptance = (
        flow.View(forms.DecideForm).Annotation(title=_("Decide on acceptance"))
        .Permission("mediation.accept_case").Due("M-01")
        .OnTimeout(flow.until("M-01"), this.remind, interrupting=False).Next(this.is_accepted)
    )  # fmt: skip
    is_accepted = (
        flow.Gate()
        .Annotation(title=_("Accepted?"))
        .When("ACCEPT", _("accepted"), this.to_mediation)
        .When("ASK", _("materials missing"), this.supply_materials)
        .Otherwise(_("refuse"), this.approve_refusal)
    )
    supply_materials = (
        flow.View(forms.SupplyForm).Annotation(title=_("Supply materials"))
        .Permission("mediation.supply_materials").Next(this.is_complete)
    )  # fmt: skip
    is_complete = (
        flow.Gate()
        .Annotation(title=_("Materials complete?"))
        .When("REFUSE", _("did not come"), this.approve_refusal)
        .Otherwise(_("complete"), this.decide_acceptance)
    )
    # mediator, case manager, head of mediation
    contact = (
        flow.Start(forms.ContactForm).Annotation(title=_("Ask the other side"))
        .Permission("mediation.contact_party").Next(this.recorded)
    )  # fmt: skip
    # head of mediation
    approve_refusal = (
        flow.View(forms.ApproveRefusalForm).Annotation(title=_("Approve the refusal"))
        .Permission("mediation.approve_refusal").Next(this.is_refused)
    )  # fmt: skip
    is_refused = (
        flow.Gate()
        .Annotation(title=_("Refused?"))
        .When("REFUSE", _("refused"), this.to_closing)
        .Otherwise(_("look again"), this.decide_acceptance)
    )

    # system
    to_mediation = (
        flow.Function(flow.hand_over("mediation"))
        .Annotation(title=_("Hand over"))
        .Next(this.accepted)
    )
    to_closing = (flow.Function(flow.hand_over("closing")).Annotation(title=_("Hand over"))
        .Next(this.refused))  # fmt: skip
    remind = flow.Function(remind).Annotation(title=_("Remind")).Next(this.reminded)

    accepted = flow.End().Annotation(title=_("Accepted"))
    recorded = flow.End().Annotation(title=_("Recorded"))
    refused = flow.End().Annotation(title=_("Refused"))
    reminded = flow.End().Annotation(title=_("Reminder sent"))
