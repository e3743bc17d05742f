"""The cockpit as a workbook: the same figures, fixed columns, every text a text and never a formula."""

import io
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from casework.statistics import hiding
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

    The tables share their total and no cell, so what one hides the others do not tell.
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
        rows: list[list[Any]] = [
            [name, _number(words)] for name, words in hiding.shown(counts).items()
        ]
        rows.append([_("All"), _number(hiding.total(counts))])
        sheet(book, title, [head, f"{today:%Y-%m-%d}"], rows)
    words = _("An asterisk stands for a number under %(n)s, or for one that would tell it.")
    sheet(book, _("Definitions"), ["*", words % {"n": hiding.LEAST}], [])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _number(words: str) -> int | str:
    return int(words) if words.isdigit() else words
