"""D33 counts by the day of the event; the command prints what the reporter may see."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from casework.access.context import system
from casework.models import Agreement, Case, Instalment, Share, User
from documents.facts.base import require
from documents.gather.statistics import period, report


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("day", date(2024, 2, 29), date(2024, 2, 29)),
        ("week", date(2024, 2, 26), date(2024, 3, 3)),
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(span, first, last):
    assert period(span, date(2024, 2, 29)) == (first, last)
    assert period("month", date(2025, 12, 31)) == (date(2025, 12, 1), date(2025, 12, 31))


def counted(facts):
    return {line.name: line for line in facts.measures}


def test_what_happened_in_the_month_is_counted_and_nothing_else(case):
    with system("test"):
        row = Agreement.objects.create(
            case=case, total_yuan="21000", drafted_at=case.at, effective_on=date(2026, 3, 25)
        )
        part = Instalment.objects.create(
            agreement=row, number=1, due_on=date(2026, 4, 8), amount_yuan="21000"
        )
        Share.objects.create(
            instalment=part, party=case.parties.get(ref="W01"), amount_yuan="21000"
        )
        other = Case.objects.create(
            ticket_no="CQ12351-20260228-0001", opened_at=case.at - timedelta(days=13),
            received_on=date(2026, 2, 28), accepted_on=date(2026, 2, 28), group_size=12,
            is_collective=True, main_cause="A02.01",
        )  # fmt: skip
        facts = report("month", date(2026, 3, 31), office="重庆市总工会", reporter="林书语")
    require(facts)
    rows = counted(facts)
    assert (rows["受理数"].value, rows["受理数"].before) == (1, 1)
    assert (rows["涉及人数"].value, rows["涉及人数"].before) == (1, other.group_size)
    assert (rows["集体争议数"].value, rows["集体争议数"].before) == (0, 1)
    assert rows["协议金额"].value == Decimal(21000)
    assert (rows["调解成功率"].part, rows["调解成功率"].whole) == (1, 1)
    assert [bar.value for bar in facts.charts[0].bars] == [0, 0, 0, 0, 1, 1]
    assert facts.title == "劳动争议调解统计月报"


def test_the_command_prints_it_and_refuses_who_sees_no_case(db, tmp_path):
    with system("test"):
        User.objects.create(username="seat", display_name="林书语", roles=["shift_lead"])
        User.objects.create(username="boss", display_name="管理", roles=["admin"])
    file = tmp_path / "report.pdf"
    call_command("report", "month", "2026-03-31", "seat", str(file), stdout=io.StringIO())
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    assert "2026年3月1日至2026年3月31日" in text
    with pytest.raises(CommandError, match="boss"):
        call_command("report", "month", "2026-03-31", "boss", str(file))
