"""Routing: a matter that no office takes is never a dead letter; a person finds one."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.referral import to_stage
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import routing as forms


class RoutingFlow(flow.Flow):
    """Find an office for a matter that has none."""

    process_title = _("Looking for an office")

    begin = flow.StartHandle().Annotation(title=_("No office takes it")).Next(this.find_office)
    # case manager, dispatcher
    find_office = (
        flow.View(forms.RouteForm).Annotation(title=_("Find an office"))
        .Permission("mediation.decide_referral").Next(this.go_on)
    )  # fmt: skip
    # system
    go_on = flow.Function(to_stage("referral")).Annotation(title=_("Go on")).Next(this.routed)

    routed = flow.End().Annotation(title=_("Office found"))
