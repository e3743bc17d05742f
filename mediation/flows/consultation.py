"""Joint consultation: a hard case before two to five offices; opinions under seal, then the meeting."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.consultation import office_of
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import consultation as forms


class ConsultationFlow(flow.Flow):
    """Ask the offices."""

    process_title = _("Joint consultation")

    # case manager, head of mediation
    invite = (
        flow.Start(forms.OpenForm).Annotation(title=_("Open a joint consultation"))
        .Permission("mediation.consult").Next(this.asked)
    )  # fmt: skip
    asked = flow.End().Annotation(title=_("Offices asked"))


class OpinionFlow(flow.Flow):
    """One office gives its opinion."""

    process_title = _("Opinion for a consultation")

    begin = flow.StartHandle().Annotation(title=_("Asked")).Next(this.give_opinion)
    # liaison
    give_opinion = (
        flow.View(forms.OpinionForm).Annotation(title=_("Give an opinion"))
        .Permission("mediation.give_opinion").For(office_of).Next(this.given)
    )  # fmt: skip
    given = flow.End().Annotation(title=_("Sealed"))


class ConclaveFlow(flow.Flow):
    """The meeting opens the opinions."""

    process_title = _("Meeting of a consultation")

    # case manager, head of mediation
    close = (
        flow.Start(forms.CloseForm).Annotation(title=_("Close the consultation"))
        .Permission("mediation.consult").Next(this.closed)
    )  # fmt: skip
    closed = flow.End().Annotation(title=_("Closed with minutes"))
