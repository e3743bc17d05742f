"""Follow-up: watch the agreement until the last fen is paid."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.closing import watch_again
from mediation.commands.followup import next_day, set_up
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import followup as forms
from mediation.forms import payment_fixes


class FollowupFlow(flow.Flow):
    """See that what was agreed is done."""

    process_title = _("Performance")

    begin = flow.StartHandle().Annotation(title=_("In force")).Next(this.set_clocks)
    set_clocks = (
        flow.Function(set_up).Annotation(title=_("Set the clocks of payment")).Next(this.watch)
    )
    # case manager, head of mediation, mediator
    watch = (
        flow.View(forms.WatchForm).Annotation(title=_("Watch the payments"))
        .Permission("mediation.record_payment").Due(next_day).Next(this.came)
    )  # fmt: skip
    came = (
        flow.Gate()
        .Annotation(title=_("What came?"))
        .When("ALL_PAID", _("the last fen is paid"), this.to_closing)
        .When("PAYMENT", _("a payment, not yet all"), this.watch)
        .When("DUNNED", _("late: dunned"), this.watch)
        .When("DEFAULT", _("default confirmed"), this.watch)
        .Otherwise(_("a step before a court or commission"), this.watch)
    )

    to_closing = (
        flow.Function(flow.hand_over("closing"))
        .Annotation(title=_("Hand over"))
        .Next(this.performed)
    )

    performed = flow.End().Annotation(title=_("Performed"))


class PaymentFlow(flow.Flow):
    """Put right what was recorded wrongly about money."""

    process_title = _("Correction of a payment")

    # case manager, head of mediation
    void_payment = (
        flow.Start(payment_fixes.VoidPaymentForm).Annotation(title=_("Void a payment"))
        .Permission("mediation.correct_payment").Next(this.plan)
    )  # fmt: skip
    correct_payment = (
        flow.Start(payment_fixes.CorrectPaymentForm).Annotation(title=_("Correct a payment"))
        .Permission("mediation.correct_payment").Next(this.plan)
    )  # fmt: skip
    plan = (
        flow.Gate()
        .Annotation(title=_("What is the plan now?"))
        .When("ALL_PAID", _("the last fen is paid"), this.to_closing)
        .When("WATCH_AGAIN", _("money is open again"), this.to_followup)
        .Otherwise(_("as it was"), this.voided)
    )
    to_closing = (
        flow.Function(flow.hand_over("closing")).Annotation(title=_("Hand over"))
        .Next(this.voided)
    )  # fmt: skip
    to_followup = flow.Function(watch_again).Annotation(title=_("Hand over")).Next(this.voided)

    voided = flow.End().Annotation(title=_("Voided"))
