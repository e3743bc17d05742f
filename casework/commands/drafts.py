"""Half-typed text: kept while a form is open, gone when it was sent, put back within a day when dropped."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from casework.commands.base import CommandRefused
from casework.models import Draft, User

MOST_CHARACTERS = 20_000
DROPPED_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=14)


class TooLong(CommandRefused):
    """This text is too long to be kept as a draft."""


class AlreadySent(CommandRefused):
    """This form was sent: there is nothing left to keep."""


@transaction.atomic
def keep(
    *, form: str, key: str, fields: Mapping[str, Sequence[str]], by: User, at: datetime
) -> Draft:
    """Keep what is typed, under the author's own context. Raises: TooLong, AlreadySent."""
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        raise TooLong
    _sweep(by, at)
    row = Draft.objects.select_for_update().filter(author=by, form=form, key=key).first()
    if row is not None and row.ended_at is not None and not row.body:
        raise AlreadySent
    row = row or Draft(author=by, form=form, key=key)
    row.body = json.dumps({name: list(values) for name, values in fields.items()})
    row.saved_at, row.ended_at = at, None
    row.save()
    return row


def sent(*, form: str, key: str, by: User, at: datetime) -> None:
    """The form was sent: its text is wiped; the row stays, so that a late save changes nothing."""
    if form and key:
        Draft.objects.update_or_create(
            author=by,
            form=form,
            key=key,
            defaults={"body": "", "ended_at": at},
            create_defaults={"body": "", "ended_at": at, "saved_at": at},
        )


def drop(row: Draft, *, at: datetime) -> None:
    """The author does not want it; for a day it can be put back."""
    row.ended_at = at
    row.save(update_fields=["ended_at"])


def put_back(row: Draft) -> None:
    """The author wants it after all."""
    row.ended_at = None
    row.save(update_fields=["ended_at"])


def _sweep(by: User, at: datetime) -> None:
    """What was dropped a day ago, and what was forgotten for two weeks, goes."""
    mine = Draft.objects.filter(author=by)
    mine.filter(ended_at__lt=at - DROPPED_FOR).delete()
    mine.filter(saved_at__lt=at - KEPT_FOR).delete()
