"""Supervision letters: reminder, opinion, proposal to the authority, one after another."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.procuratorate import clue_sent
from mediation.commands.supervision import silence
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import supervision as forms
from mediation.forms.procuratorate import ProcuratorateForm


class SupervisionFlow(flow.Flow):
    """Ask an employer to keep the law, the authority to see to it, and at last the procuratorate; beside mediation."""

    process_title = _("Supervision letters")

    begin = flow.StartHandle().Annotation(title=_("Not mended")).Next(this.write_again)
    # labour law supervisor, case manager
    write = (
        flow.Start(forms.LetterForm).Annotation(title=_("Write a supervision letter"))
        .Permission("mediation.write_letter").Next(this.approve)
    )  # fmt: skip
    write_again = (
        flow.View(forms.LetterForm).Annotation(title=_("Write the letter"))
        .Permission("mediation.write_letter").Next(this.approve)
    )  # fmt: skip
    # head of mediation
    approve = (
        flow.View(forms.ApproveForm).Annotation(title=_("Approve the letter"))
        .Permission("mediation.approve_letter").Next(this.approved)
    )  # fmt: skip
    approved = (
        flow.Gate()
        .Annotation(title=_("Which letter goes out?"))
        .When("BACK", _("given back"), this.write_again)
        .When("REMINDER", _("reminder"), this.answer_reminder)
        .When("OPINION", _("opinion"), this.answer_opinion)
        .Otherwise(_("proposal to the authority"), this.answer_proposal)
    )
    # labour law supervisor, case manager
    answer_reminder = (
        flow.View(forms.AnswerForm).Annotation(title=_("Answer to the reminder"))
        .Permission("mediation.write_letter").Due("U-01")
        .OnTimeout(flow.until("U-01"), this.silence, interrupting=False).Next(this.came)
    )  # fmt: skip
    answer_opinion = (
        flow.View(forms.AnswerForm).Annotation(title=_("Answer to the opinion"))
        .Permission("mediation.write_letter").Due("U-02")
        .OnTimeout(flow.until("U-02"), this.silence, interrupting=False).Next(this.came)
    )  # fmt: skip
    answer_proposal = (
        flow.View(forms.AnswerForm).Annotation(title=_("Report of the authority"))
        .Permission("mediation.write_letter").Due("U-03")
        .OnTimeout(flow.until("U-03"), this.silence, interrupting=False).Next(this.came)
    )  # fmt: skip
    came = (
        flow.Gate()
        .Annotation(title=_("Was it put right?"))
        .When("NEXT", _("not, or in part"), this.write_again)
        .When("CLUE", _("a clue to the procuratorate"), this.clue)
        .Otherwise(_("at its end"), this.ended)
    )

    # head of mediation
    clue = (
        flow.View(ProcuratorateForm).Annotation(title=_("Pass a clue to the procuratorate"))
        .Permission("mediation.approve_letter").Next(this.passed)
    )  # fmt: skip
    passed = (
        flow.Gate()
        .Annotation(title=_("Is it passed on?"))
        .When("PASSED", _("passed on"), this.to_procuratorate)
        .Otherwise(_("left at that"), this.ended)
    )

    # system
    to_procuratorate = (
        flow.Function(clue_sent).Annotation(title=_("Hand over")).Next(this.with_procuratorate)
    )
    silence = flow.Function(silence).Annotation(title=_("No answer came")).Next(this.noted)

    with_procuratorate = flow.End().Annotation(title=_("With the procuratorate"))
    ended = flow.End().Annotation(title=_("The letters have ended"))
    noted = flow.End().Annotation(title=_("Written down as silent"))
