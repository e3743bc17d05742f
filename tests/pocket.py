"""The phones of a test: what has left the house, and the sender that works off the queue."""

from django.db import transaction

from casework import notify
from casework.access.context import system
from casework.models import OutgoingText, TextState


class Pocket(notify.Notifier):
    """A phone whose texts the test reads."""

    texts: list[tuple[str, str]] = []

    def send(self, phone, text, *, key, at):
        self.texts.append((phone, str(text)))


def arrive(at=None):
    """Let every text that is due leave; without an hour each when it is due. How many left."""
    if at is not None:
        return sum(notify.deliver(number, at) for number in notify.claim(at))
    with transaction.atomic(), system("test"):
        rows = list(OutgoingText.objects.filter(state=TextState.QUEUED).order_by("next_at"))
    return sum(notify.deliver(row.pk, row.next_at) for row in rows)
