"""Passkeys as a second factor (WebAuthn): a key in the telephone or the computer signs what the house asks.

The signature is bound to the address of the house, so a copied page gets nothing; nothing secret lies here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from casework.commands.base import CommandRefused
from casework.commands.people_of_house import noted
from casework.commands.second_factor import begin_with
from casework.models import HouseActKind, Passkey, User

MOST = 8


class KeyDoesNotFit(CommandRefused):
    """This key does not fit. Try again, or use a code."""


class TooManyKeys(CommandRefused):
    """Eight keys are enough: remove one first."""


class NoSuchKey(CommandRefused):
    """This key was removed already."""


class LastFactor(CommandRefused):
    """Your role logs in with a second factor and this is the last one: set up another one first."""


def _server(host: str, origin: str) -> Fido2Server:
    """`host` without port is whom the keys are for; `origin` is the address that the browser must report."""
    return Fido2Server(
        PublicKeyCredentialRpEntity(name="五方 Wufang", id=host), verify_origin=lambda told: told == origin
    )  # fmt: skip


def keys_of(user: User) -> list[Passkey]:
    """The keys that open this person's log-in."""
    return list(Passkey.objects.filter(user=user, removed_at=None))


def ask_to_make(user: User, *, host: str, origin: str) -> tuple[dict[str, Any], Any]:
    """What the browser is asked when a key is made, and what must be remembered until it answers. Raises: TooManyKeys."""
    known = keys_of(user)
    if len(known) >= MOST:
        raise TooManyKeys
    person = PublicKeyCredentialUserEntity(
        id=str(user.pk).encode(), name=user.username, display_name=user.display_name
    )
    options, state = _server(host, origin).register_begin(
        person, [_data(each) for each in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    return dict(options), state


@transaction.atomic
def keep(
    user: User, answer: Mapping[str, Any], state: Any, *, name: str, host: str, origin: str, at: datetime
) -> list[str]:  # fmt: skip
    """Keep a new key; answers ten recovery codes if it is the first second factor. Raises: KeyDoesNotFit."""
    try:
        made = _server(host, origin).register_complete(state, answer)
    except (ValueError, KeyError, TypeError) as error:
        raise KeyDoesNotFit from error
    found = made.credential_data
    if found is None:
        raise KeyDoesNotFit
    fresh = not user.has_second_factor
    Passkey.objects.create(
        user=user, name=name.strip()[:40], credential_id=found.credential_id, data=bytes(found),
        counter=made.counter, made_at=at,
    )  # fmt: skip
    noted(
        HouseActKind.PASSKEY_MADE, by=user, at=at, about=user.username, reason=name.strip()[:40]
    )
    return begin_with(user, at=at) if fresh else []


def ask_to_open(user: User, *, host: str, origin: str) -> tuple[dict[str, Any], Any]:
    """What the browser is asked at log-in, and what must be remembered until it answers."""
    options, state = _server(host, origin).authenticate_begin(
        [_data(each) for each in keys_of(user)],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options), state


@transaction.atomic
def opens(
    user: User, answer: Mapping[str, Any], state: Any, *, host: str, origin: str, at: datetime
) -> bool:
    """Whether the signature opens the log-in. A counter that does not rise tells of a copied key: refused."""
    keys = {
        bytes(row.credential_id): row
        for row in Passkey.objects.select_for_update().filter(user=user, removed_at=None)
    }
    try:
        found = _server(host, origin).authenticate_complete(
            state, [_data(each) for each in keys.values()], answer
        )
        count = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except (ValueError, KeyError, TypeError):
        return False
    row = keys[bytes(found.credential_id)]
    if (count or row.counter) and count <= row.counter:
        return False
    row.counter, row.used_at = count, at
    row.save(update_fields=["counter", "used_at"])
    return True


@transaction.atomic
def remove(user: User, number: int, *, must: bool, at: datetime) -> None:
    """A key opens nothing any more. Raises: NoSuchKey, LastFactor."""
    row = Passkey.objects.filter(pk=number, user=user, removed_at=None).first()
    if row is None:
        raise NoSuchKey
    others = Passkey.objects.filter(user=user, removed_at=None).exclude(pk=number).exists()
    if not others and not user.second_secret:
        if must:
            raise LastFactor
        user.second_since = None
        user.save(update_fields=["second_since"])
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    noted(HouseActKind.PASSKEY_REMOVED, by=user, at=at, about=user.username, reason=row.name)


def _data(row: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(row.data))
