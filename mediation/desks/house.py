"""The administrator's lists: people, offices, routes, the house's own audit, and what is not well."""

import shutil
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.access.doorway import needs_second_factor
from casework.access.roles import Role, label, permissions_of
from casework.models import CalendarYear, HouseAct, HouseActKind, Office, Route, User
from documents import virus
from mediation.forms.house import LEVELS
from mediation.forms.referral_words import matter_name

MOST = 200
WARN_DAYS = 60
LEAST_FREE_BYTES = 2_000_000_000


def people(words: str, role: str, *, gone: bool) -> list[dict[str, Any]]:
    """Accounts that fit; those who left only when asked for."""
    rows = User.objects.select_related("office", "district").filter(is_active=not gone)
    if words:
        rows = rows.filter(
            Q(display_name__contains=words) | Q(username__icontains=words)
            | Q(office__name__contains=words) | Q(district__name__contains=words)
        )  # fmt: skip
    if role:
        rows = rows.filter(roles__contains=[role])
    return [person_row(user) for user in rows.order_by("username")[:MOST]]


def person_row(user: User) -> dict[str, Any]:
    """One account in words."""
    return {
        "id": user.pk, "username": user.username, "name": user.display_name,
        "roles": _(", ").join(_(label(role)) for role in user.roles),
        "place": str(user.office or user.district or _("whole city")),
        "light": _door_light(user), "active": user.is_active,
        "url": reverse("house-person", args=[user.pk]),
    }  # fmt: skip


def _door_light(user: User) -> dict[str, str]:
    """How the person's door is locked."""
    if not user.is_active:
        return {"state": "paused", "words": _("deactivated")}
    if user.must_change_password:
        return {"state": "soon", "words": _("starting password not changed yet")}
    if user.has_second_factor:
        return {"state": "done", "words": _("with second factor")}
    if needs_second_factor(user):
        return {"state": "soon", "words": _("second factor missing")}
    return {"state": "normal", "words": _("password")}


def roles() -> list[tuple[str, str]]:
    """Roles for the filter."""
    return [(role.value, _(label(role))) for role in Role]


def rights_of(user: User) -> list[str]:
    """What the person may do, by the names of the matrix."""
    return sorted(permissions_of(user.roles))


def offices(words: str) -> list[Office]:
    """Offices that fit."""
    rows = Office.objects.select_related("agency", "district")
    if words:
        rows = rows.filter(Q(name__contains=words) | Q(agency__name__contains=words))
    return list(rows.order_by("district__name", "agency__order", "name")[:MOST])


def routes(words: str) -> list[dict[str, Any]]:
    """Routes in words."""
    rows = Route.objects.select_related("office", "fallback", "district").order_by(
        "matter", "id"
    )
    made = [
        {
            "matter": str(matter_name(row.matter)), "place": str(row.district or _("whole city")),
            "level": dict(LEVELS)[row.level],
            "office": row.office.name, "open": row.office.is_open,
            "fallback": row.fallback.name if row.fallback else "",
            "url": reverse("house-route", args=[row.pk]),
        }
        for row in rows
    ]  # fmt: skip
    return [row for row in made if words in f"{row['matter']}{row['place']}{row['office']}"][
        :MOST
    ]


def acts(words: str, kind: str, since: date | None, until: date | None) -> list[dict[str, Any]]:
    """The house's own audit, newest first."""
    rows = HouseAct.objects.select_related("by")
    if words:
        rows = rows.filter(Q(about__icontains=words) | Q(by__display_name__contains=words))
    if kind in HouseActKind.values:
        rows = rows.filter(kind=kind)
    if since:
        rows = rows.filter(at__gte=clock.instant(since))
    if until:
        rows = rows.filter(at__lt=clock.instant(until + timedelta(days=1)))
    return [
        {
            "at": row.at, "by": row.by.display_name, "kind": row.get_kind_display(),
            "about": row.about, "details": _details(row.details),
        }
        for row in rows[:MOST]
    ]  # fmt: skip


def _details(details: dict[str, Any]) -> str:
    """What changed, before and after."""
    if reason := details.get("reason") or details.get("person"):
        return str(reason)
    changed: dict[str, Any] = details.get("changed") or {}
    return "；".join(f"{_words(was)} → {_words(now)}" for was, now in changed.values())


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_(label(each)) for each in value)
    return str(value) or "—"


def health(at: datetime) -> list[dict[str, Any]]:
    """What an administrator can see of the running house; the whole look is `manage.py doctor`."""
    looks: Iterable[tuple[str, bool, str]] = (
        _clocks(at), _jobs(), _stuck(), _papers(), _texts(at), _calendar(clock.day(at)), _disk(),
        _scanner(),
    )  # fmt: skip
    return [
        {"name": name, "light": {"state": "done" if good else "overdue",
                                 "words": _("in order") if good else _("look at it")}, "words": words}
        for name, good, words in looks
    ]  # fmt: skip


def _count(query: str, values: Iterable[Any] = ()) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        return int(cursor.fetchone()[0])


def _clocks(at: datetime) -> tuple[str, bool, str]:
    late = _count("SELECT house_count('timers', %s)", [at - timedelta(minutes=5)])
    return _("Clocks"), late == 0, _("%(n)s ring late by more than 5 minutes") % {"n": late}


def _jobs() -> tuple[str, bool, str]:
    failed = _count("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    waiting = _count("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
    words = _("%(failed)s failed, %(waiting)s waiting") % {"failed": failed, "waiting": waiting}
    return _("Work in the background"), failed == 0, words


def _stuck() -> tuple[str, bool, str]:
    stuck = _count("SELECT house_count('tasks', now())")
    return _("Steps in error"), stuck == 0, _("%(n)s steps") % {"n": stuck}


def _papers() -> tuple[str, bool, str]:
    broken = _count("SELECT house_count('papers', now())")
    return _("Papers"), broken == 0, _("%(n)s could not be printed") % {"n": broken}


def _texts(at: datetime) -> tuple[str, bool, str]:
    stuck = _count("SELECT house_count('texts', %s)", [at - timedelta(minutes=5)])
    return (
        _("Text messages"),
        stuck == 0,
        _("%(n)s wait too long or were refused") % {"n": stuck},
    )


def _calendar(today: date) -> tuple[str, bool, str]:
    last = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
    until = date(last, 12, 31) if last else today
    words = _("official until %(day)s") % {"day": until}
    return _("Holidays"), (until - today).days >= WARN_DAYS, words


def _disk() -> tuple[str, bool, str]:
    settings.WUFANG_FILES.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.WUFANG_FILES).free
    words = _("%(gb)s GB free for papers and uploads") % {"gb": f"{free / 1e9:.1f}"}
    return _("Disk"), free >= LEAST_FREE_BYTES, words


def _scanner() -> tuple[str, bool, str]:
    if not settings.WUFANG_CLAMD:
        return _("Virus scanner"), False, _("none is set: files from outside are not checked")
    good = virus.answers()
    return (
        _("Virus scanner"),
        good,
        _("answers") if good else _("does not answer: no file is taken"),
    )
