"""Hazards as rows: inspected by two, mended by a day, seen again, or handed to the authority.

Source: 《工会法》第二十五条、《安全生产法》第六十条、《职业病防治法》第四十条.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import (
    Case,
    Duty,
    Hazard,
    HazardPhoto,
    Inspection,
    InspectionState,
    User,
)
from casework.models.district import District

MOST_PHOTOS = 30
OPEN = (InspectionState.OPEN, InspectionState.LATE)
MOST_RECHECKS = 2  # policy: who has not mended it by the second visit goes to the authority


class InspectionOpen(CommandRefused):
    """An inspection on this case is still open: look again at what it found first."""


class TwoInspectors(CommandRefused):
    """An inspection is made by two inspectors or more."""


class DayBeforeInspection(CommandRefused):
    """The day by which it is mended must lie after the day of the inspection."""


class NoInspection(CommandRefused):
    """There is no open inspection on this case."""


class TooManyPhotos(CommandRefused):
    """Thirty photographs of one inspection are enough."""


class SeatTwice(CommandRefused):
    """The first and the second seat are two people."""


class DayIsOver(CommandRefused):
    """A duty of a day that is over is not changed."""


class RecheckedTwice(CommandRefused):
    """It was looked at twice and is still not mended: it goes to the authority."""


def open_inspection(case: Case) -> Inspection | None:
    """The inspection of a case that is not at its end."""
    return Inspection.objects.filter(case=case, state__in=OPEN).first()


def the_inspection(case: Case) -> Inspection:
    """The same. Raises: NoInspection."""
    found = open_inspection(case)
    if found is None:
        raise NoInspection
    return found


@transaction.atomic
def inspect(
    case: Case, *, hazards: Sequence[dict[str, str]], by: User, at: datetime, **facts: Any
) -> Inspection:
    """Record an inspection with what was found; `facts` are the fields of Inspection.

    Raises: InspectionOpen, TwoInspectors, DayBeforeInspection.
    """
    lock_case(case.pk)
    if open_inspection(case) is not None:
        raise InspectionOpen
    if len(set(facts["inspectors"])) < 2:  # noqa: PLR2004 (两人以上)
        raise TwoInspectors(field="inspectors")
    if facts["fix_by"] <= facts["found_on"]:
        raise DayBeforeInspection(field="fix_by")
    made = Inspection.objects.create(case=case, made_by=by, **facts)
    Hazard.objects.bulk_create(
        Hazard(inspection=made, number=number, what=row["what"], rule=row["rule"])
        for number, row in enumerate(hazards, 1)
    )
    record(
        case, Kind.HAZARD_FOUND, by=by, at=at, inspection=made.pk, hazards=len(hazards),
        people=made.people, withdrawn=made.withdrawn, fix_by=made.fix_by,
    )  # fmt: skip
    return made


@transaction.atomic
def recheck(
    case: Case, *, mended: Sequence[int], on: date, by: User, at: datetime
) -> list[Hazard]:
    """Look again: these numbers are mended. Returns what is still not. Raises: NoInspection."""
    lock_case(case.pk)
    found = the_inspection(case)
    found.hazards.filter(number__in=mended, mended_on__isnull=True).update(mended_on=on)
    left = list(found.hazards.filter(mended_on__isnull=True))
    found.rechecks += 1
    if not left:
        found.state = InspectionState.MENDED
    found.save()
    record(
        case, Kind.HAZARD_RECHECKED, by=by, at=at, inspection=found.pk, on=on,
        mended=sorted(mended), left=len(left),
    )  # fmt: skip
    return left


@transaction.atomic
def set_another_day(case: Case, *, fix_by: date, on: date, by: User, at: datetime) -> None:
    """One more day by which it is mended. Raises: NoInspection, RecheckedTwice, DayBeforeInspection."""
    found = the_inspection(case)
    if found.rechecks >= MOST_RECHECKS:
        raise RecheckedTwice
    if fix_by <= on:
        raise DayBeforeInspection(field="fix_by")
    found.fix_by, found.state = fix_by, InspectionState.OPEN
    found.save()
    record(case, Kind.HAZARD_EXTENDED, by=by, at=at, inspection=found.pk, fix_by=fix_by)


@transaction.atomic
def to_authority(case: Case, *, by: User, at: datetime) -> None:
    """What is not mended goes to the authority. Raises: NoInspection."""
    found = the_inspection(case)
    found.state = InspectionState.TO_AUTHORITY
    found.save()
    record(case, Kind.HAZARD_PASSED_ON, by=by, at=at, inspection=found.pk)


def left_with_authority(case: Case) -> list[Hazard]:
    """What was passed on to the authority and has not been seen mended since."""
    return list(
        Hazard.objects.filter(
            inspection__case=case, inspection__state=InspectionState.TO_AUTHORITY,
            mended_on__isnull=True,
        ).order_by("inspection", "number")
    )  # fmt: skip


@transaction.atomic
def mended_at_last(
    case: Case, *, hazards: Sequence[Hazard], on: date, by: User, at: datetime
) -> None:
    """What the authority saw to is mended on a day; an inspection with nothing left is at its end."""
    lock_case(case.pk)
    chosen = {row.pk for row in hazards} & {row.pk for row in left_with_authority(case)}
    for found in Inspection.objects.filter(case=case, hazards__in=chosen).distinct():
        mine = found.hazards.filter(pk__in=chosen)
        numbers = sorted(mine.values_list("number", flat=True))
        mine.update(mended_on=on)
        left = found.hazards.filter(mended_on__isnull=True).count()
        if not left:
            found.state = InspectionState.MENDED
            found.save()
        record(case, Kind.HAZARD_MENDED, by=by, at=at, inspection=found.pk, on=on, mended=numbers,
               left=left)  # fmt: skip


@transaction.atomic
def run_late(case: Case, *, at: datetime) -> None:
    """The day is over and nobody has seen it mended."""
    found = open_inspection(case)
    if found is not None and found.state == InspectionState.OPEN:
        found.state = InspectionState.LATE
        found.save()
        record(case, Kind.HAZARD_LATE, by=None, at=at, inspection=found.pk)


@transaction.atomic
def keep_photo(case: Case, *, sha256: str, size: int, by: User, at: datetime) -> HazardPhoto:
    """A photograph of the inspection as it stands (the newest look); the same bytes are kept once.

    Raises: NoInspection, TooManyPhotos.
    """
    lock_case(case.pk)
    found = Inspection.objects.filter(case=case).order_by("id").last()
    if found is None:
        raise NoInspection
    if found.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos(field="photos")
    made, fresh = HazardPhoto.objects.get_or_create(
        inspection=found, sha256=sha256,
        defaults={"size": size, "made_at": at, "made_by": by, "look": found.rechecks},
    )  # fmt: skip
    if fresh:
        record(case, Kind.HAZARD_PHOTOGRAPHED, by=by, at=at, inspection=found.pk, sha256=sha256)
    return made


@transaction.atomic
def set_duty(
    district: District | None, *, on: date, first: User, second: User, today: date
) -> Duty:
    """Who is on duty on a day; a later entry replaces an earlier one. Raises: SeatTwice, DayIsOver."""
    if first.pk == second.pk:
        raise SeatTwice(field="second")
    if on < today:
        raise DayIsOver(field="on")
    made, _fresh = Duty.objects.update_or_create(
        district=district, on=on, defaults={"first": first, "second": second}
    )
    return made


def on_duty(district: District | None, on: date) -> Duty | None:
    """Who is on duty for a district on a day, else for the city."""
    rows = Duty.objects.filter(on=on).select_related("first", "second")
    return rows.filter(district=district).first() or rows.filter(district=None).first()
