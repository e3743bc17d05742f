"""A list of team members from a workbook or CSV: read, checked cell by cell, imported only when nothing is wrong."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from casework.commands import team as file
from casework.commands.base import CommandRefused
from casework.models import District, Team, User
from casework.sheets import Line as Read

HEAD = ("姓名", "登录名", "队伍", "区县", "单位", "电话")
TEAMS = {"信息员": Team.INFORMATION, "监督员": Team.LAW, "检查员": Team.PROTECTION}
MOST_ROWS = 300
SALT = "teams.onboarding"
LOGIN = re.compile(r"^[a-z][a-z0-9._-]{2,39}$")


class CheckAgain(CommandRefused):
    """Choose the file again: the check is older than an hour."""


class WrongHead(CommandRefused):
    """The first line must read: 姓名, 登录名, 队伍, 区县, 单位, 电话."""


class TooManyRows(CommandRefused):
    """Three hundred rows at once are enough: divide the list."""


@dataclass
class Line:
    """One row of the list with what is wrong in it, by column."""

    number: int
    cells: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """Column, cell and error, in the order of the columns."""
        return [(name, self.cells[name], self.wrong.get(name, "")) for name in HEAD]


def lines_of(table: list[Read]) -> list[Line]:
    """The rows below the head. Raises: WrongHead, TooManyRows."""
    if tuple(table[0].cells[: len(HEAD)]) != HEAD:
        raise WrongHead(field="file")
    if len(table) - 1 > MOST_ROWS:
        raise TooManyRows(field="file")
    return [
        Line(row.number, dict(zip(HEAD, [*row.cells, *[""] * len(HEAD)], strict=False)))
        for row in table[1:]
    ]


def check(lines: list[Line], on: date, *, within: District | None) -> list[Line]:
    """Write into each line what is wrong with it: unknown words, names taken, names twice."""
    places = {row.name: row for row in District.objects.on(on)}
    names = [line.cells["登录名"] for line in lines]
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    for line in lines:
        place = places.get(line.cells["区县"])
        if not line.cells["姓名"]:
            line.wrong["姓名"] = _("A name is needed.")
        if said := _login(line.cells["登录名"], names, taken):
            line.wrong["登录名"] = said
        if line.cells["队伍"] not in TEAMS:
            line.wrong["队伍"] = _("One of: %(names)s") % {"names": "、".join(TEAMS)}
        if place is None:
            line.wrong["区县"] = _("No district is called so.")
        elif within is not None and place.pk != within.pk:
            line.wrong["区县"] = _("This is not your district.")
    return lines


def _login(login: str, names: list[str], taken: set[str]) -> str:
    if not LOGIN.fullmatch(login):
        return _("Small letters and digits, three at least.")
    if login in taken:
        return _("This user name is taken.")
    return _("This user name stands in the list twice.") if names.count(login) > 1 else ""


def pledge(lines: list[Line]) -> str:
    """The checked list, signed, for the second step: what was shown is what is imported."""
    return signing.dumps([line.cells for line in lines], salt=SALT, compress=True)


def pledged(words: str) -> list[Line]:
    """The list of a pledge. Raises: CheckAgain."""
    try:
        rows = signing.loads(words, salt=SALT, max_age=3600)
    except signing.BadSignature as error:
        raise CheckAgain(field="file") from error
    return [Line(number, cells) for number, cells in enumerate(rows, 2)]


@transaction.atomic
def bring_in(
    lines: list[Line], *, on: date, by: User, at: datetime
) -> list[tuple[str, str, str]]:
    """Make every account of the list or none; answers name, user name and starting password, once."""
    places = {row.name: row for row in District.objects.on(on)}
    made = []
    for line in lines:
        cells = line.cells
        firms = [name.strip() for name in re.split(r"[;；、]", cells["单位"]) if name.strip()]
        _member, password = file.join(
            username=cells["登录名"], name=cells["姓名"], team=TEAMS[cells["队伍"]],
            district=places[cells["区县"]], firms=firms, phone=cells["电话"], on=on, by=by, at=at,
        )  # fmt: skip
        made.append((cells["姓名"], cells["登录名"], password))
    return made
