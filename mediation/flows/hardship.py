"""Hardship: somebody is in need; the hardship officer visits; beside everything else."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import hardship as forms


class HardshipFlow(flow.Flow):
    """See that a person in need is visited and helped."""

    process_title = _("Hardship")

    # operator, dispatcher, case manager, mediator
    warn = (
        flow.Start(forms.WarnForm).Annotation(title=_("Warn of hardship"))
        .Permission("mediation.warn_hardship").Next(this.visit)
    )  # fmt: skip
    # hardship officer
    visit = (
        flow.View(forms.VisitForm).Annotation(title=_("Visit and help"))
        .Permission("mediation.visit_hardship").Next(this.helped)
    )  # fmt: skip
    # who may warn
    take_back = (
        flow.Start(forms.TakeBackForm).Annotation(title=_("Take a warning back"))
        .Permission("mediation.warn_hardship").Next(this.taken_back)
    )  # fmt: skip
    helped = flow.End().Annotation(title=_("Visited"))
    taken_back = flow.End().Annotation(title=_("Taken back"))
