"""Two vendors of text messages, each with its own signature; the text itself lies with the vendor.

A vendor sends only sentences that it has approved: `WUFANG_SMS_TEMPLATES` gives its name for each of
ours, and the words go in by their names (Aliyun) or in the order of the sentence (Tencent).
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from casework.notify.texts import TEXTS, Text
from casework.notify.ways import Notifier, NotSent, Refused, judge, post

JSON = "application/json; charset=utf-8"
NEVER = re.compile(
    r"MOBILE_NUMBER_ILLEGAL|MOBILE_IN_BLACK|OUT_OF_SERVICE|IncorrectPhoneNumber"
    r"|PhoneNumberInBlacklist|ContainSensitiveWord|TemplateParameterFormatError|PARAM_LENGTH_LIMIT"
)


def template_of(text: Text) -> str:
    """The vendor's name of a text. Raises: NotSent while settings name none."""
    name: str = settings.WUFANG_SMS_TEMPLATES.get(text.template, "")
    if not name:
        raise NotSent(f"no template of the vendor for {text.template}")
    return name


class Aliyun(Notifier):
    """Aliyun Short Message Service: SendSms of 2017-05-25 with signature ACS3-HMAC-SHA256."""

    needs = (
        "WUFANG_SMS_KEY_ID",
        "WUFANG_SMS_KEY",
        "WUFANG_SMS_SIGN_NAME",
        "WUFANG_SMS_TEMPLATES",
    )

    def send(self, phone: str, text: Text, *, key: str, at: datetime) -> None:
        """Ask the vendor to send one text. Raises: NotSent, Refused."""
        url = settings.WUFANG_SMS_URL or "https://dysmsapi.aliyuncs.com"
        query = {
            "OutId": key, "PhoneNumbers": phone, "SignName": settings.WUFANG_SMS_SIGN_NAME,
            "TemplateCode": template_of(text),
            "TemplateParam": json.dumps(dict(text.words), ensure_ascii=False),
        }  # fmt: skip
        line, headers = acs3(
            query, host=urlsplit(url).netloc, action="SendSms", version="2017-05-25", at=at,
            nonce=secrets.token_hex(16), key_id=settings.WUFANG_SMS_KEY_ID,
            secret=settings.WUFANG_SMS_KEY,
        )  # fmt: skip
        status, told = post(f"{url}/?{line}", b"", headers)
        code = str(_read(told).get("Code", ""))
        _judge_code(status, code, good="OK")


def acs3(
    query: Mapping[str, str], *, host: str, action: str, version: str, at: datetime, nonce: str,
    key_id: str, secret: str,
) -> tuple[str, dict[str, str]]:  # fmt: skip
    """The query line and the signed headers of an Aliyun call with an empty body."""
    empty = hashlib.sha256(b"").hexdigest()
    line = "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
        for name, value in sorted(query.items())
    )
    signed = {
        "host": host, "x-acs-action": action, "x-acs-content-sha256": empty,
        "x-acs-date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }  # fmt: skip
    names = ";".join(signed)
    canonical = "\n".join([
        "POST", "/", line, *(f"{name}:{value}" for name, value in signed.items()), "", names, empty,
    ])  # fmt: skip
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    mark = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    words = f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={names},Signature={mark}"
    return line, {**signed, "authorization": words}


class Tencent(Notifier):
    """Tencent Cloud SMS: SendSms of 2021-01-11 with signature TC3-HMAC-SHA256."""

    needs = ("WUFANG_SMS_KEY_ID", "WUFANG_SMS_KEY", "WUFANG_SMS_SIGN_NAME", "WUFANG_SMS_TEMPLATES",
             "WUFANG_SMS_APP_ID")  # fmt: skip

    def send(self, phone: str, text: Text, *, key: str, at: datetime) -> None:
        """Ask the vendor to send one text. Raises: NotSent, Refused."""
        url = settings.WUFANG_SMS_URL or "https://sms.tencentcloudapi.com"
        order = re.findall(r"\{(\w+)\}", TEXTS[text.template])
        body = json.dumps({
            "PhoneNumberSet": [phone if phone.startswith("+") else f"+86{phone}"],
            "SmsSdkAppId": settings.WUFANG_SMS_APP_ID, "SignName": settings.WUFANG_SMS_SIGN_NAME,
            "TemplateId": template_of(text), "TemplateParamSet": [text.words[name] for name in order],
            "SessionContext": key,
        }, ensure_ascii=False).encode()  # fmt: skip
        headers = tc3(
            body, host=urlsplit(url).netloc, service="sms", action="SendSms", at=at,
            key_id=settings.WUFANG_SMS_KEY_ID, secret=settings.WUFANG_SMS_KEY,
        )  # fmt: skip
        headers |= {"X-TC-Version": "2021-01-11", "X-TC-Region": settings.WUFANG_SMS_REGION}
        status, told = post(url, body, headers)
        answer = _read(told).get("Response")
        answer = answer if isinstance(answer, dict) else {}
        rows = answer.get("SendStatusSet") or [answer.get("Error") or {}]
        _judge_code(status, str(rows[0].get("Code", "")), good="Ok")


def tc3(
    body: bytes, *, host: str, service: str, action: str, at: datetime, key_id: str, secret: str
) -> dict[str, str]:
    """The signed headers of a Tencent Cloud call."""
    day, stamp = f"{at.astimezone(UTC):%Y-%m-%d}", str(int(at.timestamp()))
    names = "content-type;host;x-tc-action"
    canonical = "\n".join([
        "POST", "/", "", f"content-type:{JSON}", f"host:{host}", f"x-tc-action:{action.lower()}", "",
        names, hashlib.sha256(body).hexdigest(),
    ])  # fmt: skip
    scope = f"{day}/{service}/tc3_request"
    to_sign = (
        f"TC3-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    )
    mark = f"TC3{secret}".encode()
    for part in (day, service, "tc3_request"):
        mark = hmac.new(mark, part.encode(), hashlib.sha256).digest()
    signed = hmac.new(mark, to_sign.encode(), hashlib.sha256).hexdigest()
    words = f"TC3-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signed}"
    return {
        "Authorization": words, "Content-Type": JSON, "Host": host, "X-TC-Action": action,
        "X-TC-Timestamp": stamp,
    }  # fmt: skip


def _read(told: bytes) -> dict[str, Any]:
    """The vendor's JSON. Raises: NotSent if it is none."""
    try:
        found = json.loads(told)
    except ValueError as error:
        raise NotSent("the answer is no JSON") from error
    if not isinstance(found, dict):
        raise NotSent("the answer is no JSON object")
    return found


def _judge_code(status: int, code: str, *, good: str) -> None:
    """The vendor's own code decides; without one the HTTP status. Raises: NotSent, Refused."""
    if code == good:
        return
    if NEVER.search(code):
        raise Refused(code[:80])
    if not code:
        judge(status, f"HTTP {status}")
    raise NotSent(code[:80] or "no code in the answer")
