"""A union elsewhere takes part online in a session: asked once a session, answered once."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, JointSession, Partner, Session, User


class AskedAlready(CommandRefused):
    """This partner was asked into this session already."""


class NotAsked(CommandRefused):
    """No partner waits to say whether it takes part."""


@transaction.atomic
def ask(
    case: Case,
    session: Session,
    partner: Partner,
    *,
    room: str,
    on: date,
    by: User,
    at: datetime,
) -> JointSession:
    """Ask a partner into a session. Raises: AskedAlready."""
    lock_case(case.pk)
    try:
        with transaction.atomic():
            made = JointSession.objects.create(
                case=case, session=session, partner=partner, room=room, asked_on=on
            )
    except IntegrityError as error:
        raise AskedAlready(field="partner") from error
    record(case, Kind.PARTNER_INVITED, by=by, at=at, session=str(session.pk),
           partner=str(partner))  # fmt: skip
    return made


@transaction.atomic
def answer(
    case: Case, *, comes: bool, who: str, on: date, by: User, at: datetime
) -> JointSession:
    """What the partner said; who comes is kept beside the session. Raises: NotAsked."""
    lock_case(case.pk)
    row = JointSession.objects.filter(case=case, comes=None).order_by("id").first()
    if row is None:
        raise NotAsked
    row.comes, row.who, row.answered_on = comes, who if comes else "", on
    row.save(update_fields=["comes", "who", "answered_on"])
    record(case, Kind.PARTNER_ANSWERED, by=by, at=at, session=str(row.session_id), comes=comes,
           who=row.who)  # fmt: skip
    return row
