"""What the acts on a group mean: lists, representatives with their paper, consents, splitting, leaving."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casework import tracking
from casework.access.context import acting
from casework.commands import collective as file
from casework.commands import splitting
from casework.commands.moving import workers_of
from casework.models import AgreementState, Case, MemberList, Party, User
from casework.queries import status
from documents.editions import renew
from mediation.commands.ending import put_text_aside
from mediation.engine import run
from mediation.engine.registry import flow_named

OPEN_TEXT = (AgreementState.DRAFT, AgreementState.READY, AgreementState.SIGNED)


def read_list(case: Case, *, data: bytes, name: str, by: User, at: datetime) -> MemberList:
    """Read a list of workers; nothing is taken over yet."""
    return file.read_list(case, data=data, name=name, by=by, at=at)


def read_again(kept: MemberList, *, data: bytes, name: str, by: User, at: datetime) -> None:
    """A mended file in place of the one read before."""
    file.read_again(kept, data=data, name=name, by=by, at=at)


@transaction.atomic
def import_list(
    kept: MemberList, *, code: str, item: str, leave_out_wrong: bool, by: User, at: datetime
) -> str:
    """Take the list over; a text in hand does not name the new members and is put aside."""
    made = file.import_list(
        kept, code=code, item=item, leave_out_wrong=leave_out_wrong, by=by, at=at
    )
    draw_up_again(kept.case, reason=_("workers were added"), by=by, at=at)
    return _("%(n)s workers added.") % {"n": len(made)}


def discard_list(kept: MemberList, *, by: User, at: datetime) -> None:
    """Put the list aside."""
    file.discard_list(kept, by=by, at=at)


@transaction.atomic
def elect(
    case: Case,
    refs: Sequence[str],
    *,
    on: date,
    present: int,
    words: str,
    by: User,
    at: datetime,
) -> None:
    """Representatives are elected: the minutes with everybody's signature are printed (D27)."""
    file.elect(case, refs, on=on, present=present, words=words, by=by, at=at)
    case.refresh_from_db()
    renew("D27", case=case, by=by, at=at, reason=_("representatives elected"))


@transaction.atomic
def answer_settlement(
    case: Case, refs: Sequence[str], *, agrees: bool, on: date, how: str, by: User, at: datetime
) -> str:
    """Members say yes or no to their own sum."""
    count = file.answer_settlement(case, refs, agrees=agrees, on=on, how=how, by=by, at=at)
    return _("%(n)s answers recorded.") % {"n": count}


@transaction.atomic
def split_off(
    case: Case, members: Sequence[Party], *, alone: bool, reason: str, by: User, at: datetime
) -> str:
    """Members get a case of their own (`alone`: one each); mediation begins there anew.

    Answers the new numbers, and the new tracking codes, which are said only once.
    """
    draw_up_again(case, reason=reason, by=by, at=at)
    groups = [[each] for each in members] if alone else [list(members)]
    told = []
    for group in groups:
        made = splitting.split_off(case, group, reason=reason, by=by, at=at)
        with acting(made.pk, by, also=case.pk):
            flow_named("mediation").begin.run(case=made)
            status.refresh(made)
            told.append(_told(made, by, at))
    return "；".join(told)


def _told(made: Case, by: User, at: datetime) -> str:
    codes = [
        f"{row.name} {tracking.make_code(case=made, party=row, by=by, at=at)}"
        for row in workers_of(made)
        if row.person and row.person.phone
    ]
    return " ".join([str(made), *codes])


@transaction.atomic
def undo_split(made: Case, *, reason: str, by: User, at: datetime) -> None:
    """Back to the case they left: what ran in the other one stops."""
    back = splitting.undo_split(made, reason=reason, by=by, at=at)
    with acting(made.pk, by, also=back.pk):
        run.cancel_flows(made)
        status.refresh(back)
        draw_up_again(back, reason=reason, by=by, at=at)


@transaction.atomic
def withdraw_member(row: Party, *, reason: str, by: User, at: datetime) -> None:
    """One worker leaves; a text in hand that names them is drawn up again."""
    splitting.withdraw_member(row, reason=reason, by=by, at=at)
    draw_up_again(row.case, reason=reason, by=by, at=at)


def draw_up_again(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """The people of the agreement have changed: a text in hand is put aside, and drafting begins again."""
    if not case.agreements.filter(state__in=OPEN_TEXT).exists():
        return
    put_text_aside(case, reason=reason, by=by, at=at)
    if run.cancel_flows(case, "agreement"):
        flow_named("agreement").begin.run(case=case)
