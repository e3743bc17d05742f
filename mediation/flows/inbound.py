"""Inbound: a court or another body sends a matter; it is answered, becomes a case, and its result goes back."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.inbound import lapse, overdue
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import inbound_answer as forms
from mediation.forms.inbound import RegisterForm


class InboundFlow(flow.Flow):
    """Take over what another body sends, and tell it what came of it."""

    process_title = _("Matter from outside")

    # the source's liaison or system; the house for a letter
    register = (
        flow.Start(RegisterForm, case_needed=False).Annotation(title=_("Send a matter to the union"))
        .Permission("mediation.register_inbound").Next(this.sign_for)
    )  # fmt: skip

    # case manager, dispatcher
    sign_for = (
        flow.View(forms.SignInboundForm).Annotation(title=_("Sign for the matter"))
        .Permission("mediation.answer_inbound").Due("P-11")
        .OnTimeout(flow.until("P-11"), this.late, interrupting=False).Next(this.answer)
    )  # fmt: skip
    answer = (
        flow.View(forms.AnswerInboundForm).Annotation(title=_("Answer the matter"))
        .Permission("mediation.answer_inbound").Due("P-10")
        .OnTimeout(flow.until("P-10"), this.late, interrupting=False).Next(this.answered)
    )  # fmt: skip
    answered = (
        flow.Gate()
        .Annotation(title=_("What is our answer?"))
        .When("RETURNED", _("material is missing"), this.await_supply)
        .When("DECLINED", _("declined"), this.declined)
        .When("REDIRECTED", _("another office's"), this.redirected)
        .Otherwise(_("accepted"), this.to_acceptance)
    )
    # the source, or the union when the paper came by hand
    await_supply = (
        flow.View(forms.SupplyInboundForm).Annotation(title=_("Wait for the material"))
        .Permission("mediation.supply_inbound").Due("P-12")
        .OnTimeout(flow.until("P-12"), this.lapse).Next(this.answer)
    )  # fmt: skip
    # case manager
    report_back = (
        flow.View(forms.ReportInboundForm).Annotation(title=_("Tell the source"))
        .Permission("mediation.answer_inbound").Next(this.reported)
    )  # fmt: skip
    reported = (
        flow.Gate()
        .Annotation(title=_("Is there a result?"))
        .When("PROGRESS", _("progress"), this.report_back)
        .Otherwise(_("result"), this.done)
    )

    # system
    to_acceptance = (
        flow.Function(flow.hand_over("acceptance"))
        .Annotation(title=_("Hand over"))
        .Next(this.report_back)
    )
    lapse = (
        flow.Function(lapse)
        .Annotation(title=_("Decline for want of material"))
        .Next(this.lapsed)
    )
    late = flow.Function(overdue).Annotation(title=_("Chase")).Next(this.chased)

    done = flow.End().Annotation(title=_("Result given back"))
    declined = flow.End().Annotation(title=_("Declined"))
    redirected = flow.End().Annotation(title=_("Redirected"))
    lapsed = flow.End().Annotation(title=_("Lapsed"))
    chased = flow.End().Annotation(title=_("Written down as late"))
