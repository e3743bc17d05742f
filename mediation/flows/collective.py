"""A group of workers: the list, the representatives, each one's word, and going one's own way."""

from django.utils.translation import gettext_lazy as _

from mediation.engine import flow
from mediation.engine.flow import this
from mediation.forms import collective as forms
from mediation.forms import member_list


class CollectiveFlow(flow.Flow):
    """One act on the members of a group."""

    process_title = _("Members of a group")

    # operator, dispatcher, case manager, head of mediation, mediator
    read_list = (
        flow.Start(member_list.ReadListForm).Annotation(title=_("Read a list of workers"))
        .Permission("casework.add_party").Next(this.check_list)
    )  # fmt: skip
    check_list = (
        flow.View(member_list.CheckListForm).Annotation(title=_("Look over the list"))
        .Permission("casework.add_party").Next(this.taken)
    )  # fmt: skip
    taken = (
        flow.Gate()
        .Annotation(title=_("Take the list over?"))
        .When("AGAIN", _("a mended file"), this.check_list)
        .When("IMPORTED", _("taken over"), this.imported)
        .Otherwise(_("put aside"), this.discarded)
    )
    elect = (
        flow.Start(forms.ElectForm).Annotation(title=_("Elect representatives"))
        .Permission("casework.add_party").Next(this.recorded)
    )  # fmt: skip
    # case manager, head of mediation, mediator
    answer = (
        flow.Start(forms.AnswerForm).Annotation(title=_("Workers answer to the settlement"))
        .Permission("casework.record_service").Next(this.recorded)
    )  # fmt: skip
    split_off = (
        flow.Start(forms.SplitForm).Annotation(title=_("Split off to cases of their own"))
        .Permission("mediation.split_case").Next(this.recorded)
    )  # fmt: skip
    undo_split = (
        flow.Start(forms.UndoSplitForm).Annotation(title=_("Take the splitting off back"))
        .Permission("mediation.split_case").Next(this.recorded)
    )  # fmt: skip
    # operator, case manager, head of mediation, mediator
    withdraw_member = (
        flow.Start(forms.MemberForm).Annotation(title=_("One worker withdraws"))
        .Permission("mediation.withdraw_case").Next(this.recorded)
    )  # fmt: skip

    imported = flow.End().Annotation(title=_("Workers added"))
    discarded = flow.End().Annotation(title=_("Put aside"))
    recorded = flow.End().Annotation(title=_("Recorded"))
