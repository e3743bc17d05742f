"""The short clocks of a matter that a court sent: our yes or no, the mediator, the other side's wish."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from casework import clock
from casework.commands import inbound as file
from casework.commands.deadlines import lapse_deadline, meet_rule, set_deadline
from casework.events import Kind, record
from casework.models import Case, Deadline, Inbound, Party, Procedure, Side, Timer, User
from casework.queries.of_case import open_deadlines_of
from mediation.engine.ring import rings

CONFIRM, CHOOSE, NAME, ASK_OTHER = "M-08", "M-09", "M-09b", "M-10"
LATE, CHOICE_OVER = "court.late", "court.choice_over"


def sent(row: Inbound, *, by: User, at: datetime) -> None:
    """The court sent it: three working days to say yes, or no with the reason.

    Source: 《人民法院在线调解规则》第十二条.
    """
    set_deadline(
        row.case, CONFIRM, start=row.sent_on, start_event="court_sent", ring=LATE, by=by, at=at
    )


def agreed_online(row: Inbound, *, on: date, by: User, at: datetime) -> None:
    """Both sides agreed to mediate online: two working days to choose a mediator together.

    Source: 《人民法院在线调解规则》第十条. Told again it changes nothing; nothing starts once one is named.
    """
    if row.online_agreed_on is not None:
        return
    file.agree_online(row, on=on, by=by, at=at)
    if row.case.mediator_id is None:
        set_deadline(
            row.case, CHOOSE, start=on, start_event="online_agreed", ring=CHOICE_OVER,
            by=by, at=at,
        )  # fmt: skip


@rings(CHOICE_OVER)
def choice_over(timer: Timer, at: datetime) -> None:
    """They did not choose together in time: the court is asked to name one within three working days."""
    row = file.of_court(timer.case)
    if timer.deadline is None or row is None:
        return
    lapse_deadline(timer.deadline, by=None, at=at, ground="no mediator chosen together")
    set_deadline(
        timer.case, NAME, start=timer.deadline.due, start_event="choice_failed", ring=LATE,
        by=None, at=at,
    )  # fmt: skip
    words = _("The two sides did not choose a mediator together in time: please name one.")
    file.progress(row, words=words, on=clock.day(at), by=None, at=at)


def mediator_named(case: Case, *, by: User, at: datetime) -> None:
    """A mediator took a court's matter: chosen or named in time; three working days to ask the other side.

    Source: 《人民法院在线调解规则》第十五条 (for what was appointed before filing).
    """
    row = file.of_court(case)
    if row is None:
        return
    meet_rule(case, CHOOSE, NAME, by=by, at=at)
    asked = Deadline.objects.filter(case=case, rule=ASK_OTHER).exists()
    if row.procedure == Procedure.APPOINTED and not asked and not _all_agree(case):
        set_deadline(
            case, ASK_OTHER, start=clock.day(at), start_event="mediator_took_case", ring=LATE,
            by=by, at=at,
        )  # fmt: skip


def other_side_answered(case: Case, *, by: User, at: datetime) -> None:
    """The other side was reached and said what it wants."""
    meet_rule(case, ASK_OTHER, by=by, at=at)


def asks_other_side(case: Case) -> bool:
    """Whether a mediator still owes a court's matter the question to the other side."""
    return any(row.rule == ASK_OTHER for row in open_deadlines_of(case))


def _all_agree(case: Case) -> bool:
    firms = Party.objects.filter(case=case, side=Side.EMPLOYER, left_on__isnull=True)
    return not firms.exclude(agrees_to_mediate=True).exists()


@rings(LATE)
def late(timer: Timer, at: datetime) -> None:
    """Nobody acted in time: written down. After M-08 the court may give the matter to others."""
    if timer.deadline is not None:
        record(timer.case, Kind.ESCALATED, by=None, at=at, rule=timer.deadline.rule)
