"""The rehearsal's report is read by people: nothing twice, nothing as a code."""

from datetime import UTC, datetime

from mediation.rehearsal.report import Line, counted


def test_what_came_often_is_said_once():
    assert counted(["D09", "D10", "D09", "D29", "D09"]) == "D09 ×3、D10、D29"
    assert counted([]) == ""


def test_columns_stand_below_each_other_whatever_the_script():
    at = datetime(2026, 3, 10, 1, 20, tzinfo=UTC)
    words = [
        Line(at, who, "登记来电", papers="D01", status="REGISTERED").words()
        for who in ("覃晓月", "韦嘉", "system")
    ]
    widths = {sum(2 if ord(char) > 0x2E7F else 1 for char in each) for each in words}
    assert len(widths) == 1
    assert words[0].startswith("2026-03-10 09:20")
