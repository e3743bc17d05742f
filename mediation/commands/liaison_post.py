"""Telling the liaisons: what came, what will be due, what waits; each message a link and no word of the case."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from casework import clock, liaison_link
from casework.access.context import system
from casework.events import Kind, record
from casework.models import Consultation, Referral, User
from casework.notify import tell_staff
from casework.queries.calendar import current
from casework.referral_protocol import State
from mediation.engine.jobs import defer_one, with_fresh_connection

WITH_THE_OFFICE = (State.SENT, State.SIGNED, State.ACCEPTED)


def address_of(referral: Referral, user: User, on: date) -> str:
    """The link that opens this one referral for this person."""
    token = liaison_link.make(referral_id=referral.pk, user_id=user.pk, on=on)
    where: str = getattr(settings, "WUFANG_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
    return f"{where.rstrip('/')}/r/{token}/"


def liaisons_of(referral: Referral) -> list[User]:
    """Whom to tell: the colleague it was forwarded to, else all who can answer at the office."""
    if referral.desk_user is not None and referral.desk_user.is_active:
        return [referral.desk_user]
    rows = User.objects.filter(office=referral.office, is_active=True)
    return [each for each in rows if each.has_perm("mediation.answer_referral")]


def tell_consulted(row: Consultation, *, at: datetime) -> int:
    """Tell the liaisons of every office that is asked, once; returns how many people were told."""
    where: str = getattr(settings, "WUFANG_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
    people = User.objects.filter(office__in=row.office_ids, is_active=True).order_by("pk")
    return sum(
        tell_staff(
            user, "liaison_consulted", key=f"consult:{row.pk}:{user.pk}", at=at, case=row.case,
            link=f"{where.rstrip('/')}/work/",
        )
        for user in people
        if user.has_perm("mediation.give_opinion")
    )  # fmt: skip


def tell_office(referral: Referral, template: str, *, key: str, at: datetime) -> int:
    """Tell the office once per key; returns how many people were told."""
    told = 0
    for user in liaisons_of(referral):
        link = address_of(referral, user, clock.day(at))
        told += tell_staff(
            user, template, key=f"{key}:{user.pk}", at=at, case=referral.case, link=link
        )
    return told


def forward(referral: Referral, *, to: User, by: User, at: datetime) -> None:
    """Hand it on inside the office: the colleague is told; everybody there may still answer."""
    referral.desk_user = to
    referral.save(update_fields=["desk_user"])
    record(referral.case, Kind.REFERRAL_FORWARDED, by=by, at=at, referral=str(referral.pk),
           office=referral.office.name, to=to.display_name)  # fmt: skip
    tell_office(referral, "liaison_forwarded", key=f"forward:{referral.pk}:{at:%s}", at=at)


def digest(at: datetime) -> int:
    """Each working morning: one message a person with what waits, by office. Returns how many."""
    on = clock.day(at)
    if not current().is_working(on):
        return 0
    rows = Referral.objects.filter(state__in=[each.value for each in WITH_THE_OFFICE])
    waiting: dict[int, list[Referral]] = {}
    for row in rows.select_related("office", "desk_user").order_by("id"):
        waiting.setdefault(row.office_id, []).append(row)
    return sum(_digest_of(rows, on, at) for rows in waiting.values())


def _digest_of(rows: Iterable[Referral], on: date, at: datetime) -> int:
    mine: dict[User, list[Referral]] = {}
    for row in rows:
        for user in liaisons_of(row):
            mine.setdefault(user, []).append(row)
    return sum(
        tell_staff(
            user, "liaison_digest", key=f"digest:{on}:{user.pk}", at=at, count=len(found),
            link=address_of(found[0], user, on),
        )
        for user, found in mine.items()
    )  # fmt: skip


@app.periodic(cron="30 0 * * *")  # 08:30 in Shanghai
@app.task(queue="house", name="liaison_digest")
@with_fresh_connection
def liaison_digest(timestamp: int) -> None:
    """Send the morning's digest."""
    with transaction.atomic(), system("digest"):
        digest(clock.now())


@app.task(queue="house", name="tell_office")
@with_fresh_connection
def tell_office_job(number: int) -> None:
    """Tell the office of a referral that came."""
    with transaction.atomic(), system("tell the office"):
        row = Referral.objects.select_related("office", "case", "desk_user").get(pk=number)
        tell_office(
            row, "liaison_came", key=f"came:{row.pk}:{row.packs.count()}", at=clock.now()
        )


def defer_telling(referral: Referral) -> None:
    """Tell the office after this transaction: a job in it, so that it is never lost."""
    defer_one("tell_office", referral.pk)
