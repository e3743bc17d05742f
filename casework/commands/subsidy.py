"""Vouchers for a lawyer: granted within the year's money, claimed, settled by another, paid out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework import registry
from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import (
    Case,
    Lawyer,
    Subsidy,
    SubsidyLine,
    SubsidyState,
    SubsidyYear,
    User,
)

OPEN = (SubsidyState.GRANTED, SubsidyState.CLAIMED, SubsidyState.SETTLED)


@dataclass(frozen=True, slots=True)
class Price:
    """The tariff of one service on a day: yuan, and the version of the figure."""

    yuan: Decimal
    version: str


class QuotaSpent(CommandRefused):
    """The district's money for legal services of this year does not reach for this voucher."""


class VoucherOpen(CommandRefused):
    """This lawyer holds an open voucher for this case already."""


class LawyerNotActive(CommandRefused):
    """This lawyer takes no cases now."""


class DistrictNeeded(CommandRefused):
    """A voucher is paid by a district: give the case its district first."""


class NotGranted(CommandRefused):
    """This service is not on the voucher, or stands in the claim more often than it was granted."""


class NotBeforeTheVoucher(CommandRefused):
    """Work before the day of the voucher is not paid, and no day lies in the future."""


class SettledByItsClaimant(CommandRefused):
    """A claim is settled by somebody other than the one who confirmed the work."""


class NotInTurn(CommandRefused):
    """The voucher does not stand where this could happen."""


@transaction.atomic
def grant(
    case: Case,
    *,
    lawyer: Lawyer,
    asked: Sequence[tuple[str, Price]],
    limit: Decimal,
    why: str,
    on: date,
    by: User,
    at: datetime,
) -> Subsidy:
    """Grant a voucher for these services (one may stand there twice) and reserve its money.

    Raises: DistrictNeeded, LawyerNotActive, VoucherOpen, QuotaSpent.
    """
    lock_case(case.pk)
    if case.district_id is None:
        raise DistrictNeeded
    if not lawyer.is_active:
        raise LawyerNotActive(field="lawyer")
    if Subsidy.objects.filter(case=case, lawyer=lawyer, state__in=OPEN).exists():
        raise VoucherOpen(field="lawyer")
    reserved = sum((price.yuan for _service, price in asked), Decimal(0))
    quota = _quota(case.district_id, on.year)
    if quota.taken_yuan + reserved > limit:
        raise QuotaSpent(field="services")
    _take(quota, reserved)
    made = Subsidy.objects.create(
        case=case, lawyer=lawyer, quota=quota, why=why, granted_on=on,
        services=[service for service, _price in asked], reserved_yuan=reserved,
        number=registry.letter_number("渝工法补", on, case.district),
        figures=sorted({price.version for _service, price in asked}), granted_by=by,
    )  # fmt: skip
    record(case, Kind.VOUCHER_GRANTED, by=by, at=at, number=made.number, services=made.services)
    return made


def _quota(district_id: int, year: int) -> SubsidyYear:
    SubsidyYear.objects.get_or_create(district_id=district_id, year=year)
    return SubsidyYear.objects.select_for_update().get(district_id=district_id, year=year)


def _take(quota: SubsidyYear, yuan: Decimal) -> None:
    quota.taken_yuan += yuan
    quota.save(update_fields=["taken_yuan"])


@transaction.atomic
def claim(
    row: Subsidy,
    *,
    lines: Sequence[dict[str, Any]],
    result: str,
    on: date,
    by: User,
    at: datetime,
) -> Subsidy:
    """The work that was done, confirmed by the case manager. `lines` are fields of SubsidyLine.

    Raises: NotInTurn, NotGranted, NotBeforeTheVoucher.
    """
    _standing(row, SubsidyState.GRANTED)
    if Counter(line["service"] for line in lines) - Counter(row.services):
        raise NotGranted(field="lines")
    if any(not row.granted_on <= line["on"] <= on for line in lines):
        raise NotBeforeTheVoucher(field="lines")
    turn = row.lines.count() and row.lines.order_by("-claim")[0].claim
    SubsidyLine.objects.bulk_create(
        SubsidyLine(subsidy=row, claim=turn + 1, number=number, **line)
        for number, line in enumerate(lines, 1)
    )
    row.state, row.result, row.claimed_on, row.claimed_by = SubsidyState.CLAIMED, result, on, by
    row.total_yuan = sum((line["yuan"] for line in lines), Decimal(0))
    row.decided_by, row.decided_on = None, None
    row.save()
    record(
        row.case,
        Kind.SUBSIDY_CLAIMED,
        by=by,
        at=at,
        number=row.number,
        total_yuan=row.total_yuan,
    )
    return row


