"""A union elsewhere: the cooperation letter (D07) with its five working days (P-08), or the hand-over."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from casework import clock
from casework.commands import joint_session as joint
from casework.commands.base import CommandRefused
from casework.commands.deadlines import set_deadline
from casework.models import (
    Case,
    JointSession,
    Partner,
    Party,
    Referral,
    Session,
    SessionState,
    Side,
    User,
)
from casework.queries.page_memory import kept
from casework.rules.leading import Lead, lead_of
from documents.gather import common
from documents.issue import issue

MATTER = "CROSS_PROVINCE_COOPERATION"
ANSWER_TO_LETTER = "P-08"
LINK = "当事人、用人单位或者劳动合同履行地与贵地有联系，详见基本情况。"
ASKED = "请依法协助核查、调解，并将结果告知我会。"
HANDED_OVER = "请受理办理；我会跟踪至办结（首问负责）。"


def write_letter(referral: Referral, *, by: User, at: datetime) -> None:
    """The letter to a partner union goes with the referral, and its clock of answering starts.

    Does nothing for any other matter. `shown` of the referral may say `link` (with that place) and
    `handed_over`: then the partner leads, and we follow to the end.
    """
    if referral.matter != MATTER:
        return
    row = set_deadline(
        referral.case, ANSWER_TO_LETTER, start=clock.day(at), start_event="letter_sent",
        referral=referral, by=by, at=at,
    )  # fmt: skip
    handed = bool(referral.shown.get("handed_over"))
    asked = common.lines(referral.asked) or (ASKED,)
    keys: dict[str, Any] = (
        {"consent": referral.ground} if referral.ground and not referral.consent_id else {}
    )
    issue(
        "D07", case=referral.case, subject_id=referral.pk, by=by, at=at,
        addressee=referral.office.name, reply_by=row.due, handed_over=handed,
        link=str(referral.shown.get("link") or LINK),
        asked=(*asked, HANDED_OVER) if handed else asked, **keys,
    )  # fmt: skip


class NothingToJoin(CommandRefused):
    """An online session must be planned first, and a letter must have gone to the partner."""


def proposed_lead(case: Case) -> Lead:
    """Who leads by what the call says: the place of work, else the employer's address."""
    call = case.calls.order_by("started_at").first()
    firm = (
        Party.objects.filter(case=case, side=Side.EMPLOYER, employer__isnull=False)
        .select_related("employer").first()
    )  # fmt: skip
    seat = firm.employer.address if firm and firm.employer else ""
    return lead_of(performed_here=_here(call.work_place if call else ""), seat_here=_here(seat))


def _here(place: str) -> bool | None:
    """Whether a place named in words lies with us; None where nothing is named."""
    if not place:
        return None
    elsewhere = Partner.objects.values_list("province", flat=True)
    return not any(name.rstrip("省市") in place for name in set(elsewhere))


def cooperate(
    case: Case,
    *,
    partner: Partner,
    handed_over: bool,
    link: str,
    asked: str,
    ground: str,
    by: User,
    at: datetime,
) -> Referral:
    """A cooperation letter to a partner: beside the case where we lead, instead of it where they do."""
    from mediation.commands.referral import refer

    return refer(
        case, matter=MATTER, asked=asked, side_track=not handed_over, ground=ground,
        shown={"link": link, **({"handed_over": True} if handed_over else {})},
        office=partner.office, by=by, at=at,
    )  # fmt: skip


def follow_to_the_end(referral: Referral, *, by: User, at: datetime) -> None:
    """A partner took a case over: we ask every thirty days until it has ended (首问负责)."""
    from mediation.commands.aftercare import begin

    if referral.matter == MATTER and referral.shown.get("handed_over"):
        begin(referral.case, by=by, at=at)


def partners_of(case: Case) -> QuerySet[Partner]:
    """The partners that were written to about a case."""
    offices = Referral.objects.filter(case=case, matter=MATTER, sent_at__isnull=False)
    return Partner.objects.filter(office__in=offices.values("office"))


def online_session(case: Case) -> Session | None:
    """The online session that is planned."""
    rows = [
        row
        for row in case.sessions.all()
        if row.state == SessionState.PLANNED and row.way == "online"
    ]
    return max(rows, key=lambda row: row.number, default=None)


def open_partners() -> QuerySet[Partner]:
    """A union elsewhere that can be written to, if there is one."""
    return Partner.objects.filter(office__is_open=True)[:1]


def somebody_elsewhere() -> bool:
    """Whether a union elsewhere can be written to; a page asks once."""
    return bool(kept("partners", lambda: list(open_partners())))


def invite(case: Case, *, partner: Partner, room: str, by: User, at: datetime) -> JointSession:
    """Ask a partner into the online session, by letter. Raises: NothingToJoin, AskedAlready."""
    session = online_session(case)
    if session is None:
        raise NothingToJoin
    made = joint.ask(case, session, partner, room=room, on=clock.day(at), by=by, at=at)
    told = Referral.objects.filter(
        case=case, matter=MATTER, office=partner.office, sent_at__isnull=False
    ).last()  # the letter says of the worker what that referral said, no more
    if told is None:
        raise NothingToJoin
    starts = session.starts_at.astimezone(clock.SHANGHAI)
    issue(
        "D07", case=case, subject_id=told.pk, by=by, at=at, addressee=partner.office.name,
        link=LINK, reply_by=clock.day(session.starts_at),
        asked=(f"请派员参加{starts:%Y年%-m月%-d日%H时%M分}举行的线上联合调解（{room}）。",),
    )  # fmt: skip
    return made
