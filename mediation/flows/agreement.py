"""The agreement: drafted, read over, signed by each, sealed, in force."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.mediation import the_mediator
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import agreement as forms
from mediation.forms import signing


class AgreementFlow(flow.Flow):
    """Put in writing what both sides want, so that a court could confirm it."""

    process_title = _("Agreement")

    begin = flow.StartHandle().Annotation(title=_("Both sides agree")).Next(this.draft)

    # mediator
    draft = (
        flow.View(forms.DraftForm).Annotation(title=_("Draft agreement"))
        .Permission("mediation.draft_agreement").Assign(the_mediator).Due("M-04").Next(this.large)
    )  # fmt: skip
    large = (
        flow.Gate()
        .Annotation(title=_("Large sum?"))
        .When("SECOND", _("a second reader is needed"), this.read_over)
        .Otherwise(_("no"), this.make_ready)
    )
    # case manager, head of mediation
    read_over = (
        flow.View(forms.ReadOverForm).Annotation(title=_("Read over"))
        .Permission("mediation.review_agreement").Due("M-04").Next(this.approved)
    )  # fmt: skip
    approved = (
        flow.Gate()
        .Annotation(title=_("Approved?"))
        .When("BACK", _("back to the draft"), this.draft)
        .Otherwise(_("approved"), this.make_ready)
    )
    # mediator
    make_ready = (
        flow.View(signing.ReadyForm).Annotation(title=_("Make ready to sign"))
        .Permission("mediation.draft_agreement").Assign(the_mediator).Due("M-04").Next(this.ready)
    )  # fmt: skip
    ready = (
        flow.Gate()
        .Annotation(title=_("Both sides content?"))
        .When("CHANGE", _("change the text"), this.draft)
        .Otherwise(_("ready to sign"), this.collect_signatures)
    )
    collect_signatures = (
        flow.View(signing.SignForm).Annotation(title=_("Collect signatures"))
        .Permission("mediation.sign_agreement").Assign(the_mediator).Due("M-04").Next(this.all_signed)
    )  # fmt: skip
    all_signed = (
        flow.Gate()
        .Annotation(title=_("Signed by all?"))
        .When("MORE", _("some are missing"), this.collect_signatures)
        .When("CHANGE", _("change the text"), this.draft)
        .When("NOT_SIGNED", _("a side refuses"), this.to_closing)
        .Otherwise(_("signed by all"), this.seal)
    )
    # case manager, head of mediation
    seal = (
        flow.View(signing.SealForm).Annotation(title=_("Seal agreement"))
        .Permission("mediation.seal_agreement").Due("M-04").Next(this.sealed)
    )  # fmt: skip
    sealed = (
        flow.Gate()
        .Annotation(title=_("Sealed?"))
        .When("CHANGE", _("change the text"), this.draft)
        .Otherwise(_("sealed"), this.to_followup)
    )

    to_followup = (flow.Function(flow.hand_over("followup")).Annotation(title=_("Hand over"))
        .Next(this.in_force))  # fmt: skip
    to_closing = (flow.Function(flow.hand_over("closing")).Annotation(title=_("Hand over"))
        .Next(this.not_signed))  # fmt: skip

    in_force = flow.End().Annotation(title=_("In force"))
    not_signed = flow.End().Annotation(title=_("Not signed"))