def lines_of(row: Subsidy) -> list[SubsidyLine]:
    """The lines of the newest claim; those that were given back stay in the table."""
    lines = list(row.lines.all())
    last = max((line.claim for line in lines), default=0)
    return [line for line in lines if line.claim == last]


@transaction.atomic
def settle(row: Subsidy, *, on: date, by: User, at: datetime) -> None:
    """A second person agrees; what was reserved and not used goes back. Raises: NotInTurn, SettledByItsClaimant."""
    _decide(row, SubsidyState.SETTLED, "", on, by)
    _take(
        _quota(row.quota.district_id, row.quota.year),
        (row.total_yuan or Decimal(0)) - row.reserved_yuan,
    )
    record(
        row.case,
        Kind.SUBSIDY_SETTLED,
        by=by,
        at=at,
        number=row.number,
        total_yuan=row.total_yuan,
    )


@transaction.atomic
def give_back(row: Subsidy, *, why: str, on: date, by: User, at: datetime) -> None:
    """The claim goes back to be written anew. Raises: NotInTurn, SettledByItsClaimant."""
    _decide(row, SubsidyState.GRANTED, why, on, by)
    record(row.case, Kind.SUBSIDY_GIVEN_BACK, by=by, at=at, number=row.number, why=why)


@transaction.atomic
def refuse(row: Subsidy, *, why: str, on: date, by: User, at: datetime) -> None:
    """Nothing is paid; the money reserved is free again. Raises: NotInTurn, SettledByItsClaimant."""
    _decide(row, SubsidyState.REFUSED, why, on, by)
    _take(_quota(row.quota.district_id, row.quota.year), -row.reserved_yuan)
    record(row.case, Kind.SUBSIDY_REFUSED, by=by, at=at, number=row.number, why=why)


def _decide(row: Subsidy, state: SubsidyState, why: str, on: date, by: User) -> None:
    _standing(row, SubsidyState.CLAIMED)
    if row.claimed_by_id == by.pk:
        raise SettledByItsClaimant
    row.state, row.decided_by, row.decided_on, row.decided_why = state, by, on, why
    row.save()


@transaction.atomic
def drop(row: Subsidy, *, why: str, on: date, by: User, at: datetime) -> None:
    """The voucher is not used: its money is free again. Raises: NotInTurn."""
    _standing(row, SubsidyState.GRANTED)
    row.state, row.decided_on, row.decided_why = SubsidyState.REFUSED, on, why
    row.save()
    _take(_quota(row.quota.district_id, row.quota.year), -row.reserved_yuan)
    record(row.case, Kind.SUBSIDY_REFUSED, by=by, at=at, number=row.number, why=why)


@transaction.atomic
def pay(row: Subsidy, *, ref: str, paid_on: date, by: User, at: datetime) -> None:
    """The money went out. Raises: NotInTurn, NotBeforeTheVoucher."""
    _standing(row, SubsidyState.SETTLED)
    if row.decided_on is None or paid_on < row.decided_on:
        raise NotBeforeTheVoucher(field="paid_on")
    row.state, row.paid_on, row.paid_ref = SubsidyState.PAID, paid_on, ref
    row.save()
    record(row.case, Kind.SUBSIDY_PAID, by=by, at=at, number=row.number, on=paid_on)


def _standing(row: Subsidy, state: SubsidyState) -> None:
    lock_case(row.case_id)
    row.refresh_from_db()
    if row.state != state:
        raise NotInTurn
