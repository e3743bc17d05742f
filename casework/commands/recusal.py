"""Recusal: asked for by a side or disclosed by the mediator, decided by the head; and hand-over."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.bookings import rebook
from casework.commands.hearing import NotFit, RelievedAlready, relieved, why_not_fit
from casework.events import Kind, record
from casework.models import Case, Interest, Recusal, Session, SessionState, Tie, User


class Ground(models.TextChoices):
    """Why a mediator should not sit (特邀调解规定 15)."""

    RELATIVE = "RELATIVE", _("near relative of a party or its agent")
    INTEREST = "INTEREST", _("an interest in the case")
    OTHER = "OTHER", _("another relation that may affect fairness")


class NoMediator(CommandRefused):
    """Nobody mediates this case yet."""


class AskedAlready(CommandRefused):
    """A request is waiting for the head's decision already."""


class NothingAsked(CommandRefused):
    """No request for another mediator is waiting."""


class DecidedByTheSame(CommandRefused):
    """The mediator concerned does not decide."""


@transaction.atomic
def ask_recusal(
    case: Case, *, asked_by: str, ground: str, words: str, waived: bool, by: User, at: datetime
) -> Recusal:
    """A side asks for another mediator, or the mediator discloses a relation.

    `asked_by`: WORKER, EMPLOYER or MEDIATOR. A disclosure that both sides waived in writing is
    kept and needs no decision. Raises: NoMediator, AskedAlready, RelievedAlready.
    Source: 《最高人民法院关于人民法院特邀调解的规定》第十五条.
    """
    case = lock_case(case.pk)
    if case.mediator is None:
        raise NoMediator
    if case.recusals.filter(outcome="").exists():
        raise AskedAlready
    if relieved(case):
        raise RelievedAlready
    made = Recusal.objects.create(
        case=case, mediator=case.mediator, asked_by=asked_by, ground=ground, words=words,
        asked_at=at, waived=waived, outcome="WAIVED" if waived else "",
    )  # fmt: skip
    record(
        case, Kind.RECUSAL_ASKED, by=by, at=at, asked_by=asked_by, ground=ground, words=words,
        waived=waived, mediator=case.mediator.display_name,
    )  # fmt: skip
    return made


def open_recusal(case: Case) -> Recusal:
    """The request that waits. Raises: NothingAsked."""
    found = case.recusals.filter(outcome="").select_related("mediator").first()
    if found is None:
        raise NothingAsked
    return found


@transaction.atomic
def decide_recusal(
    recusal: Recusal, *, granted: bool, reason: str, by: User, at: datetime
) -> Recusal:
    """The head decides. Raises: DecidedByTheSame."""
    case = lock_case(recusal.case_id)
    if by.pk == recusal.mediator_id:
        raise DecidedByTheSame
    recusal.outcome = "REPLACED" if granted else "STAYS"
    recusal.reason, recusal.decided_at, recusal.decided_by = reason, at, by
    recusal.save()
    record(
        case, Kind.MEDIATOR_RECUSED if granted else Kind.RECUSAL_REFUSED, by=by, at=at,
        mediator=recusal.mediator.display_name, reason=reason,
    )  # fmt: skip
    return recusal


@transaction.atomic
def replace_mediator(
    case: Case, *, mediator: User, reason: str, by: User, at: datetime
) -> Case:
    """Somebody else mediates from now on; planned sessions go with the case.

    Raises: NotFit, NoMediator, DoubleBooked, Away.
    """
    case = lock_case(case.pk)
    if case.mediator is None:
        raise NoMediator
    recused = case.recusals.filter(mediator=mediator, outcome="REPLACED").exists()
    if recused or mediator == case.mediator:
        raise NotFit(_("This person was relieved of the case."), field="mediator")
    if why := why_not_fit(case, mediator, "mediation.hold_session", clock.day(at)):
        raise NotFit(why, field="mediator")
    was, case.mediator = case.mediator, mediator
    case.co_mediator_ids = [pk for pk in case.co_mediator_ids if pk != mediator.pk]
    case.save(update_fields=["mediator", "co_mediator_ids"])
    for session in Session.objects.filter(case=case, state=SessionState.PLANNED):
        session.mediator = mediator
        session.save(update_fields=["mediator"])
        rebook(session)
    record(
        case, Kind.MEDIATOR_APPOINTED, by=by, at=at, mediator=mediator.display_name,
        mediator_id=str(mediator.pk), was=was.display_name, reason=reason,
    )  # fmt: skip
    return case


@transaction.atomic
def declare_tie(
    case: Case,
    *,
    user: User,
    tie: Tie,
    name: str,
    note: str,
    credit_code: str = "",
    at: datetime,
) -> Interest:
    """Keep a tie that somebody disclosed on a case: it holds for every later case of that name."""
    made = Interest.objects.create(
        user=user, tie=tie, name=name.strip(), note=note, credit_code=credit_code
    )
    record(case, Kind.TIE_DECLARED, by=user, at=at, tie=str(tie), name=made.name)
    return made
