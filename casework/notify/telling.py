"""Telling a party, a worker of the house or a liaison, each once per key."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction

from casework.events import Kind, record
from casework.models import Case, Message, Party, User
from casework.notify.queue import queue_text
from casework.notify.texts import Text
from casework.rules.checks import MOBILE, phone_normal

logger = logging.getLogger("wufang.messages")


def mask(phone: str) -> str:
    """138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"  # noqa: PLR2004


def mobile_of(party: Party) -> str:
    """The mobile number of a party that a text can reach: the person's, or that of the firm's contact."""
    holder = party.person or party.contact
    phone = holder.phone if holder else ""
    if not phone and party.employer:
        phone = party.employer.phone
    found = phone_normal(phone) or ""
    return found if MOBILE.fullmatch(found) else ""


def send_once(
    case: Case,
    party: Party,
    template: str,
    *,
    key: str,
    at: datetime,
    phone: str = "",
    **words: object,
) -> Message | None:
    """Send a text to a party once per key; no number on file, or said before: nothing is sent."""
    phone = phone or (party.person.phone if party.person else "")
    if not phone:
        return None
    with transaction.atomic():
        message, fresh = Message.objects.get_or_create(
            key=key,
            defaults={"case": case, "party": party, "template": template, "to_masked": mask(phone), "made_at": at},
        )  # fmt: skip
        if not fresh:
            return None
        record(case, Kind.MESSAGE_QUEUED, by=None, at=at, template=template, party=party.ref)
        queue_text(phone, template, words, at=at, message=message)
    return message


def tell_staff(
    user: User,
    template: str,
    *,
    key: str,
    at: datetime,
    case: Case | None = None,
    **words: object,
) -> bool:
    """Tell a liaison by text and by mail, once per key; True if there was a way to reach them.

    The text holds a link and no word of the case. It leaves when the transaction has committed.
    """
    if not (user.phone or user.email):
        return False
    to = mask(user.phone) if user.phone else f"{user.email[:2]}***"
    sent = {} if user.phone else {"state": "SENT", "sent_at": at}
    message, fresh = Message.objects.get_or_create(
        key=key,
        defaults={"case": case, "template": template, "to_masked": to, "made_at": at, **sent},
    )  # fmt: skip
    if not fresh:
        return False
    if user.phone:
        queue_text(user.phone, template, words, at=at, message=message)
    if user.email:
        text = str(Text(template, {name: str(value) for name, value in words.items()}))
        transaction.on_commit(lambda: _mail(user.email, text))
    return bool(message)


def _mail(to: str, text: str) -> None:
    """One mail; a mail server that is away is logged, the text message and the digest still come."""
    try:
        send_mail(f"{text.partition('】')[0]}】", text, None, [to])
    except (OSError, SMTPException) as error:
        logger.error("mail to %s*** failed: %s", to[:2], error)
