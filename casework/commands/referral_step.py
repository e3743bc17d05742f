"""Every change of a referral asks the protocol first: one table says what is possible."""

from datetime import datetime

from casework.commands.base import CommandRefused, lock_case
from casework.kept import is_fresh
from casework.models import Case, Referral
from casework.referral_protocol import Act, NotAllowed, Refusal, Standing, State, after


class NotRunning(CommandRefused):
    """This referral has ended."""


class NotNow(CommandRefused):
    """This cannot be done with the referral as it stands."""


class ReturnedBefore(CommandRefused):
    """Material was asked for once already, in full: accept it, decline it, or name another office."""


class TooManyHops(CommandRefused):
    """This matter was passed on twice: a joint meeting names who decides."""


class NamedByMeeting(CommandRefused):
    """The joint meeting named this office: it takes the matter, or asks once for material."""


REFUSALS: dict[Refusal, type[CommandRefused]] = {
    Refusal.ENDED: NotRunning, Refusal.NOT_NOW: NotNow, Refusal.RETURNED_BEFORE: ReturnedBefore,
    Refusal.TOO_MANY_HOPS: TooManyHops, Refusal.NAMED: NamedByMeeting,
}  # fmt: skip
# With the office no longer: what the clocks of an office count ends here.
ENDED = (
    State.DECLINED, State.REDIRECTED, State.MEETING, State.RESULT, State.LAPSED, State.WITHDRAWN,
)  # fmt: skip


def standing_of(referral: Referral) -> Standing:
    """How a stored referral stands, in the words of the protocol."""
    return Standing(
        state=State(referral.state), hop=referral.hop, returns=referral.returns,
        named=referral.named, decided=bool(referral.decision),
    )  # fmt: skip


def step(referral: Referral, act: Act, *, at: datetime) -> Case:
    """Lock the case, read the referral again, and let the protocol change it (saved).

    Raises: NotRunning, NotNow, ReturnedBefore, TooManyHops, NamedByMeeting.
    """
    case = lock_case(referral.case_id)
    if not is_fresh(referral):
        referral.refresh_from_db()
    referral.case = case
    before = standing_of(referral)
    try:
        now = after(before, act)
    except NotAllowed as error:
        ended = error.why is Refusal.NOT_NOW and not before.runs
        raise (NotRunning if ended else REFUSALS[error.why]) from error
    referral.state, referral.returns = now.state.value, now.returns
    if now.state in ENDED and referral.ended_at is None:
        referral.ended_at = at
    referral.save(update_fields=["state", "returns", "ended_at"])
    return case
