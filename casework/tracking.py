"""How a worker follows the case: a 16-digit code and the last four digits of the phone.

The code is nowhere: a keyed bucket of 20 bits finds the row, a salted Argon2id hash proves it.
Every look-up costs exactly two hashes, whether the code exists or not. Guessing is slowed, a code is
never locked.
"""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction

from casework import clock
from casework.access import context
from casework.events import Kind, record
from casework.fields import blind
from casework.models import Attempt, Case, Party, Side, TrackingCode, User
from casework.notify import check_code, send_code
from casework.rules.checks import digits_in, new_tracking_code, tracking_code_ok

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
BUCKET_BITS = 20
MOST_IN_BUCKET = 2
RANDOM_DIGITS = 14
TAIL_DIGITS = 4
CODE_DIGITS = 6
TAIL_TRIES_A_DAY = 5
WINDOW = timedelta(minutes=30)
FREE_TRIES = 5
MOST_SECONDS = 6.0
STRANGERS = "*"  # all devices that never opened anything
STRANGERS_FREE = 300  # failures of them all in a window before each of them waits


@dataclass(frozen=True, slots=True)
class Tracked:
    """Whose matter a code opens."""

    code_id: int
    case_id: int
    party_id: int


def make_code(*, case: Case, party: Party, by: User | None, at: datetime) -> str:
    """A new code, answered once; older codes of the same party die. Call under the case's context."""
    with transaction.atomic():
        TrackingCode.objects.filter(case=case, party=party, voided_at__isnull=True).update(
            voided_at=at
        )
        code = _fresh()
        phone = phone_of(party)
        TrackingCode.objects.create(
            case=case, party=party, bucket=bucket_of(code), code_hash=HASHER.hash(code),
            phone_tail=blind(phone[-4:], "phone-tail") if phone else b"", made_at=at,
        )  # fmt: skip
        record(case, Kind.TRACKING_CODE_MADE, by=by, at=at, party=party.ref)
    return code


def phone_of(party: Party) -> str:
    """The number on file to which a code is tied: the worker's own, or the firm's, digits only."""
    if party.person:
        return party.person.phone
    words = party.employer.phone if party.employer else ""
    return digits_in(words)


def _fresh() -> str:
    while True:
        code = new_tracking_code(
            "".join(str(secrets.randbelow(10)) for _digit in range(RANDOM_DIGITS))
        )
        if TrackingCode.objects.filter(bucket=bucket_of(code)).count() < MOST_IN_BUCKET:
            return code


def bucket_of(code: str) -> int:
    """The first 20 bits of a keyed hash: finds at most two rows, tells nothing."""
    mac = hmac.new(settings.WUFANG_TRACKING_PEPPER, code.encode(), hashlib.sha256).digest()
    return int.from_bytes(mac[:4], "big") >> (32 - BUCKET_BITS)


def find(
    code: str, tail: str, *, device: str, known: bool = False, side: Side = Side.WORKER
) -> Tracked | None:
    """Whose code this is, or None for every kind of failure alike; a code opens the door of its side alone.

    `tail` is the last four digits of the phone, or a one-time code of six. `device` names who asks: its own failures
    slow it down. `known`: it opened something before (`device_token`), and is a network else; those that never did are
    slowed together once there are very many failures.
    """
    code, tail = digits_in(code), digits_in(tail)
    if not tracking_code_ok(code):
        return None  # a slip of the finger costs nothing
    time.sleep(_wait(device, known=known))
    found = _matching(code)
    if found and found.party_id and _of_side(found, side) and _tail_fits(found, tail):
        return Tracked(found.pk, found.case_id, found.party_id)
    failed = [device] if known else [device, STRANGERS]
    rows = [Attempt(bucket=f"track:{name}", at=clock.now()) for name in failed]
    Attempt.objects.bulk_create(rows)
    return None


def _wait(device: str, *, known: bool) -> float:
    own = delay_of(_failures(device))
    if known:
        return own
    return max(own, delay_of(_failures(STRANGERS) - STRANGERS_FREE + FREE_TRIES))


def device_token(found: Tracked) -> str:
    """What a device that opened a code may show next time: its failures count apart from its network's.

    One code makes one name, however many tokens: an owner's devices together have the tries of one.
    """
    return _SIGNER.sign(str(found.code_id))


def device_of(token: str, network: str) -> tuple[str, bool]:
    """The name under which failures count, and whether it is a device that opened something before."""
    try:
        return f"device:{_SIGNER.unsign(token)}", True
    except BadSignature:
        return network, False


def _of_side(row: TrackingCode, side: Side) -> bool:
    if not row.party_id:
        return False
    with context.tracking(row.case_id, row.party_id):
        return Party.objects.filter(pk=row.party_id, side=side).exists()


def delay_of(failures: int) -> float:
    """Seconds to wait by recent failures of one device: none for the first five, then doubling."""
    return (
        0.0 if failures < FREE_TRIES else min(MOST_SECONDS, 0.25 * 2 ** (failures - FREE_TRIES))
    )


def _failures(device: str) -> int:
    return Attempt.objects.filter(
        bucket=f"track:{device}", at__gte=clock.now() - WINDOW
    ).count()


def _matching(code: str) -> TrackingCode | None:
    """Exactly two evaluations, real or not, so that time tells nothing."""
    rows = list(
        TrackingCode.objects.filter(bucket=bucket_of(code), voided_at__isnull=True)[
            :MOST_IN_BUCKET
        ]
    )
    found = None
    for number in range(MOST_IN_BUCKET):
        row = rows[number] if number < len(rows) else None
        if _verified(row.code_hash if row else _NOBODY, code) and row is not None:
            found = row
    return found


def _verified(code_hash: str, code: str) -> bool:
    try:
        return HASHER.verify(code_hash, code)
    except VerificationError:
        return False


def _tail_fits(row: TrackingCode, tail: str) -> bool:
    """The last four digits; after five wrong ones in a day a one-time code replaces them.

    So a stranger who guesses cannot lock the owner out: the owner's phone gets the code.
    """
    today = clock.today()
    if row.tail_failed_on != today:
        row.tail_failures, row.tail_failed_on = 0, today
    if len(tail) == CODE_DIGITS and check_code(_subject(row), tail):
        return True
    fits = hmac.compare_digest(bytes(row.phone_tail), blind(tail, "phone-tail"))
    if fits and len(tail) == TAIL_DIGITS and row.tail_failures < TAIL_TRIES_A_DAY:
        return True
    row.tail_failures = min(row.tail_failures + 1, TAIL_TRIES_A_DAY)
    row.save(update_fields=["tail_failures", "tail_failed_on"])
    if row.tail_failures == TAIL_TRIES_A_DAY and row.party_id:
        with context.tracking(row.case_id, row.party_id):
            owner = Party.objects.select_related("person", "employer").get(pk=row.party_id)
            phone = phone_of(owner)
        send_code(_subject(row), phone)
    return False


def _subject(row: TrackingCode) -> str:
    return f"tail:{row.pk}"


_SIGNER = Signer(salt="tracking-device")
_NOBODY = HASHER.hash("nobody")
