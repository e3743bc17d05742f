"""Keeping what an office without an account answered: the words, the way, the scan."""

from datetime import date, datetime

from django.db import transaction

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Deadline, PaperReply, Referral, User, Way
from casework.queries.routing import on_paper

SUPPLY = "P-12"  # what the office asked for has gone to it
ON_PAPER = (Way.LETTER, Way.FAX, Way.MAIL)


class TheyAnswerThemselves(CommandRefused):
    """This office answers here itself: nobody answers for it."""


class ScanMissing(CommandRefused):
    """A letter, a fax or an e-mail is kept with its scan."""


class CameTooEarly(CommandRefused):
    """An answer comes after the referral was sent, and not in the future."""


class CameBeforeTheLast(CommandRefused):
    """Something later is recorded already, or was sent since: give the day on which this answer arrived."""


@transaction.atomic
def keep_reply(
    referral: Referral,
    *,
    what: str,
    way: str,
    came_on: date,
    said_by: str,
    letter_number: str = "",
    scan: tuple[str, str, str] | None = None,
    by: User,
    at: datetime,
) -> PaperReply:
    """Write down that an answer came. `scan`: name, media type and SHA-256 of the file that is kept.

    Raises: TheyAnswerThemselves, ScanMissing, CameTooEarly, CameBeforeTheLast.
    """
    case = lock_case(referral.case_id)
    if referral.office_id not in on_paper([referral.office]):
        raise TheyAnswerThemselves(field="referral_of")
    if way in ON_PAPER and scan is None:
        raise ScanMissing(field="scan")
    sent = clock.day(referral.sent_at) if referral.sent_at else None
    if sent is None or not sent <= came_on <= clock.day(at):
        raise CameTooEarly(field="came_on")
    if came_on < _last_known(referral, sent):
        raise CameBeforeTheLast(field="came_on")
    name, media_type, digest = scan or ("", "", "")
    made = PaperReply.objects.create(
        case=case, referral=referral, what=what, way=way, came_on=came_on, said_by=said_by,
        letter_number=letter_number, scan_name=name[:80], scan_type=media_type,
        scan_sha256=digest, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    record(case, Kind.REFERRAL_ON_PAPER, by=by, at=at, referral=str(referral.pk), what=what,
           office=referral.office.name, way=way, came_on=came_on, scan=digest)  # fmt: skip
    return made


def _last_known(referral: Referral, sent: date) -> date:
    """The day of the last thing that happened between the office and us: clocks run on from there."""
    days = [
        sent,
        *PaperReply.objects.filter(referral=referral).values_list("came_on", flat=True),
    ]
    if referral.signed_at is not None:
        days.append(clock.day(referral.signed_at))
    supplied = Deadline.objects.filter(referral=referral, rule=SUPPLY, closed_on__isnull=False)
    supplied_on = [day for day in supplied.values_list("closed_on", flat=True) if day]
    return max([*days, *supplied_on])
