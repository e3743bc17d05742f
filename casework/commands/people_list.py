"""A list of people from a workbook or CSV: checked row by row, brought in only when nothing is wrong, and taken back whole."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from casework.access.roles import Role, label, may_hold
from casework.commands.base import CommandRefused
from casework.commands.people_of_house import hire, noted
from casework.models import District, HouseAct, HouseActKind, Office, User
from casework.sheets import Line as Read

HEAD = ("姓名", "登录名", "岗位", "区县", "单位", "电话")
NAME, LOGIN, ROLES, PLACE, OFFICE, PHONE = HEAD
EXAMPLE = ("王小明", "wangxiaoming", "调解员、记录员", "", "", "023-00000000")
OUTSIDE = (Role.WORKER, Role.REPRESENTATIVE, Role.EMPLOYER)  # they have codes, not accounts
MOST_ROWS, LONGEST = 300, 40
SALT = "house.people"
PATTERN = re.compile(r"^[a-z][a-z0-9._-]{2,39}$")
PARTS = re.compile(r"[、,，;；\s]+")
TAKEN_BACK_WITHIN = timedelta(days=7)


class WrongHead(CommandRefused):
    """The first line must read: 姓名, 登录名, 岗位, 区县, 单位, 电话."""


class TooManyRows(CommandRefused):
    """Three hundred rows at once are enough: divide the list."""


class StillWrong(CommandRefused):
    """Something in the list is wrong by now: nothing was brought in. Check it again."""


class NoSuchImport(CommandRefused):
    """This import was taken back already, or is older than seven days."""


@dataclass
class Line:
    """One row of the list: what is wrong in it, and what should be looked at, by column."""

    number: int
    cells: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> list[tuple[str, str, str, str]]:
        """Column, cell, error and hint, in the order of the columns."""
        return [
            (name, self.cells[name], self.wrong.get(name, ""), self.hints.get(name, ""))
            for name in HEAD
        ]


def lines_of(rows: list[Read]) -> list[Line]:
    """The rows below the head. Raises: WrongHead, TooManyRows."""
    if tuple(each.strip() for each in rows[0].cells[: len(HEAD)]) != HEAD:
        raise WrongHead(field="file")
    if len(rows) - 1 > MOST_ROWS:
        raise TooManyRows(field="file")
    blank = [""] * len(HEAD)
    return [
        Line(row.number, {name: cell.strip() for name, cell in zip(HEAD, [*row.cells, *blank], strict=False)})
        for row in rows[1:]
    ]  # fmt: skip


def roles_by_word() -> dict[str, str]:
    """Roles by their code and by their name in Chinese, as people write them in a list."""
    found = {role.value: role.value for role in Role if role not in OUTSIDE}
    with translation.override("zh-hans"):
        return {**found, **{_(label(role)): role for role in found}}


def check(lines: list[Line], on: date) -> list[Line]:
    """Write into each line what is wrong with it; nothing is written anywhere else."""
    places = {row.name: row for row in District.objects.on(on)}
    offices = {row.name: row for row in Office.objects.filter(is_open=True)}
    names = Counter(line.cells[LOGIN] for line in lines)
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    known = set(User.objects.filter(is_active=True).values_list("display_name", flat=True))
    words = roles_by_word()
    for line in lines:
        _check_person(line, names, taken, known)
        _check_place(line, places, offices)
        _check_roles(line, words)
    return lines


def _check_person(line: Line, names: Counter[str], taken: set[str], known: set[str]) -> None:
    name, login = line.cells[NAME], line.cells[LOGIN]
    if not 0 < len(name) <= LONGEST:
        line.wrong[NAME] = _("A name is needed, 40 signs at most.")
    elif name in known:
        line.hints[NAME] = _("Somebody of this name has an account: the same person?")
    if not PATTERN.fullmatch(login):
        line.wrong[LOGIN] = _(
            "Begin with a small letter; then small letters, digits, dot or dash."
        )
    elif login in taken:
        line.wrong[LOGIN] = _("This user name is taken.")
    elif names[login] > 1:
        line.wrong[LOGIN] = _("This user name stands in the list twice.")
    if len(line.cells[PHONE]) > LONGEST:
        line.wrong[PHONE] = _("40 signs at most.")


def _check_place(line: Line, places: dict[str, District], offices: dict[str, Office]) -> None:
    place, office = line.cells[PLACE], line.cells[OFFICE]
    line.made["district"], line.made["office"] = places.get(place), offices.get(office)
    if place and line.made["district"] is None:
        line.wrong[PLACE] = _("No district is called so.")
    if office and line.made["office"] is None:
        line.wrong[OFFICE] = _("No open office is called so.")


def _check_roles(line: Line, words: dict[str, str]) -> None:
    said = [each for each in PARTS.split(line.cells[ROLES]) if each]
    unknown = [each for each in said if each not in words]
    line.made["roles"] = [words[each] for each in said if each in words]
    if unknown:
        line.wrong[ROLES] = _("No role is called so: %(names)s") % {"names": "、".join(unknown)}
    elif not said:
        line.wrong[ROLES] = _("A person needs at least one role.")
    elif not may_hold(line.made["roles"]):
        line.wrong[ROLES] = _("Nobody is two of administrator, auditor and supervisor.")
    elif (
        any(each.endswith("_liaison") for each in line.made["roles"]) and not line.cells[OFFICE]
    ):
        line.wrong[OFFICE] = _("A liaison works for an office: name it.")


def pledge(lines: list[Line]) -> str:
    """The checked list, signed: what is confirmed is what was shown."""
    return signing.dumps(
        [[line.number, line.cells] for line in lines], salt=SALT, compress=True
    )


def pledged(text: str) -> list[Line]:
    """The list that was shown. Raises: StillWrong when it is not ours or older than an hour."""
    try:
        rows = signing.loads(text, salt=SALT, max_age=3600)
    except signing.BadSignature as error:
        raise StillWrong(field="file") from error
    return [Line(number, cells) for number, cells in rows]


@transaction.atomic
def bring_in(lines: list[Line], *, by: User, at: datetime) -> list[tuple[str, str, str]]:
    """All accounts or none; answers name, user name and starting password, once. Raises: StillWrong, NameTaken."""
    if not lines or any(line.wrong for line in lines):
        raise StillWrong(field="file")
    made = []
    for line in lines:
        user, password = hire(
            username=line.cells[LOGIN], display_name=line.cells[NAME], phone=line.cells[PHONE],
            **line.made, by=by, at=at,
        )  # fmt: skip
        made.append((user.display_name, user.username, password))
    names = [name for _name, name, _password in made]
    reason = _("%(n)s accounts") % {"n": len(made)}
    noted(
        HouseActKind.PEOPLE_IMPORTED, by=by, at=at, about=names[0], reason=reason, names=names
    )
    return made


def last_import(at: datetime) -> HouseAct | None:
    """The newest import of the last days that was not taken back."""
    kinds = (HouseActKind.PEOPLE_IMPORTED, HouseActKind.IMPORT_UNDONE)
    rows = HouseAct.objects.filter(kind__in=kinds, at__gte=at - TAKEN_BACK_WITHIN)
    undone = set()
    for row in rows.select_related("by").order_by("-at", "-id"):
        if row.kind == HouseActKind.IMPORT_UNDONE:
            undone.add(row.details["import"])
        elif str(row.pk) not in undone:
            return row
    return None


@transaction.atomic
def take_back(number: int, *, by: User, at: datetime) -> tuple[int, int]:
    """Deactivate what an import made, as far as nobody logged in yet; answers how many, and how many stay.

    Raises: NoSuchImport. Nothing is deleted: names stay taken.
    """
    row = last_import(at)
    if row is None or row.pk != number:
        raise NoSuchImport
    made = User.objects.select_for_update().filter(
        username__in=row.details["names"], is_active=True
    )
    fresh = [user for user in made if user.last_login is None]
    User.objects.filter(pk__in=[user.pk for user in fresh]).update(is_active=False)
    stay = len(row.details["names"]) - len(fresh)
    reason = _("%(n)s deactivated, %(stay)s stay") % {"n": len(fresh), "stay": stay}
    more = {"reason": reason, "import": str(number), "names": [user.username for user in fresh]}
    noted(HouseActKind.IMPORT_UNDONE, by=by, at=at, about=row.about, **more)
    return len(fresh), stay
