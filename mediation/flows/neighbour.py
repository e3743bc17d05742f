"""Neighbours: a letter to a union elsewhere, who leads, and a session that both hold online."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.referral import to_stage
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import neighbour as forms

MAY = "mediation.write_to_neighbour"


class NeighbourFlow(flow.Flow):
    """Ask a union elsewhere for help, or hand the case over and follow it to its end."""

    process_title = _("Cooperation with a neighbour")

    # case manager, dispatcher, head of mediation
    write = (
        flow.Start(forms.CooperationForm).Annotation(title=_("Write to a partner union"))
        .Permission(MAY).Next(this.who_leads)
    )  # fmt: skip
    who_leads = (
        flow.Gate()
        .Annotation(title=_("Who leads?"))
        .When("THEY", _("they: we follow to the end"), this.hand_over)
        .Otherwise(_("we: they help"), this.ask_for_help)
    )
    invite = (
        flow.Start(forms.InviteForm).Annotation(title=_("Ask a partner union into a session"))
        .Permission(MAY).Next(this.reply)
    )  # fmt: skip
    reply = (
        flow.View(forms.ReplyForm).Annotation(title=_("Does the partner take part?"))
        .Permission(MAY).Next(this.answered)
    )  # fmt: skip

    # system
    hand_over = (
        flow.Function(to_stage("referral")).Annotation(title=_("Hand over"))
        .Next(this.handed_over)
    )  # fmt: skip
    ask_for_help = (
        flow.Function(to_stage("referral")).Annotation(title=_("Send the letter"))
        .Next(this.asked)
    )  # fmt: skip

    handed_over = flow.End().Annotation(title=_("With the partner"))
    asked = flow.End().Annotation(title=_("Asked for help"))
    answered = flow.End().Annotation(title=_("Answered"))
