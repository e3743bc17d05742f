"""New employment forms: platform and partner firm, the test of the relation, injury beside mediation."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.referral import to_stage
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import new_form as forms


class NewFormFlow(flow.Flow):
    """Sort out who is who, what the platform's records show, and what goes beside mediation."""

    process_title = _("New employment form")

    # dispatcher, case manager, mediator
    sort_out = (
        flow.Start(forms.SortOutForm).Annotation(title=_("Sort out a new employment form"))
        .Permission("mediation.sort_new_form").Next(this.injured)
    )  # fmt: skip
    injured = (
        flow.Gate()
        .Annotation(title=_("Is there an injury at work?"))
        .When("INJURY", _("yes: its own way, beside mediation"), this.to_injury)
        .Otherwise(_("no"), this.sorted)
    )

    # system
    to_injury = (
        flow.Function(to_stage("referral")).Annotation(title=_("Hand over")).Next(this.beside)
    )

    sorted = flow.End().Annotation(title=_("Sorted out"))
    beside = flow.End().Annotation(title=_("Injury on its own way"))
