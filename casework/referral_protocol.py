"""The protocol of a referral as a table: who may do what when, and who holds the matter then.

Pure Python. The commands ask it before they change anything (`after`), the tests walk all of it. A
matter is a chain of referrals: passing on closes one and opens the next, so exactly one holds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

MOST_HOPS = 2
MOST_RETURNS = 1


class State(StrEnum):
    """Where one referral stands (the values of ReferralState)."""

    FINDING_OFFICE = "FINDING_OFFICE"
    ASKING_CONSENT = "ASKING_CONSENT"
    SENT = "SENT"
    SIGNED = "SIGNED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    REDIRECTED = "REDIRECTED"
    MEETING = "MEETING"
    RESULT = "RESULT"
    LAPSED = "LAPSED"
    WITHDRAWN = "WITHDRAWN"


class Act(StrEnum):
    """What can be done with a referral."""

    ROUTE = "route"
    SEND = "send"
    SIGN = "sign"
    ACCEPT = "accept"
    RETURN = "return"
    SUPPLY = "supply"
    DECLINE = "decline"
    REDIRECT = "redirect"
    PROGRESS = "progress"
    GIVE_RESULT = "give result"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    PASS_ON = "pass on"  # noqa: S105  (an act, no password)
    CALL_MEETING = "call meeting"
    NAME = "name"
    LEAVE = "leave"


class Holder(StrEnum):
    """Who owes the next act."""

    UNION = "union"
    OFFICE = "office"
    MEETING = "meeting"
    NOBODY = "nobody"


class Refusal(StrEnum):
    """Why an act is not possible."""

    ENDED = "ended"
    NOT_NOW = "not now"
    RETURNED_BEFORE = "returned before"
    TOO_MANY_HOPS = "too many hops"
    NAMED = "named"


class NotAllowed(Exception):
    """The protocol does not allow this act now."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Standing:
    """One referral, as far as the protocol looks at it. `decided`: the union has settled what follows."""

    state: State
    hop: int = 0
    returns: int = 0
    named: bool = False
    decided: bool = False

    @property
    def holder(self) -> Holder:
        """Who owes the next act; nobody once it is settled or handed to the next referral."""
        return Holder.NOBODY if self.decided else HOLDERS[self.state]

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.holder is Holder.NOBODY

    @property
    def runs(self) -> bool:
        """Whether it is on its way or with the office: it may still be withdrawn."""
        return self.state in RUNNING


S, A = State, Act
RUNNING = frozenset(
    (S.FINDING_OFFICE, S.ASKING_CONSENT, S.SENT, S.SIGNED, S.RETURNED, S.ACCEPTED)
)
HOLDERS: dict[State, Holder] = {
    S.FINDING_OFFICE: Holder.UNION, S.ASKING_CONSENT: Holder.UNION, S.RETURNED: Holder.UNION,
    S.DECLINED: Holder.UNION, S.LAPSED: Holder.UNION, S.RESULT: Holder.UNION,
    S.SENT: Holder.OFFICE, S.SIGNED: Holder.OFFICE, S.ACCEPTED: Holder.OFFICE,
    S.MEETING: Holder.MEETING, S.REDIRECTED: Holder.NOBODY, S.WITHDRAWN: Holder.NOBODY,
}  # fmt: skip
TABLE: dict[tuple[State, Act], State] = {
    (S.FINDING_OFFICE, A.ROUTE): S.ASKING_CONSENT,
    (S.ASKING_CONSENT, A.SEND): S.SENT,
    (S.SENT, A.SIGN): S.SIGNED,
    (S.SIGNED, A.ACCEPT): S.ACCEPTED,
    (S.SIGNED, A.RETURN): S.RETURNED,
    (S.SIGNED, A.DECLINE): S.DECLINED,
    (S.SIGNED, A.REDIRECT): S.REDIRECTED,
    (S.RETURNED, A.SUPPLY): S.SIGNED,
    (S.ACCEPTED, A.PROGRESS): S.ACCEPTED,
    (S.ACCEPTED, A.SUPPLY): S.ACCEPTED,
    (S.ACCEPTED, A.GIVE_RESULT): S.RESULT,
    # silence: of the office that does not sign or answer, of us who do not supply
    (S.SENT, A.LAPSE): S.LAPSED,
    (S.SIGNED, A.LAPSE): S.LAPSED,
    (S.RETURNED, A.LAPSE): S.LAPSED,
    **{(state, A.WITHDRAW): S.WITHDRAWN for state in RUNNING},
    # what the union makes of it
    (S.DECLINED, A.PASS_ON): S.DECLINED,
    (S.LAPSED, A.PASS_ON): S.LAPSED,
    (S.DECLINED, A.CALL_MEETING): S.MEETING,
    (S.LAPSED, A.CALL_MEETING): S.MEETING,
    (S.DECLINED, A.LEAVE): S.DECLINED,
    (S.LAPSED, A.LEAVE): S.LAPSED,
    (S.RESULT, A.LEAVE): S.RESULT,
    (S.MEETING, A.NAME): S.MEETING,
    (S.MEETING, A.LEAVE): S.MEETING,
}
SETTLES = frozenset((A.PASS_ON, A.LEAVE, A.NAME))
OPENS_NEXT = frozenset((A.PASS_ON, A.NAME))


def after(now: Standing, act: Act) -> Standing:
    """How a referral stands after an act. Raises: NotAllowed, with the reason."""
    if now.is_over:
        raise NotAllowed(Refusal.ENDED)
    if (now.state, act) not in TABLE:
        raise NotAllowed(Refusal.NOT_NOW)
    _guard(now, act)
    state = TABLE[now.state, act]
    if act is A.REDIRECT and now.hop >= MOST_HOPS:
        state = S.MEETING  # a third hop: the meeting names who decides
    returns = now.returns + (act is A.RETURN)
    return replace(now, state=state, returns=returns, decided=act in SETTLES)


def _guard(now: Standing, act: Act) -> None:
    if act is A.RETURN and now.returns >= MOST_RETURNS:
        raise NotAllowed(Refusal.RETURNED_BEFORE)
    if act in (A.DECLINE, A.REDIRECT) and now.named:
        raise NotAllowed(Refusal.NAMED)
    if act is A.PASS_ON and now.hop >= MOST_HOPS:
        raise NotAllowed(Refusal.TOO_MANY_HOPS)


def next_of(passed: Standing, act: Act) -> Standing | None:
    """The referral that an act opens: redirected, sent elsewhere, or named by the meeting."""
    if act is A.NAME:
        return Standing(S.ASKING_CONSENT, hop=passed.hop, named=True)
    redirected = act is A.REDIRECT and passed.state is S.REDIRECTED
    if act is A.PASS_ON or redirected:
        return Standing(S.ASKING_CONSENT, hop=passed.hop + 1)
    return None


def allowed(now: Standing) -> Iterator[Act]:
    """The acts that are possible now."""
    for act in Act:
        try:
            after(now, act)
        except NotAllowed:
            continue
        yield act
