"""Grass-roots platforms by file: what they send us, what we answer; what we send them, what they answer.

By program the same goes over the exchange (`/api/v1/exchange/matters/`, `referrals/`). Both ways end in the
same steps, so a number that came once does not come again whichever way it takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import acting, system
from casework.commands.base import CommandRefused
from casework.events import Kind, record
from casework.ids import new_id
from casework.models import Case, Inbound, Pack, Referral, User, Way
from casework.queries.duplicates import possible
from casework.referral_protocol import State
from mediation.engine import run
from mediation.engine.errors import Invalid, NotFound, NotYours
from mediation.exchange import platform_files as files
from mediation.forms.inbound import RegisterForm
from mediation.forms.paper_reply import waiting

PLATFORMS = ("PLATFORM_141", "HOTLINE_12345", "HOTLINE_12348")
NEW, KNOWN, TWICE, WRONG, DONE = "NEW", "KNOWN", "TWICE", "WRONG", "DONE"
OF_A_CELL = {"names": "name", "employers": "employer", "claims": "amount_yuan"}
FAULTS = (CommandRefused, Invalid, NotFound, NotYours)


@dataclass(slots=True)
class Line:
    """One row of a file: what would become of it, or became of it."""

    row: int
    number: str
    state: str
    case_id: int | None = None
    words: list[str] = field(default_factory=list)


def dry_run(agency: str, data: bytes, *, by: User, at: datetime) -> list[Line]:
    """Each row with what is wrong in it, cell by cell, and what it repeats. Changes nothing.

    Raises: NotATable, ColumnMissing.
    """
    rows = files.read(data, files.MATTER_COLUMNS)
    known, seen = _known(agency), set[str]()
    found = []
    for number, row in enumerate(rows, 2):  # row 1 names the columns
        line = Line(number, row.get("number", ""), NEW)
        key = f"{line.number}|{_matter(row)}"
        if key in known:
            line.state, line.case_id = KNOWN, known[key]
        elif key in seen:
            line.state = TWICE
        elif problems := _problems(agency, row, by, at):
            line.state, line.words = WRONG, problems
        else:
            line.words = _like(row, at)
        seen.add(key)
        found.append(line)
    return found


def bring_in(agency: str, data: bytes, *, by: User, at: datetime) -> list[Line]:
    """Register what is new and right, row by row; the others say why not. The same file again adds nothing.

    Raises: NotATable, ColumnMissing.
    """
    lines = dry_run(agency, data, by=by, at=at)
    rows = files.read(data, files.MATTER_COLUMNS)
    for line, row in zip(lines, rows, strict=True):
        if line.state != NEW:
            continue
        told = _as_form(agency, row)
        try:
            with transaction.atomic():
                done = run.start(node="inbound.register", by=by, data=told, at=at)
            line.state, line.case_id = DONE, done.case.pk
        except FAULTS as error:
            line.state, line.words = WRONG, _said(error)
    return lines


def _known(agency: str) -> dict[str, int]:
    """What this platform has sent before, by number and matter, whoever may see the case."""
    with system("platform"):
        rows = Inbound.objects.filter(agency_id=agency)
        return {f"{row.number}|{row.matter}": row.case_id for row in rows}


def _matter(row: Mapping[str, str]) -> str:
    return row.get("matter") or "RIGHTS_COMPLAINT"


def _as_form(agency: str, row: Mapping[str, str]) -> dict[str, Any]:
    """A row as somebody would fill in the form of a matter from outside."""
    claims = [{"item": row.get("item", ""), "amount_yuan": row.get("amount_yuan", "")}]
    return {
        "agency": agency, "number": row.get("number", ""), "matter": _matter(row),
        "procedure": "TRANSFERRED", "sent_on": row.get("sent_on", ""),
        "district": row.get("district", ""), "cause": row.get("cause", ""),
        "names": [{"name": row.get("name", ""), "phone": row.get("phone", "")}],
        "employers": [
            {"name": row.get("employer", ""), "credit_code": row.get("credit_code", "")}
        ],
        "claims": claims if row.get("item") or row.get("amount_yuan") else [],
        "facts": row.get("facts", ""), "asked": row.get("asked", ""),
    }  # fmt: skip


def _problems(agency: str, row: Mapping[str, str], by: User, at: datetime) -> list[str]:
    form = RegisterForm(_as_form(agency, row), by=by, at=at, case=Case(pk=new_id()))
    return [] if form.is_valid() else _cells(form)


def _cells(form: Any) -> list[str]:
    """What is wrong, by the name of the column."""
    heads = {code: name for name, code in reversed(files.MATTER_COLUMNS.items())}
    return [
        f"{heads.get(OF_A_CELL.get(name, name), name)}: {' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
    ]


def _like(row: Mapping[str, str], at: datetime) -> list[str]:
    """Cases that may be the same matter: a fact for whoever imports, never a block."""
    firm = row.get("employer", "")
    found = possible(phone=row.get("phone", ""), name=row.get("name", ""), employer=firm, at=at)
    return [_("may be the same as %(case)s") % {"case": each.case} for each in found]


def _said(error: Exception) -> list[str]:
    if isinstance(error, Invalid):
        return _cells(error.form)
    return [" ".join((str(error) or type(error).__doc__ or "").split())]


def results(agency: str) -> bytes:
    """Where each matter of this platform stands, with its own number: the file that goes back."""
    rows = Inbound.objects.filter(agency_id=agency).select_related("case").order_by("id")
    return files.write(
        ("工单编号", "事项", "工会编号", "状态", "承办人", "预计办结", "缺少材料", "理由", "结果", "说明", "办结日期"),
        [
            (row.number, row.matter, row.case.ticket_no, row.get_state_display(), row.handler,
             row.expected_on, "；".join(row.missing), row.reason, row.result, row.result_text,
             row.result_on)
            for row in rows
        ],
    )  # fmt: skip


def outgoing(agency: str, *, by: User, at: datetime) -> bytes:
    """The open packs of this platform's referrals as a file; each case's ledger keeps that it was taken."""
    found: list[Sequence[Any]] = []
    for row in _open_referrals(agency):
        pack = Pack.objects.filter(referral=row, closed_at=None).order_by("-number").first()
        if pack is None or pack.expires_on < clock.day(at):
            continue
        with acting(row.case_id, by):
            record(row.case, Kind.REFERRAL_ON_FILE, by=by, at=at, referral=str(row.pk),
                   agency=agency, pack=pack.sha256)  # fmt: skip
        told = pack.fields
        firms = "、".join(each["name"] for each in told.get("employer", []))
        found.append((
            row.number, row.matter, "；".join(row.asked.splitlines()), "、".join(told.get("names", [])),
            told.get("phone", ""), firms, told.get("facts", ""), pack.expires_on, pack.sha256,
        ))  # fmt: skip
    head = (
        "转办文号",
        "事项",
        "办理要求",
        "姓名",
        "联系电话",
        "用人单位",
        "诉求内容",
        "有效期至",
        "数据包指纹",
    )
    return files.write(head, found)


def _open_referrals(agency: str) -> list[Referral]:
    states = [each.value for each in (State.SENT, State.SIGNED, State.ACCEPTED)]
    rows = Referral.objects.filter(agency_id=agency, state__in=states)
    return list(rows.select_related("case").order_by("id"))


def answers(agency: str, data: bytes, *, by: User, at: datetime) -> list[Line]:
    """What the platform answers to our referrals, row by row, as an answer on paper moves them.

    Raises: NotATable, ColumnMissing.
    """
    found = []
    for number, row in enumerate(files.read(data, files.ANSWER_COLUMNS), 2):
        line = Line(number, row.get("letter", ""), DONE)
        sent = _sent(agency, line.number)
        if sent is None:
            line.state, line.words = WRONG, [_("We have sent nothing under this number.")]
        else:
            line.case_id = sent.case_id
            if said := _answer(sent, row, by, at):
                line.state, line.words = WRONG, said
        found.append(line)
    return found


def _sent(agency: str, number: str) -> Referral | None:
    rows = Referral.objects.filter(agency_id=agency, number=number).exclude(number="")
    return rows.select_related("case", "agency").first()


def _answer(sent: Referral, row: Mapping[str, str], by: User, at: datetime) -> list[str]:
    """Carry out one answer; what is wrong with it, if something is."""
    data = _reply(sent, row)
    try:
        with transaction.atomic():
            run.start(node="reply.record", by=by, data=data, at=at, case_id=sent.case_id)
    except FAULTS as error:
        return _said(error)
    return []


def _reply(sent: Referral, row: Mapping[str, str]) -> dict[str, Any]:
    mine = [each for each in waiting(sent.case) if each.matter == sent.matter]
    key = sent.matter if len(mine) == 1 else f"{sent.matter}:{sent.pk}"
    what = row.get("what", "")
    return {
        **row, "referral_of": key, "what": files.ANSWER_WORDS.get(what, what), "way": Way.FILE,
        "said_by": row.get("said_by") or sent.agency.short,
        "missing": row.get("missing", "").replace("；", "\n"),
    }  # fmt: skip
