"""Collective bargaining: offer, answer in 20 days, meeting, contract, filing, force, publication; or a dispute."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.bargaining import silence
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import bargaining as forms

MAY = "mediation.bargain"


class BargainingFlow(flow.Flow):
    """One round of bargaining with an employer."""

    process_title = _("Collective bargaining")

    # case manager
    offer = (
        flow.Start(forms.OfferForm, case_needed=False).Annotation(title=_("Offer to bargain"))
        .Permission(MAY).Next(this.answer)
    )  # fmt: skip
    answer = (
        flow.View(forms.AnswerForm).Annotation(title=_("Answer to the offer"))
        .Permission(MAY).Due("U-04")
        .OnTimeout(flow.until("U-04"), this.silence, interrupting=False).Next(this.answered)
    )  # fmt: skip
    answered = (
        flow.Gate()
        .Annotation(title=_("Will they meet?"))
        .When("NO", _("refused, or no answer"), this.coordinate)
        .Otherwise(_("they will meet"), this.meet)
    )
    meet = (
        flow.View(forms.MeetForm).Annotation(title=_("Hold the meeting"))
        .Permission(MAY).Due("U-05").Next(this.met)
    )  # fmt: skip
    met = (
        flow.Gate()
        .Annotation(title=_("Is there a contract?"))
        .When("DISPUTE", _("no, a dispute"), this.coordinate)
        .When("ENDED", _("no, both let it rest"), this.rested)
        .When("AGAIN", _("they meet again"), this.meet)
        .Otherwise(_("signed"), this.file)
    )
    # the labour department coordinates
    coordinate = (
        flow.View(forms.CoordinateForm).Annotation(title=_("Follow the coordination"))
        .Permission(MAY).Due("U-07").Next(this.coordinated)
    )  # fmt: skip
    coordinated = (
        flow.Gate()
        .Annotation(title=_("What did it bring?"))
        .When("MEET", _("they will meet"), this.meet)
        .Otherwise(_("nothing"), this.rested)
    )
    # case manager
    file = (
        flow.View(forms.FileForm).Annotation(title=_("File the contract"))
        .Permission(MAY).Due("U-06").Next(this.in_force)
    )  # fmt: skip
    in_force = (
        flow.View(forms.ForceForm).Annotation(title=_("Does it take effect?"))
        .Permission(MAY).Due("U-06b").Next(this.objected)
    )  # fmt: skip
    objected = (
        flow.Gate()
        .Annotation(title=_("Did the department object?"))
        .When("OBJECTED", _("objected"), this.meet)
        .Otherwise(_("no objection"), this.publish)
    )
    publish = (
        flow.View(forms.PublishForm).Annotation(title=_("Make it known"))
        .Permission(MAY).Due("U-06c").Next(this.known)
    )  # fmt: skip

    # system
    silence = flow.Function(silence).Annotation(title=_("No answer came")).Next(this.noted)

    known = flow.End().Annotation(title=_("Contract in force and known"))
    rested = flow.End().Annotation(title=_("Ended without a contract"))
    noted = flow.End().Annotation(title=_("Written down as silent"))
