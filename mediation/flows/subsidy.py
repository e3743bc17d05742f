"""Bought legal services: a voucher, the work, a settlement by two, the payment; beside everything else."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import subsidy as forms


class SubsidyFlow(flow.Flow):
    """Pay a lawyer for work in a case, within the year's money."""

    process_title = _("Legal-service subsidy")

    # case manager
    grant = (
        flow.Start(forms.GrantForm).Annotation(title=_("Grant a legal-service voucher"))
        .Permission("mediation.claim_subsidy").Next(this.claim)
    )  # fmt: skip
    claim = (
        flow.View(forms.ClaimForm).Annotation(title=_("Confirm the lawyer's work"))
        .Permission("mediation.claim_subsidy").Next(this.claimed)
    )  # fmt: skip
    claimed = (
        flow.Gate()
        .Annotation(title=_("Was there work?"))
        .When("DROPPED", _("the voucher is not used"), this.unpaid)
        .Otherwise(_("claim handed in"), this.settle)
    )
    # head of mediation
    settle = (
        flow.View(forms.SettleForm).Annotation(title=_("Settle the subsidy"))
        .Permission("mediation.settle_subsidy").Next(this.settled)
    )  # fmt: skip
    settled = (
        flow.Gate()
        .Annotation(title=_("Is it paid?"))
        .When("BACK", _("given back"), this.claim)
        .When("REFUSE", _("nothing is paid"), this.unpaid)
        .Otherwise(_("checked and settled"), this.pay)
    )
    # case manager, head of mediation
    pay = (
        flow.View(forms.PayForm).Annotation(title=_("Write down the payment"))
        .Permission("mediation.pay_subsidy").Next(this.paid)
    )  # fmt: skip

    paid = flow.End().Annotation(title=_("Paid out"))
    unpaid = flow.End().Annotation(title=_("Not paid"))
