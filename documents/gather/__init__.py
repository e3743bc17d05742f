"""Facts read from the file, one module a paper family. Nothing here writes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from casework.models import Case, User
from documents.catalogue import kind_of
from documents.gather import (
    after,
    agreement,
    archive,
    authority,
    closing,
    exits,
    intake,
    notices,
    oversight,
    referral,
    session,
)
from documents.gather.common import Source

Reader = Callable[[Source], dict[str, Any]]

READERS: dict[str, Reader] = {
    "D01": intake.call,
    "D02": intake.acceptance,
    "D08": intake.application,
    "D25": intake.refusal,
    "D26": intake.completion,
    "D03": referral.letter,
    "D04": referral.reply,
    "D05": referral.consent,
    "D09": session.notice,
    "D10": session.rights,
    "D12": session.record,
    "D15": session.extension,
    "D13": notices.ending,
    "D34": notices.dunning,
    "D14": agreement.agreement,
    "D16": after.confirmation,
    "D18": after.payment_order,
    "D19": after.enforcement,
    "D28": after.delivery,
    "D29": closing.service,
    "D30": closing.visit,
    "D31": closing.report,
    "D06": exits.support,
    "D07": exits.cooperation,
    "D11": authority.recusal,
    "D17": after.review,
    "D20": exits.action,
    "D21": exits.aid,
    "D22": oversight.reminder,
    "D23": oversight.opinion,
    "D24": oversight.proposal,
    "D27": authority.authority,
    "D32": archive.volume,
    "D35": exits.risk,
    "D36": oversight.urge,
    "D37": oversight.hazard,
    "D38": oversight.subsidy,
    "D39": oversight.offer,
}


class NotOfACase(TypeError):
    """This paper is not issued from one case: D33 is about many, D40 is bound and never issued."""


def gather(
    code: str, *, case: Case, subject_id: int | None, at: datetime, by: User | None, **keys: Any
) -> Any:
    """The facts of a paper from the file; `keys` add or replace facts by name.

    `party=` says to whom a paper is addressed. Raises: UnknownPaper; NotOfACase; DoesNotExist for a
    subject that is not in this case.
    """
    kind = kind_of(code)
    if code not in READERS:
        raise NotOfACase(code)
    source = Source(
        case=case, subject_id=subject_id, at=at, by=by, party=keys.pop("party", None)
    )
    return kind.facts(**{**READERS[code](source), **keys})
