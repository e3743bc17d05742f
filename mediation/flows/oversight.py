"""Supervision orders (督办): given by a head or by the ladder, answered by the person named, decided on by another."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.oversight import late, the_answerer
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import oversight as forms


class OversightFlow(flow.Flow):
    """See that what is late is done; beside whatever else the case does."""

    process_title = _("Supervision order")

    begin = flow.StartHandle().Annotation(title=_("The ladder ordered it")).Next(this.answer)
    # head of mediation, supervisor
    give = (
        flow.Start(forms.OrderForm).Annotation(title=_("Give a supervision order"))
        .Permission("mediation.give_order").Next(this.answer)
    )  # fmt: skip
    # the person named
    answer = (
        flow.View(forms.AnswerForm).Annotation(title=_("Answer the supervision order"))
        .Permission("mediation.answer_order").Assign(the_answerer).Due("P-13")
        .OnTimeout(flow.until("P-13"), this.late, interrupting=False).Next(this.decide)
    )  # fmt: skip
    # head of mediation, supervisor
    decide = (
        flow.View(forms.DecideForm).Annotation(title=_("Decide on the answer"))
        .Permission("mediation.give_order").Next(this.enough)
    )  # fmt: skip
    enough = (
        flow.Gate()
        .Annotation(title=_("Is the answer enough?"))
        .When("BACK", _("given back"), this.answer)
        .Otherwise(_("accepted"), this.done)
    )
    withdraw = (
        flow.Start(forms.WithdrawForm).Annotation(title=_("Withdraw the supervision order"))
        .Permission("mediation.give_order").Next(this.withdrawn)
    )  # fmt: skip

    # system
    late = flow.Function(late).Annotation(title=_("No answer came")).Next(this.noted)

    done = flow.End().Annotation(title=_("Answered"))
    withdrawn = flow.End().Annotation(title=_("Order withdrawn"))
    noted = flow.End().Annotation(title=_("Written down as late"))
