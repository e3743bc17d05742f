"""Who leads between two provinces: the place of performance before the employer's seat."""

import pytest

from casework.rules.leading import lead_of


@pytest.mark.parametrize(
    ("performed", "seat", "who"),
    [
        (True, None, "WE"), (True, False, "WE"), (False, True, "THEY"), (False, None, "THEY"),
        (None, True, "WE"), (None, False, "THEY"), (None, None, "UNKNOWN"),
    ],
)  # fmt: skip
def test_the_place_of_performance_leads_before_the_employers_seat(performed, seat, who):
    found = lead_of(performed_here=performed, seat_here=seat)
    assert found.who == who
    assert "21" in found.article
    assert ("跟踪至办结" in found.why) == (who == "THEY")
