"""What a list of workers would do to a collective case: row by row, error by cell, before anything is written."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from casework.models import Case, Party, Side
from casework.rules.checks import identity_number_ok, phone_normal
from casework.sheets import Line

HEADS = {
    "name": ("姓名", "职工姓名", "员工姓名", "工人姓名", "name"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "phone", "telephone", "mobile"),
    "identity_number": ("身份证", "身份证号", "身份证号码", "公民身份号码", "idnumber", "identitynumber"),
    "amount_yuan": (
        "金额", "请求金额", "欠薪", "欠薪金额", "拖欠工资", "拖欠金额", "应付金额", "未付金额", "amount", "sum",
    ),
    "bank_account": ("银行卡", "银行卡号", "银行账号", "账号", "工资卡号", "bankaccount", "account"),
    "bank_name": ("开户行", "开户银行", "bank"),
}  # fmt: skip
TOTALS = ("合计", "总计", "小计", "共计", "total")
HEAD_WITHIN = 10  # a list may carry a title above its heads
LONGEST_NAME = 60
MOST_YUAN = Decimal("10000000")
UNIT = re.compile(r"[（(].*?[)）]")  # "金额（元）"


@dataclass(frozen=True, slots=True)
class Member:
    """A row that can be taken over. `party` is set when the worker already stands in the case."""

    line: int
    name: str
    phone: str = ""
    identity_number: str = ""
    bank_account: str = ""
    bank_name: str = ""
    amount_yuan: Decimal | None = None
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a cell, or why a row is left out. `place` as the office program shows it: B7."""

    place: str
    words: str
    value: str = ""


@dataclass(slots=True)
class Checked:
    """The dry run: who would be added, whose sum would be set, what is wrong, what is there already."""

    members: list[Member] = field(default_factory=list)
    errors: list[Trouble] = field(default_factory=list)
    duplicates: list[Trouble] = field(default_factory=list)
    skipped: list[Trouble] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def new(self) -> list[Member]:
        """Workers who are not in the case yet."""
        return [each for each in self.members if each.party is None]

    @property
    def known(self) -> list[Member]:
        """Workers of the case who get their own sum from the list."""
        return [each for each in self.members if each.party is not None]

    @property
    def total_yuan(self) -> Decimal:
        """The sum of the rows that can be taken over, in yuan."""
        return sum((each.amount_yuan or Decimal() for each in self.members), Decimal())


def check_list(case: Case, lines: Sequence[Line]) -> Checked:
    """Read a list as members of a case. Writes nothing; the same rows give the same answer."""
    found = Checked()
    at, columns = _columns(lines, found)
    if not columns:
        return found
    standing = _standing(case)
    seen: dict[tuple[str, ...], int] = {}
    for line in lines[at + 1 :]:
        if _plain(_cell(line, columns, "name")) in TOTALS or _plain(line.cells[0]) in TOTALS:
            found.skipped.append(Trouble(line.place(0), _("a total, no worker")))
            continue
        if (member := _member(line, columns, found)) is not None:
            _keep(member, line, columns["name"], found, standing, seen)
    return found


def _columns(lines: Sequence[Line], found: Checked) -> tuple[int, dict[str, int]]:
    """Where the heads stand, and which column holds what."""
    for at, line in enumerate(lines[:HEAD_WITHIN]):
        named = [_known(cell) for cell in line.cells]
        if "name" in named:
            found.unread = [
                cell for cell, name in zip(line.cells, named, strict=True) if cell and not name
            ]
            return at, {name: named.index(name) for name in dict.fromkeys(named) if name}
    first = lines[0]
    found.errors.append(
        Trouble(
            first.place(0),
            _("No column is headed 姓名 (name)."),
            " ".join(filter(None, first.cells))[:60],
        )
    )
    return 0, {}


def _known(head: str) -> str:
    bare = _plain(UNIT.sub("", unicodedata.normalize("NFKC", head)))
    return next((name for name, words in HEADS.items() if bare in words), "")


def _plain(text: str) -> str:
    return re.sub(r"[\s*:_]", "", unicodedata.normalize("NFKC", text)).casefold()


def _cell(line: Line, columns: dict[str, int], name: str) -> str:
    at = columns.get(name)
    return line.cells[at] if at is not None and at < len(line.cells) else ""


