"""The cockpit as a workbook: the same figures, fixed columns, every text a text and never a formula."""

import io
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from casework.statistics import hiding
from documents.facts.d33 import ReportFacts
from mediation.desks.figures import FIGURES
from mediation.desks.workbook import sheet


def xlsx_of(found: dict[str, Any], today: date) -> bytes:
    """The bytes of the workbook; `found` is what the cockpit's page prints."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    head = [_("Figure"), f"{today:%Y-%m-%d}"]
    sheet(book, _("Today"), head, [[str(tile["title"]), tile["n"]] for tile in found["tiles"]])
    sheet(
        book, _("Districts"), [_("District"), _("Running"), _("Overdue"), _("In time")],
        [[row["name"], row["n"], row["late"], row["rate"]] for row in found["districts"]],
    )  # fmt: skip
    sheet(
        book, _("Answers"), [_("Agency"), _("Referred"), _("Mean (working days)"), _("In time")],
        [[row["name"], row["sent"], row["mean"], row["rate"]] for row in found["agencies"]],
    )  # fmt: skip
    sheet(
        book, _("Causes"), [_("Cause"), _("Cases")],
        [[row["name"], row["n"]] for row in found["causes"]["rows"]],
    )  # fmt: skip
    sheet(
        book, _("Industries"), [_("Industry"), _("Cases")],
        [[row["name"], row["n"]] for row in found["industries"]["rows"]],
    )  # fmt: skip
    sheet(
        book, _("12 months"), [_("Measure"), *(bar["words"][:7] for bar in found["trend"][0]["bars"])],
        [[row["title"], *(float(bar["words"][8:]) for bar in row["bars"])] for row in found["trend"]],
    )  # fmt: skip
    sheet(
        book, _("Definitions"), [_("Figure"), _("What it counts")],
        [[str(each.title), str(each.formula)] for each in FIGURES.values()],
    )  # fmt: skip
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def outside_xlsx(found: dict[str, Any], today: date) -> bytes:
    """The workbook that may leave the house: three tables of counts, small cells hidden, no lists, no rates.

    The tables share their total and no cell. Where a total is hidden no name stands in the table: another
    table may tell the same total, and with the number of names that could tell their numbers.
    """
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    causes = {row["name"]: row["n"] for row in found["causes"]["every"]}
    tables = (
        (_("Districts"), _("District"), {row["name"]: row["n"] for row in found["districts"]}),
        (_("Causes"), _("Cause"), causes),
        (_("Answers"), _("Agency"), {row["name"]: row["sent"] for row in found["agencies"]}),
    )
    for title, head, counts in tables:
        whole = hiding.total(counts)
        told = {} if whole == "*" else hiding.shown(counts)
        rows: list[list[Any]] = [[name, _number(words)] for name, words in told.items()]
        rows.append([_("All"), _number(whole)])
        sheet(book, title, [head, f"{today:%Y-%m-%d}"], rows)
    words = _("An asterisk stands for a number under %(n)s, or for one that would tell it.")
    sheet(book, _("Definitions"), ["*", words % {"n": hiding.LEAST}], [])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _number(words: str) -> int | str:
    plain = words.replace(",", "")
    return int(plain) if plain.isdigit() else words


def frozen_xlsx(facts: ReportFacts) -> bytes:
    """A kept report as a workbook: its measures, its charts, and what each measure counts."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    lines = [
        [row.code, row.name, row.unit, _number(row.value), _number(row.before), row.change]
        for row in facts.rows
    ]
    period = f"{facts.first:%Y-%m-%d} – {facts.last:%Y-%m-%d}"
    head = [_("Code"), _("Figure"), _("Unit"), period, _("Period before"), _("Change")]
    sheet(book, _("Report"), head, lines)
    for number, chart in enumerate(facts.charts, 1):
        bars: list[list[Any]] = [[bar.label, _number(bar.shown)] for bar in chart.bars]
        sheet(book, f"{number} {chart.title}", [chart.title, chart.unit], bars)
    words = [[line.code, line.name, line.definition] for line in facts.measures]
    words += [["", "", note] for note in facts.notes]
    sheet(book, _("Definitions"), [_("Code"), _("Figure"), _("What it counts")], words)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
