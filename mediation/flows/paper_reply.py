"""Reply on paper: an office without an account answers by letter or telephone; the union writes it down."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import paper_reply as forms


class ReplyFlow(flow.Flow):
    """Record an office's answer that came on paper."""

    process_title = _("Answer on paper")

    # case manager, dispatcher
    record = (
        flow.Start(forms.PaperReplyForm).Annotation(title=_("Record an office's answer"))
        .Permission("mediation.record_paper_reply").Next(this.recorded)
    )  # fmt: skip
    recorded = flow.End().Annotation(title=_("Answer recorded"))
