"""The file: what a case is, who may see it, and what happened to it."""

from typing import Any

from django.apps import AppConfig
from django.core import checks


class Casework(AppConfig):
    """Parties, claims, deadlines, ledger, access; and the law in rules/."""

    name = "casework"

    def ready(self) -> None:
        """Say at the start what the way of texts to phones lacks."""
        checks.register(texts_can_leave)


def texts_can_leave(**_more: Any) -> list[checks.CheckMessage]:
    """An error for each setting without which the chosen way cannot send."""
    from django.conf import settings

    from casework.notify import notifier

    way = notifier()
    return [
        checks.Error(
            f"{settings.WUFANG_NOTIFIER} cannot send texts without {name}.",
            hint="See docs/howto/send-text-messages.md.",
            id="casework.E001",
        )
        for name in way.needs
        if not getattr(settings, name)
    ]
