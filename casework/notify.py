"""Messages to people outside, and one-time codes. A text never tells what the case is about."""

import hashlib
import hmac
import logging
import secrets
from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.module_loading import import_string

from casework import clock
from casework.events import Kind, record
from casework.models import Case, Message, OneTimeCode, Party, User

logger = logging.getLogger("wufang.messages")

TEXTS = {
    "one_time_code": "【服务热线】您的验证码是{code}，10分钟内有效。不是您本人操作，请不用理会。",
    "news": "【服务热线】您反映的事有新进展。请凭查询码查看，或拨打12351。",
    "liaison_came": "【总工会】有1件转办事项等您签收：{link} 14天内有效，请勿转发。",
    "liaison_reminder": "【总工会】有1件转办事项快到约定的答复时间：{link} 14天内有效，请勿转发。",
    "liaison_forwarded": "【总工会】同事转给您1件转办事项：{link} 14天内有效，请勿转发。",
    "liaison_digest": "【总工会】贵单位有{count}件转办事项待办理，从这里开始：{link} 14天内有效，请勿转发。",
    "appointment": "【服务热线】有一个新的约定时间。请凭查询码查看，或拨打12351。",
}
VALID = timedelta(minutes=10)
TRIES = 3
A_MINUTE = timedelta(seconds=60)
A_DAY = timedelta(days=1)
MOST_A_DAY = 5


class Notifier(ABC):
    """A way to reach a phone."""

    @abstractmethod
    def send(self, phone: str, text: str) -> None:
        """Send one text to one number. Raises what the way raises; the caller tries again later."""


class Console(Notifier):
    """Prints the text where the demo runs; sends nothing anywhere."""

    def send(self, phone: str, text: str) -> None:
        """Log the text with a masked number."""
        logger.info("SMS to %s: %s", mask(phone), text)


def notifier() -> Notifier:
    """The way that settings name."""
    made: Notifier = import_string(settings.WUFANG_NOTIFIER)()
    return made


def mask(phone: str) -> str:
    """138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"  # noqa: PLR2004


def send_once(
    case: Case, party: Party, template: str, *, key: str, at: datetime
) -> Message | None:
    """Send a text to a party once per key; no number on file, or said before: nothing is sent."""
    phone = party.person.phone if party.person else ""
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
        message.state, message.sent_at = "SENT", at
        message.save(update_fields=["state", "sent_at"])
        transaction.on_commit(lambda: notifier().send(phone, TEXTS[template]))
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
    message, fresh = Message.objects.get_or_create(
        key=key,
        defaults={"case": case, "template": template, "to_masked": to, "made_at": at,
                  "state": "SENT", "sent_at": at},
    )  # fmt: skip
    if not fresh:
        return False
    text = TEXTS[template].format(**words)
    if user.phone:
        transaction.on_commit(lambda: notifier().send(user.phone, text))
    if user.email:
        transaction.on_commit(lambda: _mail(user.email, text))
    return bool(message)


def _mail(to: str, text: str) -> None:
    """One mail; a mail server that is away is logged, the text message and the digest still come."""
    try:
        send_mail(f"{text.partition('】')[0]}】", text, None, [to])
    except (OSError, SMTPException) as error:
        logger.error("mail to %s*** failed: %s", to[:2], error)


def send_code(subject: str, phone: str) -> bool:
    """Send a one-time code to a number on file; at most one a minute and five a day. True if sent."""
    at = clock.now()
    recent = OneTimeCode.objects.filter(subject=subject, made_at__gte=at - A_DAY)
    if (
        not phone
        or recent.count() >= MOST_A_DAY
        or recent.filter(made_at__gte=at - A_MINUTE).exists()
    ):
        return False
    code = f"{secrets.randbelow(1_000_000):06d}"
    OneTimeCode.objects.create(subject=subject, code_hash=_hash(subject, code), made_at=at)
    transaction.on_commit(
        lambda: notifier().send(phone, TEXTS["one_time_code"].format(code=code))
    )
    return True


def check_code(subject: str, code: str) -> bool:
    """Whether a one-time code fits: the newest one, within ten minutes, once, three tries."""
    rows = OneTimeCode.objects.select_for_update().filter(subject=subject, used_at__isnull=True)
    row = rows.order_by("-made_at").first()
    if row is None or row.tries >= TRIES or row.made_at < clock.now() - VALID:
        return False
    fits = hmac.compare_digest(row.code_hash, _hash(subject, code.strip()))
    row.tries += 1
    row.used_at = clock.now() if fits else None
    row.save(update_fields=["tries", "used_at"])
    return fits


def _hash(subject: str, code: str) -> str:
    message = f"{subject}:{code}".encode()
    return hmac.new(settings.WUFANG_TRACKING_PEPPER, message, hashlib.sha256).hexdigest()
