"""Corrections: what was recorded wrongly is put right by an act of its own; nothing is erased."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import correction as forms
from mediation.forms import day_fixes
from mediation.forms.complete_call import CompleteCallForm


class CorrectionFlow(flow.Flow):
    """Put right what was recorded wrongly, with a reason."""

    process_title = _("Correction")

    # operator, dispatcher, case manager, head of mediation, mediator
    receipt = (
        flow.Start(day_fixes.ReceiptForm).Annotation(title=_("Correct the day of receipt"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip
    completion = (
        flow.Start(day_fixes.CompletionForm).Annotation(title=_("Correct the day of completion"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip
    acceptance = (
        flow.Start(day_fixes.AcceptanceForm).Annotation(title=_("Correct the day of acceptance"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip
    respondent = (
        flow.Start(forms.RespondentForm).Annotation(title=_("Correct an employer"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip
    worker = (
        flow.Start(forms.WorkerForm).Annotation(title=_("Correct a worker"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip
    claim = (
        flow.Start(forms.ClaimForm).Annotation(title=_("Correct a claim"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip
    withdraw_claim = (
        flow.Start(forms.WithdrawClaimForm).Annotation(title=_("Withdraw one claim"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip

    complete_call = (
        flow.Start(CompleteCallForm).Annotation(title=_("Complete the record of the call"))
        .Permission("casework.correct_record").Next(this.corrected)
    )  # fmt: skip

    corrected = flow.End().Annotation(title=_("Put right"))
