"""A union elsewhere: the cooperation letter (D07) with its five working days (P-08), or the hand-over."""

from datetime import datetime
from typing import Any

from casework import clock
from casework.commands.deadlines import set_deadline
from casework.models import Referral, User
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
