"""Closing: report, decision, return visit, archive; and opening again."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.closing import watch_again
from mediation.commands.intake import remind
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import closing as forms
from mediation.forms import reopening


class ClosingFlow(flow.Flow):
    """End the case so that nothing is left undone."""

    process_title = _("Closing")

    begin = flow.StartHandle().Annotation(title=_("Finished")).Next(this.report)
    # mediator, case manager
    begin_closing = (
        flow.Start(forms.ReportForm).Annotation(title=_("Report for closing"))
        .Permission("mediation.report_closing").Next(this.decide_closing)
    )  # fmt: skip
    report = (
        flow.View(forms.ReportForm).Annotation(title=_("Write closing report"))
        .Permission("mediation.report_closing").Next(this.decide_closing)
    )  # fmt: skip
    # head of mediation, case manager
    decide_closing = (
        flow.View(forms.CloseForm).Annotation(title=_("Decide on closing"))
        .Permission("mediation.close_case").Next(this.is_closed)
    )  # fmt: skip
    is_closed = (
        flow.Gate()
        .Annotation(title=_("Closed?"))
        .When("BACK", _("report again"), this.report)
        .Otherwise(_("closed"), this.visit)
    )
    # seat, case manager
    visit = (
        flow.View(forms.VisitForm).Annotation(title=_("Return visit"))
        .Permission("mediation.visit").Due("P-06")
        .OnTimeout(flow.until("P-06"), this.remind, interrupting=False).Next(this.is_satisfied)
    )  # fmt: skip
    is_satisfied = (
        flow.Gate()
        .Annotation(title=_("Satisfied?"))
        .When("AGAIN", _("not reached, try again"), this.visit)
        .When("NOT_SATISFIED", _("not satisfied"), this.reopen)
        .Otherwise(_("satisfied, or three tries"), this.archive)
    )
    # seat, dispatcher, case manager, head of mediation, mediator
    ask_reopening = (
        flow.Start(reopening.AskForm).Annotation(title=_("Ask to open the case again"))
        .Permission("mediation.ask_reopening").Next(this.reopen)
    )  # fmt: skip
    # a worker, by the tracking code
    objected = flow.StartHandle().Annotation(title=_("The worker objects")).Next(this.reopen)
    # head of mediation
    reopen = (
        flow.View(reopening.ReopenForm).Annotation(title=_("Decide on opening again"))
        .Permission("mediation.reopen_case").Next(this.is_reopened)
    )  # fmt: skip
    is_reopened = (
        flow.Gate()
        .Annotation(title=_("Opened again?"))
        .When("REPORT", _("opened again"), this.report)
        .When("MEDIATION", _("opened again: mediation"), this.to_mediation)
        .When("FOLLOWUP", _("opened again: payments"), this.to_followup)
        .When("AS_IT_WAS", _("stays as it is"), this.not_reopened)
        .Otherwise(_("stays closed"), this.archive)
    )
    # archivist
    archive = (
        flow.View(forms.ArchiveForm).Annotation(title=_("Archive"))
        .Permission("mediation.archive_case").Due("P-07")
        .OnTimeout(flow.until("P-07"), this.remind, interrupting=False).Next(this.archived)
    )  # fmt: skip

    # system
    remind = flow.Function(remind).Annotation(title=_("Remind")).Next(this.reminded)

    to_mediation = (
        flow.Function(flow.hand_over("mediation")).Annotation(title=_("Hand over"))
        .Next(this.reopened)
    )  # fmt: skip
    to_followup = (
        flow.Function(watch_again).Annotation(title=_("Hand over")).Next(this.reopened)
    )

    archived = flow.End().Annotation(title=_("Archived"))
    reopened = flow.End().Annotation(title=_("Opened again"))
    not_reopened = flow.End().Annotation(title=_("Stays closed"))
    reminded = flow.End().Annotation(title=_("Reminder sent"))
