"""`manage.py seed_reference`: districts, agencies, offices, routes and the calendar, as data."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.models import Agency, CalendarYear, District, Office, Partner, Route
from casework.rules.calendar import official

DATA = Path(__file__).resolve().parents[2] / "data"


def read(name: str) -> Any:
    """One of the data files."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


class Command(BaseCommand):
    """Brings the reference rows in line with the data files; what people changed is kept."""

    help = "Load districts, agencies, offices, routes and the calendar (idempotent)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load everything in one transaction."""
        with transaction.atomic(), system("seed_reference"):
            districts()
            agencies()
            offices()
            routes()
            partners()
            calendar()


def districts() -> None:
    """Districts with their validity; successors after all rows are there."""
    rows = read("districts")
    for row in rows:
        District.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"], "short": row["short"],
                "valid_from": row.get("from", date(1997, 6, 18)), "valid_to": row.get("to"),
            },
        )  # fmt: skip
    for row in rows:
        if "successor" in row:
            District.objects.filter(code=row["code"]).update(successor_id=row["successor"])


def agencies() -> None:
    """The agencies; an order and the fields of their packs."""
    for number, row in enumerate(read("agencies")):
        Agency.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"], "short": row["short"], "is_core": row["core"],
                "order": number, "visible_fields": row["sees"],
            },
        )  # fmt: skip


def offices() -> None:
    """An office per agency, window and district, and the city's."""
    known: set[tuple[str, str, int | None]] = set(
        Office.objects.values_list("agency_id", "window", "district_id")
    )
    table = read("offices")
    fresh = [
        _office(row, district)
        for district in District.objects.filter(valid_to__isnull=True)
        for row in table["each_district"]
        if (row["agency"], row["window"], district.pk) not in known
    ]
    fresh += [
        _office(row, None)
        for row in table["city"]
        if (row["agency"], row["window"], None) not in known
    ]
    Office.objects.bulk_create(fresh)


def _office(row: dict[str, str], district: District | None) -> Office:
    name = row["name"].format(district=district.name if district else "")
    level = "district" if district else "city"
    return Office(
        agency_id=row["agency"], window=row["window"], district=district, name=name, level=level
    )


def routes() -> None:
    """A route per matter and district; a matter of the city's offices has one route for all."""
    known = set(Route.objects.values_list("matter", "district_id"))
    fresh = []
    for matter, (agency, window) in read("offices")["routes"].items():
        for office in Office.objects.filter(agency_id=agency, window=window):
            if (matter, office.district_id) not in known:
                fresh.append(
                    Route(
                        matter=matter,
                        district_id=office.district_id,
                        level="district",
                        office=office,
                    )
                )
    Route.objects.bulk_create(fresh)


def partners() -> None:
    """The unions of other provinces that are offices of the city's table."""
    for row in read("offices")["city"]:
        if "province" in row:
            office = Office.objects.get(
                agency=row["agency"], window=row["window"], district=None, name=row["name"]
            )
            Partner.objects.get_or_create(office=office, defaults={"province": row["province"]})


def calendar() -> None:
    """Note which years the release itself knows; loaded years later lie over them."""
    for year, source in official().years.items():
        CalendarYear.objects.get_or_create(
            year=year, defaults={"source": source, "loaded_at": clock.now()}
        )
