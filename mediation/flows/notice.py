"""Notices to the union: a layoff, a dismissal, a breach of union rights; opinion and written answer."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import notice as forms

MAY = "mediation.answer_notice"


class NoticeFlow(flow.Flow):
    """What the employer tells the union before it acts, and what the union asks of the government."""

    process_title = _("Notice to the union")

    # case manager, labour law supervisor
    receive = (
        flow.Start(forms.ReceiveForm, case_needed=False).Annotation(title=_("Receive a notice"))
        .Permission(MAY).Next(this.kind)
    )  # fmt: skip
    kind = (
        flow.Gate()
        .Annotation(title=_("Whose answer comes first?"))
        .When("UNION_RIGHTS", _("the government's"), this.await_result)
        .Otherwise(_("the union's opinion"), this.opine)
    )
    opine = (
        flow.View(forms.OpineForm).Annotation(title=_("Give the union's opinion"))
        .Permission(MAY).Due("U-08").Next(this.await_answer)
    )  # fmt: skip
    await_answer = (
        flow.View(forms.AnsweredForm).Annotation(title=_("Written answer of the employer"))
        .Permission(MAY).Next(this.heeded)
    )  # fmt: skip
    await_result = (
        flow.View(forms.AnsweredForm).Annotation(title=_("Written result of the government"))
        .Permission(MAY).Due("U-10").Next(this.heeded)
    )  # fmt: skip
    heeded = (
        flow.Gate()
        .Annotation(title=_("Was it heeded?"))
        .When("LETTER", _("no, a letter follows"), this.to_letters)
        .Otherwise(_("at its end"), this.done)
    )

    # system
    to_letters = (
        flow.Function(flow.hand_over("supervision"))
        .Annotation(title=_("Hand over"))
        .Next(this.passed_on)
    )

    done = flow.End().Annotation(title=_("Answered in writing"))
    passed_on = flow.End().Annotation(title=_("Supervision letters follow"))
