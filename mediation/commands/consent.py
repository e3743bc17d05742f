"""Consent on the case page and in the worker's portal: given, withdrawn, refused, and what follows at once."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from casework.commands import consent as file
from casework.commands import referral as referrals
from casework.models import Agency, Case, Party, Referral, User
from casework.queries.disclosure import standing_consents
from casework.referral_protocol import State
from documents.packing import papers_for
from mediation.commands.liaison_post import defer_telling
from mediation.commands.referral import withdraw as withdraw_referral

WITH_THE_OFFICE = (State.SENT, State.SIGNED, State.RETURNED, State.ACCEPTED)


def give(
    case: Case,
    *,
    agency: Agency,
    parties: Sequence[Party],
    kinds: Sequence[str],
    how: str,
    by: User | None,
    at: datetime,
) -> None:
    """Record that workers agree; nothing leaves by that alone (a referral or a supplement does it)."""
    for party in parties:
        file.give_consent(
            case, purpose="share", agency=agency, party=party,
            kinds=list(kinds) or agency.visible_fields, how=how, by=by, at=at,
        )  # fmt: skip


def withdraw(
    case: Case, *, agency: Agency, parties: Sequence[Party], by: User | None, at: datetime
) -> int:
    """Workers take their consent back: the office reads a pack without them, or nothing more.

    Returns how many consents ended. Source: 《个人信息保护法》第十五条.
    """
    mine = {party.pk for party in parties}
    ended = [row for row in standing_consents(case, agency.pk) if row.party_id in mine]
    for row in ended:
        file.withdraw_consent(row, by=by, at=at)
    if ended:
        _follow(case, agency, by, at)
    return len(ended)


def refuse(case: Case, *, agency: Agency, party: Party, by: User | None, at: datetime) -> None:
    """A worker does not want this office to have the data: kept as a refusal, and obeyed at once."""
    withdraw(case, agency=agency, parties=[party], by=by, at=at)
    refusal = file.give_consent(
        case, purpose="share", agency=agency, party=party, kinds=[], how="refused", by=by, at=at
    )
    file.withdraw_consent(refusal, by=by, at=at)


def _follow(case: Case, agency: Agency, by: User | None, at: datetime) -> None:
    rows = Referral.objects.filter(
        case=case, agency=agency, ground="", state__in=[each.value for each in WITH_THE_OFFICE]
    )
    left = standing_consents(case, agency.pk)
    for row in rows.select_related("office", "agency", "case"):
        if left:
            referrals.narrow(row, papers=papers_for(row), by=by, at=at)
            defer_telling(row)
        else:
            withdraw_referral(row, reason=_("the worker took the consent back"), by=by, at=at)
