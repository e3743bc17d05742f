"""The directory of unions elsewhere and the paired districts; each change in the house's audit."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from casework.commands.base import CommandRefused
from casework.commands.people_of_house import noted
from casework.models import Agency, District, HouseActKind, Office, Pairing, Partner, User

LIKE = "UNION_SICHUAN"  # what a union elsewhere may see, until an agreement says otherwise
FIELDS = ("name", "phone", "address", "is_open")


class PairedAlready(CommandRefused):
    """These two districts are paired already."""


class PairEnded(CommandRefused):
    """This pair has ended."""


class ListedAlready(CommandRefused):
    """A union of this name is on the list already."""


class OwnProvince(CommandRefused):
    """A partner lies in another province."""


@transaction.atomic
def save_partner(
    row: Partner | None,
    *,
    province: str,
    contact: str,
    agreed_on: date | None,
    home: str,
    by: User,
    at: datetime,
    **office: object,
) -> Partner:
    """Add a union elsewhere, or change it; unions of one province are one agency of the linkage.

    `home` is our own province. Raises: OwnProvince, ListedAlready.
    """  # fmt: skip
    if province == home:
        raise OwnProvince(field="province")
    like = Partner.objects.filter(office__name=office["name"])
    if (like.exclude(pk=row.pk) if row else like).exists():
        raise ListedAlready(field="name")
    if row is None:
        place = Office(agency=_agency(province, str(office["name"])), level="city")
        row = Partner(office=place)
    for name in FIELDS:
        setattr(row.office, name, office[name])
    row.office.save()
    row.office_id = row.office.pk
    row.province, row.contact, row.agreed_on = province, contact, agreed_on
    row.save()
    noted(HouseActKind.PARTNER_SAVED, by=by, at=at, about=row.office.name, province=province)
    return row


def _agency(province: str, name: str) -> Agency:
    """The agency of a province: the one that is there, else a new one that sees what its like sees."""
    there = Partner.objects.filter(province=province).select_related("office__agency").first()
    if there is not None:
        return there.office.agency
    number = Agency.objects.filter(code__startswith="UNION_P").count() + 1
    like = Agency.objects.filter(code=LIKE).first()
    return Agency.objects.create(
        code=f"UNION_P{number}", name=name[:60], short=f"{province[:2]}工会", order=100 + number,
        visible_fields=like.visible_fields if like else [],
    )  # fmt: skip


@transaction.atomic
def pair(
    partner: Partner, *, district: District, place: str, since: date, by: User, at: datetime
) -> Pairing:
    """Pair a district of ours with one of theirs. Raises: PairedAlready."""
    try:
        with transaction.atomic():
            made = Pairing.objects.create(
                partner=partner, district=district, place=place, since=since
            )
    except IntegrityError as error:
        raise PairedAlready(field="place") from error
    noted(HouseActKind.PARTNER_SAVED, by=by, at=at, about=partner.office.name, pair=str(made))
    return made


@transaction.atomic
def part(row: Pairing, *, on: date, by: User, at: datetime) -> None:
    """End a pair; it stays to be read. Raises: PairEnded."""
    row = Pairing.objects.select_for_update().get(pk=row.pk)
    if row.until is not None:
        raise PairEnded
    row.until = max(on, row.since)
    row.save(update_fields=["until"])
    noted(HouseActKind.PARTNER_SAVED, by=by, at=at, about=row.partner.office.name,
          ended=str(row))  # fmt: skip
