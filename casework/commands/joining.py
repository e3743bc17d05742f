"""One matter, told twice: the later ticket is put to the earlier case, and can be taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import acting
from casework.commands.base import CommandRefused, locked_pair
from casework.commands.deadlines import RUNNING, set_deadline, void_deadline
from casework.events import Kind, record
from casework.models import AgreementState, Case, Deadline, Event, User

FIXED = (AgreementState.READY, AgreementState.SIGNED, AgreementState.IN_FORCE)


class NotADuplicate(CommandRefused):
    """Only an open ticket that was not accepted is put to another case, and only to an open one."""


class TwoDistricts(CommandRefused):
    """The ticket and the case are with the unions of two districts: hand one of them on first."""


class OfficeAtWork(CommandRefused):
    """Another office is at work on this ticket: take the referral back or wait for its answer first."""


class AgreementSigned(CommandRefused):
    """The other case has an agreement that is ready to sign or signed: what is asked now is not in it."""


class NotMerged(CommandRefused):
    """This ticket is not part of another case."""


@transaction.atomic
def merge_case(
    case: Case, *, into: Case, reason: str, tasks: list[int], by: User, at: datetime
) -> Case:
    """Put a ticket to the case that it repeats: a trace in both ledgers, nothing erased.

    `tasks` are the steps that were open, for taking it back.
    Raises: NotADuplicate, TwoDistricts, OfficeAtWork, AgreementSigned.
    """
    with acting(case.pk, by, also=into.pk):
        case, into = locked_pair(case.pk, into.pk)
        _may_merge(case, into)
        ground = _("part of %(case)s") % {"case": into}
        rows = Deadline.objects.filter(case=case, state__in=RUNNING).order_by("id")
        stopped = [void_deadline(row, by=by, at=at, ground=ground).pk for row in rows]
        before = case.outcome
        case.merged_into, case.closed_on, case.outcome = into, clock.day(at), "DUPLICATE"
        case.save(update_fields=["merged_into", "closed_on", "outcome"])
        record(
            case, Kind.CASES_MERGED, by=by, at=at, into=str(into), reason=reason, outcome=before,
            deadlines=[str(pk) for pk in stopped], tasks=[str(pk) for pk in tasks],
        )  # fmt: skip
        record(into, Kind.CASES_LINKED, by=by, at=at, ticket=str(case), reason=reason)
    return into


def _may_merge(case: Case, into: Case) -> None:
    unfit = case.accepted_on or case.closed_on or case.merged_into_id or case == into
    if unfit or into.closed_on or into.merged_into_id:
        raise NotADuplicate(field="number")
    if (
        None not in (case.district_id, into.district_id)
        and case.district_id != into.district_id
    ):
        raise TwoDistricts(field="number")
    if case.referrals.filter(ended_at=None).exists():
        raise OfficeAtWork
    if into.agreements.filter(state__in=FIXED).exists():
        raise AgreementSigned(field="number")


@transaction.atomic
def take_back(case: Case, *, reason: str, by: User, at: datetime) -> list[int]:
    """It was another matter after all: as before the merging. Answers the steps to open again.

    Raises: NotMerged.
    """
    other = case.merged_into_id
    if other is None or other == case.split_from_id:
        raise NotMerged
    with acting(case.pk, by, also=other):
        case, into = locked_pair(case.pk, other)
        if case.merged_into_id != other:
            raise NotMerged
        merged = Event.objects.filter(case=case, kind=Kind.CASES_MERGED).order_by("seq").last()
        told = merged.payload if merged else {}
        case.merged_into, case.closed_on = None, None
        case.outcome = str(told.get("outcome", ""))
        case.save(update_fields=["merged_into", "closed_on", "outcome"])
        record(case, Kind.CASES_PARTED, by=by, at=at, parted_from=str(into), reason=reason)
        record(into, Kind.CASES_PARTED, by=by, at=at, ticket=str(case), reason=reason)
        for row in Deadline.objects.filter(
            pk__in=[int(pk) for pk in told.get("deadlines", [])]
        ):
            set_deadline(
                case, row.rule, start=row.start, start_event=row.start_event,
                length=row.length, by=by, at=at, claim=row.claim, referral=row.referral,
            )  # fmt: skip
    return [int(pk) for pk in told.get("tasks", [])]
