"""Acts at any time of mediation: withdraw, extend, note down, put right."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import hearing as forms
from mediation.forms import offers, service_fixes
from mediation.forms.appointment import OfferTimesForm
from mediation.forms.record_signing import SignRecordForm


class HearingFlow(flow.Flow):
    """One act beside the sessions."""

    process_title = _("Acts beside the sessions")

    # mediator, case manager, head of mediation, operator
    withdraw = (
        flow.Start(forms.WithdrawForm).Annotation(title=_("Withdraw the application"))
        .Permission("mediation.withdraw_case").Next(this.to_closing)
    )  # fmt: skip
    # mediator
    extend = (
        flow.Start(forms.ExtendForm).Annotation(title=_("Extend by consent"))
        .Permission("mediation.agree_extension").Next(this.recorded)
    )  # fmt: skip
    note = (
        flow.Start(forms.NoteForm).Annotation(title=_("Write a note"))
        .Permission("casework.write_note").Next(this.recorded)
    )  # fmt: skip
    # mediator, recorder
    sign_record = (
        flow.Start(SignRecordForm).Annotation(title=_("Record read back and signed"))
        .Permission("mediation.keep_record").Next(this.recorded)
    )  # fmt: skip
    # mediator, case manager
    move_session = (
        flow.Start(forms.MoveForm).Annotation(title=_("Move the session"))
        .Permission("mediation.plan_session").Next(this.recorded)
    )  # fmt: skip
    offer_times = (
        flow.Start(OfferTimesForm).Annotation(title=_("Offer times to the worker"))
        .Permission("mediation.plan_session").Next(this.recorded)
    )  # fmt: skip
    correct_attendance = (
        flow.Start(forms.AttendanceForm).Annotation(title=_("Correct the attendance"))
        .Permission("mediation.hold_session").Next(this.recorded)
    )  # fmt: skip
    # mediator, case manager, head of mediation
    void_service = (
        flow.Start(service_fixes.VoidServiceForm).Annotation(title=_("Void a service"))
        .Permission("casework.record_service").Next(this.recorded)
    )  # fmt: skip
    correct_service = (
        flow.Start(service_fixes.CorrectServiceForm).Annotation(title=_("Correct a service"))
        .Permission("casework.record_service").Next(this.recorded)
    )  # fmt: skip
    offer = (
        flow.Start(offers.OfferForm).Annotation(title=_("Put in a sealed offer"))
        .Permission("mediation.hold_session").Next(this.recorded)
    )  # fmt: skip
    deliver_end = (
        flow.Start(forms.DeliverEndForm).Annotation(title=_("Deliver the notice of the end"))
        .Permission("casework.record_service").Next(this.recorded)
    )  # fmt: skip

    to_closing = (flow.Function(flow.hand_over("closing")).Annotation(title=_("Hand over"))
        .Next(this.withdrawn))  # fmt: skip

    recorded = flow.End().Annotation(title=_("Recorded"))
    withdrawn = flow.End().Annotation(title=_("Withdrawn"))
