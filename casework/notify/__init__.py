"""Messages to people outside, and one-time codes. A text never tells what the case is about."""

from casework.notify.codes import A_DAY, check_code, send_code
from casework.notify.queue import claim, deliver, queue_text
from casework.notify.telling import mask, mobile_of, send_once, tell_staff
from casework.notify.texts import TEXTS, Text
from casework.notify.vendors import Aliyun, Tencent
from casework.notify.ways import Console, Gateway, Notifier, NotSent, Refused, notifier

__all__ = [
    "A_DAY",
    "TEXTS",
    "Aliyun",
    "Console",
    "Gateway",
    "NotSent",
    "Notifier",
    "Refused",
    "Tencent",
    "Text",
    "check_code",
    "claim",
    "deliver",
    "mask",
    "mobile_of",
    "notifier",
    "queue_text",
    "send_code",
    "send_once",
    "tell_staff",
]
