"""Comparing both lists, daily: what one side said and the other did not hear is said again."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction

from casework import clock
from casework.access.context import system
from casework.exchange.peers import NoKey
from casework.models import (
    Inbound,
    Outgoing,
    OutState,
    Peer,
    Reconciliation,
    Referral,
    ReferralState,
    Strand,
)
from mediation.exchange import client, delivery

logger = logging.getLogger(__name__)

PATH = "/api/v1/exchange/list/"
PAGE = 500
MOST_PAGES = 2000
MOST_TOLD = 200
KEPT_DAYS = timedelta(days=120)
DAILY_HOUR = 2
AGAIN = timedelta(hours=6)
ENDING_ANSWERS = (ReferralState.DECLINED, ReferralState.REDIRECTED)
CLAIM = """
UPDATE casework_peer SET reconcile_at = %s WHERE is_open AND direction = 'PUSH' AND reconcile_at <= %s
RETURNING id
"""


def claim(at: datetime) -> list[int]:
    """Peers whose lists are to be compared; the next time is set at once."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [next_time(at), at])
        return [row[0] for row in cursor.fetchall()]


def next_time(at: datetime) -> datetime:
    """Half past two of the next night in Shanghai."""
    return clock.instant(clock.day(at) + timedelta(days=1), DAILY_HOUR, 30)


def row_of(strand: Strand) -> dict[str, Any]:
    """One referral as both sides should tell it, with a hash over what must agree."""
    row = strand.referral or strand.inbound
    state = common_state(row) if row is not None else ""
    head = {
        "subject": strand.subject,
        "state": state,
        "result": row.result if row is not None and state == ReferralState.RESULT else "",
    }
    text = json.dumps(head, sort_keys=True, ensure_ascii=False)
    return {
        **head, "said": strand.said, "heard": strand.heard,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }  # fmt: skip


def common_state(row: Referral | Inbound) -> str:
    """The state as both sides call it: what the union decides after an answer is its own affair."""
    if isinstance(row, Referral) and row.answer in ENDING_ANSWERS:
        return str(row.answer)
    return "WITHDRAWN" if row.state == ReferralState.LAPSED else str(row.state)


def page_of(peer: Peer, after: str, *, at: datetime) -> dict[str, Any]:
    """A page of our list for a peer, by subject: the running ones and those of the last 120 days.

    Call in a context of the system's.
    """
    rows = Strand.objects.filter(
        peer=peer, subject__gt=after, id__gt=_first_id(at)
    ).select_related("referral", "inbound")
    page = list(rows.order_by("subject")[:PAGE])
    more = page[-1].subject if len(page) == PAGE else None
    return {"referrals": [row_of(each) for each in page], "next": more}


def _first_id(at: datetime) -> int:
    """The smallest id that a strand of the last 120 days can have; older ones were compared often."""
    from casework.ids import EPOCH_MS

    return max(0, int((at - KEPT_DAYS).timestamp() * 1000) - EPOCH_MS) << 22


def reconcile(peer_id: int, now: Callable[[], datetime] = clock.now) -> Reconciliation:
    """Fetch their list, compare, say again what they did not hear; keep what was found."""
    at = now()
    with transaction.atomic(), system("exchange"):
        peer = Peer.objects.select_related("agency").get(pk=peer_id)
    try:
        theirs = {str(row["subject"]): row for row in _their_rows(peer, now)}
    except (client.NoAnswer, NoKey, ValueError, KeyError, TypeError) as error:
        with transaction.atomic(), system("exchange"):
            Peer.objects.filter(pk=peer_id).update(reconcile_at=at + AGAIN)
            return Reconciliation.objects.create(peer=peer, at=at, problem=str(error)[:240])
    with transaction.atomic(), system("exchange"):
        Peer.objects.filter(pk=peer_id).update(failures=0, resting_until=None)
        delivery.revive(peer_id, at=at)
        return _compare(peer, theirs, at=at)


def _their_rows(peer: Peer, now: Callable[[], datetime]) -> Iterator[dict[str, Any]]:
    after = ""
    for _page in range(MOST_PAGES):
        answer = client.ask(peer, "GET", f"{PATH}?after={quote(after, safe='')}", at=now())
        if answer.status != 200 or not answer.is_theirs:  # noqa: PLR2004
            raise client.NoAnswer(
                f"{answer.status} {answer.body[:160].decode('utf-8', 'replace')}"
            )
        told = json.loads(answer.body)
        yield from told["referrals"]
        if not told["next"]:
            return
        after = str(told["next"])


def _compare(peer: Peer, theirs: dict[str, dict[str, Any]], *, at: datetime) -> Reconciliation:
    made = Reconciliation(peer=peer, at=at, theirs=len(theirs))
    found: list[dict[str, Any]] = []
    rows = Strand.objects.filter(peer=peer, id__gt=_first_id(at))
    for strand in rows.select_related("referral", "inbound").iterator():
        made.ours += 1
        mine, other = row_of(strand), theirs.pop(strand.subject, None)
        made.resent += say_again(strand, int(other["heard"]) if other else 0, at=at)
        if other is not None and (
            other.get("sha256") == mine["sha256"] or _came_to_nothing(mine, other)
        ):
            made.same += 1
        else:
            found.append(_difference(mine, other))
    found += [{"subject": subject, "ours": "", "theirs": row.get("state", ""), "kind": "MISSING_HERE"}
              for subject, row in theirs.items()]  # fmt: skip
    made.differences = found[:MOST_TOLD]
    made.save()
    if found:
        logger.warning(
            "%s: %s referrals differ, %s events are sent again", peer, len(found), made.resent
        )
    return made


def _came_to_nothing(mine: dict[str, Any], other: dict[str, Any]) -> bool:
    """Taken back before its data left: one side calls it withdrawn, the other never had it."""
    states = {mine["state"], str(other.get("state", ""))}
    return states in ({"", "WITHDRAWN"}, {""})


def _difference(mine: dict[str, Any], other: dict[str, Any] | None) -> dict[str, Any]:
    told = {
        "subject": mine["subject"],
        "ours": mine["state"],
        "theirs": (other or {}).get("state", ""),
    }
    if other is None:
        return {**told, "kind": "MISSING_THERE"}
    settled = int(other["heard"]) >= mine["said"] and mine["heard"] >= int(other["said"])
    return {**told, "kind": "DIFFERENT" if settled else "ON_THE_WAY"}


def say_again(strand: Strand, heard: int, *, at: datetime) -> int:
    """What they did not hear and we hold for delivered (or dead) goes out again; returns how many."""
    rows = Outgoing.objects.filter(
        strand=strand, seq__gt=heard, state__in=[OutState.DELIVERED, OutState.DEAD]
    )
    return rows.exclude(is_refused=True).update(
        state=OutState.WAITING, waiting_since=at, next_at=at
    )
