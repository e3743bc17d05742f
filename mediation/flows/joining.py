"""Joining: a ticket that repeats a case is put to it, and taken back when it was another matter."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import joining as forms


class JoiningFlow(flow.Flow):
    """One act on a possible duplicate."""

    process_title = _("Duplicates")

    # dispatcher, case manager, head of mediation
    merge = (
        flow.Start(forms.MergeForm).Annotation(title=_("Put to another case"))
        .Permission("mediation.screen_case").Next(this.merged)
    )  # fmt: skip
    join_group = (
        flow.Start(forms.JoinGroupForm).Annotation(title=_("Join a group"))
        .Permission("mediation.screen_case").Next(this.merged)
    )  # fmt: skip
    take_back = (
        flow.Start(forms.TakeBackForm).Annotation(title=_("Take back from the other case"))
        .Permission("mediation.screen_case").Next(this.was_triaged)
    )  # fmt: skip
    was_triaged = (
        flow.Gate()
        .Annotation(title=_("Were there steps?"))
        .When("TRIAGE", _("none yet"), this.to_triage)
        .Otherwise(_("open again"), this.parted)
    )

    to_triage = (flow.Function(flow.hand_over("intake")).Annotation(title=_("Hand over"))
        .Next(this.parted))  # fmt: skip

    merged = flow.End().Annotation(title=_("Part of another case"))
    parted = flow.End().Annotation(title=_("A case of its own again"))
