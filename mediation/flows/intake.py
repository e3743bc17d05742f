"""Intake: one call is recorded, answered or triaged."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.intake import remind
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import intake as forms
from mediation.forms import triage as triage_forms
from mediation.forms.call import CallForm


class IntakeFlow(flow.Flow):
    """Record the call and find its way."""

    process_title = _("Intake")

    begin = flow.StartHandle().Annotation(title=_("Back to triage")).Next(this.triage)
    # operator
    record_call = (
        flow.Start(CallForm, case_needed=False).Annotation(title=_("Record call"))
        .Permission("mediation.record_call").Next(this.kind)
    )  # fmt: skip
    kind = (
        flow.Gate()
        .Annotation(title=_("What kind of call?"))
        .When("ADVICE", _("advice"), this.give_advice)
        .When("SAME", _("part of an open case"), this.put_there)
        .When("EMERGENCY", _("emergency"), this.dispatch_emergency)
        .Otherwise(_("dispute or complaint"), this.triage)
    )
    give_advice = (
        flow.View(forms.AdviceForm).Annotation(title=_("Give advice"))
        .Permission("mediation.give_advice").Next(this.end_call)
    )  # fmt: skip
    end_call = (
        flow.View(forms.EndCallForm).Annotation(title=_("End the call"))
        .Permission("mediation.give_advice").Next(this.answered)
    )  # fmt: skip
    answered = (
        flow.Gate()
        .Annotation(title=_("Answered?"))
        .When("TRIAGE", _("the union shall act"), this.triage)
        .Otherwise(_("answered"), this.advised)
    )
    dispatch_emergency = (
        flow.View(forms.EmergencyForm).Annotation(title=_("Send help"))
        .Permission("mediation.respond_emergency").Due("P-02")
        .OnTimeout(flow.until("P-02"), this.remind, interrupting=False).Next(this.triage)
    )  # fmt: skip

    # dispatcher
    triage = (
        flow.View(triage_forms.TriageForm).Annotation(title=_("Triage"))
        .Permission("mediation.screen_case").Next(this.way)
    )  # fmt: skip
    way = (
        flow.Gate()
        .Annotation(title=_("Which way?"))
        .When("ADVICE", _("advice only"), this.give_advice)
        .When("ELSEWHERE", _("other offices only"), this.see_through)
        .Otherwise(_("mediation"), this.to_acceptance)
    )

    # case manager, head of mediation
    see_through = (
        flow.View(triage_forms.SeeThroughForm).Annotation(title=_("See the other offices through"))
        .Permission("mediation.accept_case").Due("P-05").Next(this.seen_through)
    )  # fmt: skip
    seen_through = (
        flow.Gate()
        .Annotation(title=_("Done by them?"))
        .When("MEDIATION", _("mediation after all"), this.to_acceptance)
        .Otherwise(_("done"), this.to_closing)
    )

    # system
    to_closing = (flow.Function(flow.hand_over("closing")).Annotation(title=_("Hand over"))
        .Next(this.elsewhere))  # fmt: skip
    to_acceptance = (
        flow.Function(flow.hand_over("acceptance"))
        .Annotation(title=_("Hand over"))
        .Next(this.triaged)
    )
    remind = flow.Function(remind).Annotation(title=_("Remind")).Next(this.reminded)

    put_there = flow.End().Annotation(title=_("Part of another case"))
    triaged = flow.End().Annotation(title=_("Triaged"))
    advised = flow.End().Annotation(title=_("Advice given"))
    elsewhere = flow.End().Annotation(title=_("With other offices"))
    reminded = flow.End().Annotation(title=_("Reminder sent"))


class RatingFlow(flow.Flow):
    """What a caller says of the answer, any day after it."""

    process_title = _("Rating")

    rate = (
        flow.Start(forms.RateForm).Annotation(title=_("Record the rating"))
        .Permission("mediation.give_advice").Next(this.rated)
    )  # fmt: skip
    rated = flow.End().Annotation(title=_("Rated"))
