"""The second factor: a code that changes every thirty seconds, and ten recovery codes for the day without the phone."""

import re
import secrets
import unicodedata
from datetime import datetime

import pyotp
from django.db import transaction

from casework.commands.base import CommandRefused
from casework.commands.people_of_house import LETTERS, noted
from casework.fields import blind
from casework.models import HouseActKind, Passkey, RecoveryCode, User

HOW_MANY = 10
LENGTH = 10
STEP_SECONDS = 30
SIX_DIGITS = re.compile(r"[0-9]{6}")
EITHER_SIDE = (0, -1, 1)  # clocks of telephones go wrong by half a minute


class CodeDoesNotFit(CommandRefused):
    """The code does not fit, or was used already. Wait for the next one."""


class SayWhy(CommandRefused):
    """Say why the second factor is removed: the person lost it, and how you know who asks."""


def fresh_secret() -> str:
    """A new secret, shown once as text and as a picture."""
    return pyotp.random_base32()


def address_of(user: User, secret: str) -> str:
    """What the picture says to the application on the telephone."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name="五方 Wufang")


@transaction.atomic
def set_up(user: User, *, secret: str, code: str, at: datetime) -> list[str]:
    """Begin to ask for codes; answers ten recovery codes, once. Raises: CodeDoesNotFit."""
    step = _step_of(secret, _plain(code), at)
    if step is None:
        raise CodeDoesNotFit(field="code")
    user.second_secret, user.second_since, user.second_step = secret, at, step
    user.save(update_fields=["second_secret", "second_since", "second_step"])
    noted(HouseActKind.SECOND_SET, by=user, at=at, about=user.username)
    return _recovery_codes(user, at)


def begin_with(user: User, *, at: datetime) -> list[str]:
    """A passkey is the first second factor: log-in asks for it from now on. Answers ten recovery codes, once."""
    user.second_since = at
    user.save(update_fields=["second_since"])
    noted(HouseActKind.SECOND_SET, by=user, at=at, about=user.username)
    return _recovery_codes(user, at)


@transaction.atomic
def remove(user: User, *, by: User, at: datetime, reason: str = "") -> None:
    """Ask for no second factor any more, passkeys included. Raises: SayWhy when somebody else does it without a reason."""
    if by.pk != user.pk and not reason.strip():
        raise SayWhy(field="reason")
    user.second_secret, user.second_since, user.second_step = "", None, 0
    user.save(update_fields=["second_secret", "second_since", "second_step"])
    Passkey.objects.filter(user=user, removed_at=None).update(removed_at=at)
    _void(user, at)
    noted(
        HouseActKind.SECOND_REMOVED,
        by=by,
        at=at,
        about=user.username,
        reason=reason.strip()[:200],
    )


@transaction.atomic
def passes(user: User, code: str, *, at: datetime) -> bool:
    """Whether a code opens the log-in: the newest one, each once; or a recovery code, once."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    typed = _plain(code)
    step = _step_of(locked.second_secret, typed, at)
    if step is not None and step > locked.second_step:
        locked.second_step = step
        locked.save(update_fields=["second_step"])
        return True
    used = RecoveryCode.objects.filter(
        user=user, code_index=_index(user, typed), used_at=None, voided_at=None
    ).update(used_at=at)
    if used:
        noted(HouseActKind.RECOVERY_USED, by=user, at=at, about=user.username)
    return bool(used)


def left(user: User) -> int:
    """How many recovery codes are left."""
    return RecoveryCode.objects.filter(user=user, used_at=None, voided_at=None).count()


@transaction.atomic
def renew_codes(user: User, *, at: datetime) -> list[str]:
    """Ten new recovery codes, answered once; the old ones die."""
    return _recovery_codes(user, at)


def _recovery_codes(user: User, at: datetime) -> list[str]:
    _void(user, at)
    codes = [
        "".join(secrets.choice(LETTERS) for _each in range(LENGTH)) for _code in range(HOW_MANY)
    ]
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user=user, code_index=_index(user, code), made_at=at) for code in codes]
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _void(user: User, at: datetime) -> None:
    RecoveryCode.objects.filter(user=user, voided_at=None).update(voided_at=at)


def _index(user: User, code: str) -> bytes:
    return blind(f"{user.pk}:{code}", "recovery")


def _plain(code: str) -> str:
    """What was typed, by a Chinese keyboard (full width) too, without blanks and dashes."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", code).lower())


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The thirty seconds that a code belongs to, now or next to now."""
    if not secret or not SIX_DIGITS.fullmatch(code):
        return None
    now = int(at.timestamp()) // STEP_SECONDS
    clock = pyotp.TOTP(secret)
    for side in EITHER_SIDE:
        if secrets.compare_digest(clock.at((now + side) * STEP_SECONDS), code):
            return now + side
    return None