def _member(line: Line, columns: dict[str, int], found: Checked) -> Member | None:
    """The row as a member; every wrong cell is named, and the row left out."""
    before = len(found.errors)

    def wrong(name: str, words: str) -> None:
        value = _cell(line, columns, name)
        shown = value if name in ("name", "amount_yuan") else f"…{value[-4:]}"
        found.errors.append(Trouble(line.place(columns.get(name, 0)), words, shown))

    name = _cell(line, columns, "name")
    if not name:
        wrong("name", _("The name is missing."))
    elif len(name) > LONGEST_NAME:
        wrong("name", _("This is too long for a name."))
    phone = _phone(_cell(line, columns, "phone"))
    if phone is None:
        wrong(
            "phone", _("This telephone number is not complete. A mobile number has 11 digits.")
        )
    identity = _cell(line, columns, "identity_number").upper().replace(" ", "")
    if identity and not identity_number_ok(identity):
        wrong("identity_number", _identity_words(identity))
    yuan, problem = _yuan(_cell(line, columns, "amount_yuan"))
    if problem:
        wrong("amount_yuan", problem)
    if len(found.errors) > before:
        return None
    return Member(
        line.number, name, phone or "", identity, _cell(line, columns, "bank_account").replace(" ", ""),
        _cell(line, columns, "bank_name"), yuan,
    )  # fmt: skip


def _phone(typed: str) -> str | None:
    return phone_normal(typed) if typed else ""


def _identity_words(typed: str) -> str:
    if "E+" in typed or typed.endswith("000"):
        return _(
            "The office program has cut this number: format the column as text and fill it in again."
        )
    return _("This identity number does not fit its check digit.")


def _yuan(typed: str) -> tuple[Decimal | None, str]:
    """A sum in yuan, and what is wrong with it. "12,000.00", "¥12000", "12000元" are the same."""
    bare = re.sub(r"[\s,，¥￥元]", "", unicodedata.normalize("NFKC", typed))
    if not bare:
        return None, ""
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return None, _("This is no sum of money.")
    if not value.is_finite() or value < 0 or value > MOST_YUAN:
        return None, _("A sum lies between 0 and 10,000,000 yuan.")
    if round(value, 2) != value and abs(round(value, 2) - value) > Decimal("0.0000001"):
        return None, _("A sum has at most two decimals.")
    return round(value, 2), ""


def _standing(case: Case) -> list[Party]:
    rows = Party.objects.filter(case=case, side=Side.WORKER, left_on__isnull=True)
    return list(rows.select_related("person").prefetch_related("claims").order_by("id"))


def _keep(
    member: Member,
    line: Line,
    column: int,
    found: Checked,
    standing: Iterable[Party],
    seen: dict[tuple[str, ...], int],
) -> None:
    """Into the members, unless the same worker stands in the list or in the case already."""
    for key in _keys(member):
        if key in seen:
            words = _("the same worker as in row %(row)s") % {"row": seen[key]}
            found.duplicates.append(Trouble(line.place(column), words, member.name))
            return
    for key in _keys(member):
        seen[key] = line.number
    party = next((row for row in standing if _same(member, row)), None)
    if party is None:
        found.members.append(member)
        return
    own = [claim.amount_yuan for claim in party.claims.all() if claim.amount_yuan is not None]
    if own or member.amount_yuan is None:
        words = _("already in the case as %(ref)s") % {"ref": party.ref}
        found.duplicates.append(Trouble(line.place(column), words, member.name))
        return
    found.members.append(
        Member(member.line, member.name, amount_yuan=member.amount_yuan, party=party)
    )


def _keys(member: Member) -> list[tuple[str, ...]]:
    """By what two rows are the same worker: the number; else name and telephone; else the name alone."""
    if member.identity_number:
        return [("id", member.identity_number)]
    if member.phone:
        return [("phone", member.name, member.phone)]
    return [("name", member.name)]


def _same(member: Member, party: Party) -> bool:
    person = party.person
    if person is None:
        return False
    if member.identity_number and person.identity_number:
        return member.identity_number == person.identity_number.strip().upper()
    if member.name != person.name:
        return False
    return not (member.phone and person.phone) or member.phone == phone_normal(person.phone)
