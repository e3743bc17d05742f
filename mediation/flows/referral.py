"""Referral: a matter goes to an office and comes back, beside whatever else the case does."""

from django.utils.translation import gettext_lazy as _

from mediation.commands.referral import office_of, passed_on, to_stage
from mediation.commands.referral_clocks import lapsed, overdue, silence
from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import liaison
from mediation.forms import referral as forms
from mediation.forms import referral_after as after
from mediation.forms.liaison_answer import AnswerForm


class ReferralFlow(flow.Flow):
    """Hand a matter over so that it cannot be lost."""

    process_title = _("Referral")

    begin = flow.StartHandle().Annotation(title=_("Handed on to here")).Next(this.consent)
    # case manager, dispatcher, mediator
    refer = (
        flow.Start(forms.ReferForm).Annotation(title=_("Refer to an office"))
        .Permission("mediation.send_referral").Next(this.consent)
    )  # fmt: skip
    consent = (
        flow.Gate()
        .Annotation(title=_("Has the worker agreed?"))
        .When("NO_OFFICE", _("no office takes it"), this.find_office)
        .When("ASK", _("not asked yet"), this.ask_consent)
        .When("REFUSED", _("does not agree"), this.not_agreed)
        .Otherwise(_("agreed: sent"), this.sign_for)
    )
    ask_consent = (
        flow.View(forms.ConsentForm).Annotation(title=_("Ask for consent"))
        .Permission("mediation.ask_consent").Next(this.consent)
    )  # fmt: skip

    # liaison of the office
    sign_for = (
        flow.View(liaison.SignForm).Annotation(title=_("Sign for referral"))
        .Permission("mediation.sign_referral").For(office_of).Due("P-11")
        .OnTimeout(flow.until("P-11"), this.chase, interrupting=False)
        .OnTimeout(silence("P-11"), this.lapse, title=_("five days silent")).Next(this.answer)
    )  # fmt: skip
    answer = (
        flow.View(AnswerForm).Annotation(title=_("Answer referral"))
        .Permission("mediation.answer_referral").For(office_of).Due("P-10")
        .OnTimeout(flow.until("P-10"), this.chase, interrupting=False)
        .OnTimeout(silence("P-10"), this.lapse, title=_("five days silent")).Next(this.answered)
    )  # fmt: skip
    answered = (
        flow.Gate()
        .Annotation(title=_("What is the answer?"))
        .When("RETURNED", _("material is missing"), this.supply)
        .When("DECLINED", _("declined"), this.decide)
        .When("REDIRECTED", _("another office's"), this.pass_on)
        .When("MEETING", _("passed on twice before"), this.call_meeting)
        .Otherwise(_("accepted"), this.follow_up)
    )
    follow_up = (
        flow.View(liaison.FollowForm).Annotation(title=_("Report progress or result"))
        .Permission("mediation.report_result").For(office_of).Next(this.reported)
    )  # fmt: skip
    reported = (
        flow.Gate()
        .Annotation(title=_("Is there a result?"))
        .When("PROGRESS", _("progress"), this.follow_up)
        .Otherwise(_("result"), this.read_result)
    )

    # case manager
    supply = (
        flow.View(forms.SupplyForm).Annotation(title=_("Supply what is missing"))
        .Permission("mediation.supplement_referral").Due("P-12")
        .OnTimeout(flow.until("P-12"), this.lapse).Next(this.answer)
    )  # fmt: skip
    decide = (
        flow.View(after.DecideForm).Annotation(title=_("Decide after refusal or silence"))
        .Permission("mediation.decide_referral").Next(this.decided)
    )  # fmt: skip
    decided = (
        flow.Gate()
        .Annotation(title=_("What was decided?"))
        .When("ELSEWHERE", _("another office"), this.pass_on)
        .When("MEETING", _("joint meeting"), this.call_meeting)
        .Otherwise(_("left at that"), this.declined)
    )
    read_result = (
        flow.View(after.ReadForm).Annotation(title=_("Read the result"))
        .Permission("mediation.decide_referral").Next(this.done)
    )  # fmt: skip

    # system
    pass_on = flow.Function(passed_on).Annotation(title=_("Pass on")).Next(this.redirected)
    find_office = (
        flow.Function(to_stage("routing")).Annotation(title=_("Look for an office"))
        .Next(this.unrouted)
    )  # fmt: skip
    call_meeting = (
        flow.Function(to_stage("meeting")).Annotation(title=_("Call the joint meeting"))
        .Next(this.meeting)
    )  # fmt: skip
    lapse = flow.Function(lapsed).Annotation(title=_("Let it lapse")).Next(this.decide)
    chase = flow.Function(overdue).Annotation(title=_("Chase")).Next(this.chased)

    done = flow.End().Annotation(title=_("Result given"))
    declined = flow.End().Annotation(title=_("Declined"))
    meeting = flow.End().Annotation(title=_("To the joint meeting"))
    redirected = flow.End().Annotation(title=_("Redirected"))
    unrouted = flow.End().Annotation(title=_("Waits for an office"))
    not_agreed = flow.End().Annotation(title=_("Not agreed"))
    chased = flow.End().Annotation(title=_("Written down as late"))


class TakebackFlow(flow.Flow):
    """The worker wants a referral taken back."""

    process_title = _("Taking a referral back")

    withdraw = (
        flow.Start(after.WithdrawForm).Annotation(title=_("Take a referral back"))
        .Permission("mediation.withdraw_referral").Next(this.withdrawn)
    )  # fmt: skip
    withdrawn = flow.End().Annotation(title=_("Taken back"))
