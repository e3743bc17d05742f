"""D32: the cover and the catalogue of a file, in the order of the house."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from casework import clock
from casework.commands.keeping import rule_for, rule_of
from casework.models import Case, Keeping
from documents.facts.d32 import PieceLine
from documents.gather import common
from documents.gather.closing import OUTCOMES
from documents.gather.common import Source
from documents.models import Paper
from documents.scans import Scan, of_case

# 一案一档: the order in which papers lie in the file (cover and catalogue come before them).
ORDER = (
    "D01", "D08", "D27", "D28", "D35", "D02", "D25", "D26", "D05", "D09", "D10", "D11", "D12",
    "D15", "D14", "D13", "D16", "D17", "D34", "D18", "D19", "D20", "D06", "D03", "D04", "D07",
    "D22", "D23", "D24", "D37", "D21", "D38", "D36", "D29", "D30", "D31",
)  # fmt: skip


SEALED = ("D36",)  # 副卷: what the house tells itself; parties and agencies do not read it


def pieces(case: Case, *, sealed: bool = False) -> list[Paper]:
    """The papers that stand, as they lie in the main or in the sealed volume."""
    rows = Paper.objects.filter(case=case, life="VALID", code__in=ORDER)
    rows = rows.filter(code__in=SEALED) if sealed else rows.exclude(code__in=SEALED)
    return sorted(rows, key=lambda row: (ORDER.index(row.code), row.issued_at, row.pk))


def laid(case: Case) -> list[Paper | Scan]:
    """The main volume as it lies: each paper, and behind it the scans of what was signed of it."""
    papers, scans = pieces(case), of_case(case)
    own = {(row.code, row.subject_id): place for place, row in enumerate(papers)}
    of_code = {row.code: place for place, row in enumerate(papers)}
    after = [
        own.get((scan.code, scan.subject_id), of_code.get(scan.code, -1)) for scan in scans
    ]
    found: list[Paper | Scan] = [
        scan for scan, place in zip(scans, after, strict=True) if place < 0
    ]
    for number, paper in enumerate(papers):
        found.append(paper)
        found += [scan for scan, place in zip(scans, after, strict=True) if place == number]
    return found


def counts(case: Case) -> dict[bool, int]:
    """How many papers and scans lie in the main (False), how many papers in the sealed (True) volume."""
    codes = Paper.objects.filter(case=case, life="VALID", code__in=ORDER).values_list(
        "code", flat=True
    )
    sealed = [code in SEALED for code in codes]
    return {False: sealed.count(False) + len(of_case(case)), True: sealed.count(True)}


def retention(case: Case, on: date) -> str:
    """How long the file is kept: its class as it was put away; of a file still on the desk, as of a day."""
    kept = Keeping.objects.filter(case=case).first()
    rule = rule_of(kept) if kept else rule_for(case, outcome=case.outcome, on=on)
    return rule.words


def volume(source: Source) -> dict[str, Any]:
    """D32 of the main volume. A piece that is still being printed has no pages: it is named."""
    case = source.case
    one, other = common.sides(case)
    return {
        "office": common.issuer(source).name,
        "case_number": common.number(case),
        "ticket_no": case.ticket_no,
        "cause": common.cause(case),
        "applicants": common.names(one) or ("匿名来电人",),
        "respondents": common.names(other),
        "group_size": max(len(one), 1),
        "mediators": common.mediators(case),
        "manager": case.manager.display_name if case.manager else "",
        "opened_on": clock.day(case.opened_at),
        "accepted_on": case.accepted_on,
        "closed_on": case.closed_on,
        "outcome": OUTCOMES.get(case.outcome, case.outcome),
        "archived_on": clock.day(source.at),
        "archivist": source.by.display_name if source.by else "",
        "retention": retention(case, clock.day(source.at)),
        "pieces": lines(laid(case)),
    }


class Piece(Protocol):
    """What the catalogue says of a piece."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def number(self) -> str:
        """Its number, if it has one."""

    @property
    def issued_on(self) -> date:
        """The day that it bears."""

    @property
    def pages(self) -> int:
        """How many pages it has."""


def lines(rows: Sequence[Piece]) -> tuple[PieceLine, ...]:
    """The catalogue of pieces: each with its pages, counted from the first."""
    found, page = [], 1
    for place, row in enumerate(rows, 1):
        last = page + row.pages - 1
        found.append(
            PieceLine(
                place=place,
                title=row.title,
                number=row.number,
                on=row.issued_on,
                first=page,
                last=last,
            )
        )
        page = last + 1
    return tuple(found)
