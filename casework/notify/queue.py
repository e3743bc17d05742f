"""Texts wait in a table, written in the transaction that wants them sent; a lost job loses no text."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from casework.access.context import system
from casework.models import Message, OutgoingText, TextState
from casework.notify.texts import Text
from casework.notify.ways import NotSent, Refused, notifier

A_DAY = timedelta(days=1)
LEASE = timedelta(seconds=60)
FIRST_PAUSE, MOST_PAUSE = timedelta(seconds=4), timedelta(minutes=30)
MOST = 200


def queue_text(
    phone: str,
    template: str,
    words: Mapping[str, object],
    *,
    at: datetime,
    lasts: timedelta = A_DAY,
    message: Message | None = None,
) -> None:
    """Let a text leave after this transaction; after `lasts` it is not worth sending any more."""
    text = Text(template, {name: str(value) for name, value in words.items()})
    row = OutgoingText(
        template=template, to=phone, words=json.dumps(dict(text.words), ensure_ascii=False),
        message=message, made_at=at, next_at=at, expires_at=at + lasts,
    )  # fmt: skip
    with transaction.atomic(), system("texts"):
        row.save(force_insert=True)


def claim(at: datetime) -> list[int]:
    """The texts that are due, each given to one sender; their numbers."""
    with transaction.atomic(), system("texts"):
        due = OutgoingText.objects.filter(state=TextState.QUEUED, next_at__lte=at)
        found = list(
            due.order_by("next_at").select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:MOST]
        )  # fmt: skip
        OutgoingText.objects.filter(pk__in=found).update(next_at=at + LEASE)
    return found


def deliver(number: int, at: datetime) -> bool:
    """Try to send one text, outside any transaction; True once it has left. Never sends twice at once."""
    row = _take(number, at)
    if row is None:
        return False
    try:
        text = Text(row.template, json.loads(row.words))
        notifier().send(row.to, text, key=str(row.pk), at=at)
    except NotSent as error:
        _later(row, at, str(error))
        return False
    except Refused as error:
        _end(row, TextState.REFUSED, at, str(error))
        return False
    _end(row, TextState.SENT, at, "")
    return True


def _take(number: int, at: datetime) -> OutgoingText | None:
    """The text, if it still waits and nobody else is sending it."""
    with transaction.atomic(), system("texts"):
        waiting = OutgoingText.objects.select_for_update().filter(
            pk=number, state=TextState.QUEUED
        )
        row = waiting.first()
        if row is None or (row.taken_until and row.taken_until > at):
            return None
        if row.expires_at < at:
            _end(row, TextState.EXPIRED, at, row.trouble)
            return None
        row.tries, row.taken_until = row.tries + 1, at + LEASE
        row.save(update_fields=["tries", "taken_until"])
        return row


def _later(row: OutgoingText, at: datetime, why: str) -> None:
    """Wait twice as long as before."""
    pause = min(FIRST_PAUSE * 2 ** min(row.tries - 1, 10), MOST_PAUSE)
    with transaction.atomic(), system("texts"):
        OutgoingText.objects.filter(pk=row.pk).update(
            next_at=at + pause, taken_until=None, trouble=why[:80]
        )


def _end(row: OutgoingText, state: TextState, at: datetime, why: str) -> None:
    """It has left or never will: number and words are forgotten."""
    with transaction.atomic(), system("texts"):
        OutgoingText.objects.filter(pk=row.pk).update(
            state=state, ended_at=at, taken_until=None, trouble=why[:80], to="", words=""
        )
        if row.message_id:
            sent = {"sent_at": at} if state == TextState.SENT else {}
            Message.objects.filter(pk=row.message_id).update(state=state, **sent)
