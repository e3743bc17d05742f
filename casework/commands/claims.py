"""Claim lines: added, corrected, withdrawn, decided one by one."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Claim, ClaimOutcome, Party, User


class NeedsReason(CommandRefused):
    """Say why this is corrected."""


@transaction.atomic
def add_claim(
    case: Case,
    *,
    code: str,
    item: str,
    by: User | None,
    at: datetime,
    amount_yuan: Decimal | None = None,
    party: Party | None = None,
    **fields: Any,
) -> Claim:
    """Add one line of what is asked. Sums in yuan, two decimals; None where no sum is asked."""
    claim = Claim.objects.create(
        case=case, code=code, item=item, amount_yuan=amount_yuan, party=party, **fields
    )
    record(case, Kind.CLAIM_ADDED, by=by, at=at, claim=str(claim.pk), code=code, item=item,
           amount_yuan=amount_yuan, party=party.ref if party else "")  # fmt: skip
    return claim


@transaction.atomic
def correct_claim(claim: Claim, *, reason: str, by: User, at: datetime, **fields: Any) -> Claim:
    """Correct a claim line. Raises: NeedsReason."""
    if not reason.strip():
        raise NeedsReason(field="reason")
    lock_case(claim.case_id)
    was = {name: str(getattr(claim, name)) for name in fields}
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save()
    record(
        claim.case,
        Kind.CLAIM_CORRECTED,
        by=by,
        at=at,
        claim=str(claim.pk),
        was=was,
        reason=reason,
    )
    return claim


@transaction.atomic
def estimate_claim(
    claim: Claim,
    *,
    name: str,
    inputs: dict[str, Any],
    result: dict[str, Any],
    take_yuan: str | None,
    by: User,
    at: datetime,
) -> Claim:
    """Keep a calculator's result with its inputs and versions; `take_yuan` becomes the sum claimed."""
    lock_case(claim.case_id)
    claim.refresh_from_db()
    was = claim.amount_yuan
    claim.estimate = {"name": name, "inputs": inputs, "result": result, "at": at.isoformat()}
    if take_yuan is not None:
        claim.amount_yuan = Decimal(take_yuan)
    claim.save(update_fields=["estimate", "amount_yuan"])
    record(
        claim.case, Kind.CLAIM_ESTIMATED, by=by, at=at, claim=str(claim.pk), item=claim.item,
        calculator=name, rule_version=str(result.get("rule_version", "")), inputs=inputs,
        was_yuan=was, amount_yuan=claim.amount_yuan,
    )  # fmt: skip
    return claim


@transaction.atomic
def void_claim(claim: Claim, *, reason: str, by: User, at: datetime) -> Claim:
    """A claim line is withdrawn. Raises: NeedsReason."""
    if not reason.strip():
        raise NeedsReason(field="reason")
    lock_case(claim.case_id)
    claim.outcome, claim.reason = ClaimOutcome.WITHDRAWN, reason
    claim.save(update_fields=["outcome", "reason"])
    record(claim.case, Kind.CLAIM_VOIDED, by=by, at=at, claim=str(claim.pk), reason=reason)
    return claim
