"""The envelope of what is said about a referral: CloudEvents 1.0, as structured JSON."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cloudevents.core.exceptions import BaseCloudEventException
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from django.conf import settings

CONTENT_TYPE = "application/cloudevents+json"
PREFIX, VERSION = "cn.wufang.referral.", ".v1"
SOURCE = "urn:wufang:"
MOST_BYTES = 1_000_000
MOST_SEQ = 1_000_000

# What the sender of a referral says, and what its receiver says.
FROM_SENDER = ("offered", "supplemented", "withdrawn", "lapsed")
FROM_RECEIVER = (
    "signed", "accepted", "returned", "declined", "redirected", "progressed", "result",
)  # fmt: skip
FROM_BOTH = ("refused",)
KINDS = FROM_SENDER + FROM_RECEIVER + FROM_BOTH


class NotAnEvent(Exception):
    """This is not a CloudEvents 1.0 event about a referral; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Said:
    """One event: who says it, its id, about which referral, the how-manieth, what, and the facts."""

    node: str
    id: str
    subject: str
    seq: int
    kind: str
    at: datetime
    data: dict[str, Any]


def our_node() -> str:
    """The name under which this installation signs."""
    return str(settings.WUFANG_NODE)


def write(said: Said) -> bytes:
    """An event as bytes. The same event gives the same bytes."""
    event = CloudEvent(
        {
            "specversion": "1.0", "id": said.id, "source": SOURCE + said.node,
            "type": PREFIX + said.kind + VERSION, "subject": said.subject, "time": said.at,
            "sequence": f"{said.seq:08d}", "datacontenttype": "application/json",
        },
        said.data,
    )  # fmt: skip
    return JSONFormat().write(event)


def read(body: bytes) -> Said:
    """An event from bytes. Raises: NotAnEvent, with what is wrong in words."""
    if len(body) > MOST_BYTES:
        raise NotAnEvent("larger than 1 MB")
    try:
        event = JSONFormat().read(CloudEvent, body)
    except (
        BaseCloudEventException,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise NotAnEvent(" ".join(str(error).split())[:200] or "not JSON") from error
    attributes, data = event.get_attributes(), event.get_data()
    if not isinstance(data, dict):
        raise NotAnEvent("data is not an object")
    return Said(
        node=_after(SOURCE, str(attributes["source"]), "source"),
        id=_short(str(attributes["id"]), 64, "id"),
        subject=_short(str(attributes.get("subject") or ""), 80, "subject"),
        seq=_seq(str(attributes.get("sequence", ""))),
        kind=_kind(str(attributes["type"])),
        at=_time(attributes.get("time")),
        data=_clean(data),
    )


def _after(prefix: str, text: str, name: str) -> str:
    if not text.startswith(prefix):
        raise NotAnEvent(f"{name} does not begin with {prefix}")
    return text.removeprefix(prefix)


def _short(text: str, most: int, name: str) -> str:
    if not 0 < len(text) <= most or "\x00" in text:
        raise NotAnEvent(f"{name} is empty or longer than {most} characters")
    return text


def _seq(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_SEQ):
        raise NotAnEvent("sequence is not a number from 1 on")
    return int(text)


def _kind(text: str) -> str:
    kind = text.removeprefix(PREFIX).removesuffix(VERSION)
    if text != PREFIX + kind + VERSION or kind not in KINDS:
        raise NotAnEvent(f"unknown type {text[:80]}")
    return kind


def _time(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotAnEvent("time is missing, or has no zone")
    return value


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    """Only what PostgreSQL can store."""
    text = json.dumps(data, ensure_ascii=False)
    if "\\u0000" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise NotAnEvent("the text holds characters that cannot be stored")
    return data
