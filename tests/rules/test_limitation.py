"""Limitation of labour claims: 劳动争议调解仲裁法 article 27, paragraph by paragraph."""

from datetime import date

import pytest

from casework.rules.calculators import calculate
from casework.rules.calendar import official
from casework.rules.double_pay import double_pay_claimable
from casework.rules.errors import BadEventChain, BadInput, DateOutOfRange
from casework.rules.limitation import Event, assess

CALENDAR = official()
WINDOW = (date(2024, 7, 1), date(2025, 5, 31))


def state(claim="OTHER", knew=date(2025, 3, 3), ended=None, events=(), as_of=date(2025, 6, 2)):
    return assess(
        claim=claim, knew_on=knew, terminated_on=ended, events=events, as_of=as_of,
        calendar=CALENDAR,
    )  # fmt: skip


def test_27_1_one_year_from_knowledge():
    found = state(as_of=date(2026, 2, 2))
    assert (found.status, found.expires_on, found.days_left) == (
        "RUNNING",
        date(2026, 3, 3),
        29,
    )
    assert found.values() == {
        "status": "RUNNING", "expires_on": "2026-03-03", "colour": "red", "days_left": 29,
        "provisional": False,
    }  # fmt: skip


def test_27_1_the_last_day_off_moves_on():
    """2025-02-16 + 1 year is in the Spring Festival of 2026 (02-15 to 02-23)."""
    assert state(knew=date(2025, 2, 16)).expires_on == date(2026, 2, 24)


def test_27_1_on_the_last_day_it_still_runs_and_on_the_next_it_is_over():
    on, after = state(as_of=date(2026, 3, 3)), state(as_of=date(2026, 3, 4))
    assert (on.status, on.days_left, on.urgent) == ("RUNNING", 0, True)
    assert (after.status, after.days_past, after.days_left, after.colour) == (
        "EXPIRED", 1, None, "red",
    )  # fmt: skip
    assert not after.urgent
    assert after.values()["days_past"] == 1


def test_27_2_a_claim_on_the_other_side_starts_a_new_year():
    events = [Event(date(2025, 9, 1), "INTERRUPT", "书面催要", "快递底单")]
    found = state(events=events, as_of=date(2026, 3, 4))
    assert (found.status, found.expires_on) == ("RUNNING", date(2026, 9, 1))
    (link,) = found.chain
    assert link.proved
    assert link.as_json() == {
        "date": "2025-09-01", "kind": "INTERRUPT", "cause": "书面催要", "evidence": "快递底单",
        "effect": "INTERRUPTED", "expires_on": "2026-09-01",
    }  # fmt: skip
    assert "证据：快递底单" in " ".join(found.steps_zh)
    assert "proof: 快递底单" in " ".join(found.steps_en)


def test_27_2_the_promise_to_pay_before_expiry_interrupts_too():
    found = state(events=[Event(date(2025, 9, 1), "AGREE_TO_PERFORM")])
    assert found.expires_on == date(2026, 3, 3)  # later than the day of the look: not yet known
    found = state(events=[Event(date(2025, 9, 1), "AGREE_TO_PERFORM")], as_of=date(2025, 9, 2))
    assert found.expires_on == date(2026, 9, 1)
    assert not found.chain[0].proved
    assert not found.needs_lawyer


def test_27_2_an_interruption_on_the_last_day_still_counts_and_one_day_later_does_not():
    last = state(events=[Event(date(2026, 3, 3), "INTERRUPT")], as_of=date(2026, 3, 9))
    late = state(events=[Event(date(2026, 3, 4), "INTERRUPT")], as_of=date(2026, 3, 9))
    assert (last.status, late.status) == ("RUNNING", "EXPIRED")
    assert last.expires_on == date(2027, 3, 3)
    assert late.chain[0].effect == "TOO_LATE"


def test_27_3_a_suspension_adds_its_days():
    events = [
        Event(date(2025, 4, 1), "SUSPEND_START", "住院"),
        Event(date(2025, 5, 1), "SUSPEND_END"),
    ]
    found = state(events=events)
    assert (found.expires_on, found.suspended_days) == (date(2026, 4, 2), 30)
    assert found.values()["suspended_days"] == 30
    assert [(each.effect, each.expires_on) for each in found.chain] == [
        ("SUSPENDED", None),
        ("RESUMED", date(2026, 4, 2)),
    ]


def test_27_3_while_it_is_suspended_there_is_no_last_day():
    found = state(events=[Event(date(2025, 4, 1), "SUSPEND_START")])
    assert (found.status, found.expires_on, found.days_left, found.suspended_days) == (
        "SUSPENDED", None, 336, 62,
    )  # fmt: skip
    assert "provisional" not in found.values()
    assert found.chain[0].as_json()["expires_on"] is None


def test_27_3_a_suspension_that_began_before_the_period_counts_from_its_start():
    events = [
        Event(date(2025, 1, 1), "SUSPEND_START"),
        Event(date(2025, 3, 13), "SUSPEND_END"),
    ]
    assert state(events=events).suspended_days == 10
    over = [
        Event(date(2025, 1, 1), "SUSPEND_START"),
        Event(date(2025, 2, 1), "SUSPEND_END"),
    ]
    assert state(events=over).expires_on == date(2026, 3, 3)


def test_27_3_two_suspensions_that_meet_on_one_day_add_up():
    events = [
        Event(date(2025, 4, 1), "SUSPEND_START"),
        Event(date(2025, 4, 11), "SUSPEND_END"),
        Event(date(2025, 4, 11), "SUSPEND_START"),
        Event(date(2025, 4, 21), "SUSPEND_END"),
    ]
    assert state(events=events).suspended_days == 20


def test_an_interruption_while_suspended_starts_the_year_when_the_obstacle_ends():
    events = [
        Event(date(2025, 4, 1), "SUSPEND_START"),
        Event(date(2025, 5, 1), "INTERRUPT"),
        Event(date(2025, 5, 11), "SUSPEND_END"),
    ]
    found = state(events=events)
    assert (found.expires_on, found.suspended_days) == (date(2026, 5, 11), 10)


@pytest.mark.parametrize("kinds", [("SUSPEND_END",), ("SUSPEND_START", "SUSPEND_START")])
def test_a_suspension_has_one_start_and_then_one_end(kinds):
    events = [Event(date(2025, 4, 1 + i), kind) for i, kind in enumerate(kinds)]
    with pytest.raises(BadEventChain):
        state(events=events)


def test_events_before_the_period_change_nothing():
    found = state(events=[Event(date(2025, 1, 6), "INTERRUPT")])
    assert found.expires_on == date(2026, 3, 3)
    assert found.chain[0].effect == "TOO_EARLY"


def test_after_expiry_a_promise_is_for_a_lawyer_and_nothing_else_counts():
    events = [
        Event(date(2026, 3, 10), "AGREE_TO_PERFORM"),
        Event(date(2026, 3, 12), "SUSPEND_START"),
        Event(date(2026, 3, 13), "SUSPEND_END"),
    ]
    found = state(events=events, as_of=date(2026, 3, 20))
    assert (found.status, found.needs_lawyer) == ("EXPIRED", True)
    assert [each.effect for each in found.chain] == ["PROMISE_TOO_LATE", "TOO_LATE", "TOO_LATE"]
    assert found.values()["needs_lawyer"] is True


def test_27_4_pay_is_not_limited_while_employment_lasts():
    lasting = state(claim="LABOUR_REMUNERATION", knew=date(2020, 1, 1))
    leaving = state(claim="LABOUR_REMUNERATION", ended=date(2025, 12, 31))
    assert lasting.status == leaving.status == "NOT_RUNNING"
    assert (lasting.expires_on, lasting.colour, lasting.urgent) == (None, "grey", False)


def test_27_4_after_employment_one_year_from_its_end():
    """S05: ended 2026-03-20, the year ends on a Saturday of 2027 whose schedule is not out."""
    found = state(
        claim="LABOUR_REMUNERATION", knew=date(2025, 12, 31), ended=date(2026, 3, 20),
        as_of=date(2026, 4, 7),
    )  # fmt: skip
    assert (found.expires_on, found.provisional) == (date(2027, 3, 22), True)


def test_27_4_is_not_for_the_double_pay_gap_which_is_a_penalty():
    found = state(claim="DOUBLE_WAGE_GAP", knew=date(2024, 5, 6), ended=None)
    assert (found.status, found.expires_on) == ("EXPIRED", date(2025, 5, 6))


def test_without_the_day_of_knowledge_it_is_unknown_never_safe():
    found = state(knew=None)
    assert (found.status, found.colour) == ("UNKNOWN", "grey")


def test_a_period_that_begins_later_has_not_begun():
    assert state(knew=date(2025, 7, 1)).status == "NOT_RUNNING"


@pytest.mark.parametrize(
    ("left", "colour"), [(91, "green"), (90, "yellow"), (31, "yellow"), (30, "red"), (7, "red")]
)
def test_colours_by_days_left(left, colour):
    as_of = date.fromordinal(date(2026, 3, 3).toordinal() - left)
    found = state(as_of=as_of)
    assert (found.days_left, found.colour, found.urgent) == (left, colour, left <= 7)


def test_claims_and_events_have_fixed_kinds():
    with pytest.raises(BadInput):
        state(claim="REVENGE")
    with pytest.raises(BadInput):
        state(events=[Event(date(2025, 4, 1), "PRAYER")])


def test_beyond_the_calendar_is_refused():
    with pytest.raises(DateOutOfRange):
        state(knew=date(2100, 6, 1), as_of=date(2100, 6, 2))


def test_the_calculator_reads_the_chain_from_data():
    found = calculate(
        "limitation",
        {
            "claim": "SEVERANCE", "knew_on": "2025-03-03", "as_of": "2025-06-02",
            "events": [{"date": "2025-04-01", "kind": "INTERRUPT", "cause": "仲裁", "evidence": "收件回执"}],
        },
    )  # fmt: skip
    assert found["expires_on"] == "2026-04-01"


@pytest.mark.parametrize(
    ("mode", "claimed", "left"),
    [
        ("per_month_back", date(2025, 9, 1), (date(2024, 9, 1), date(2025, 5, 31))),
        ("per_month_back", date(2025, 5, 1), WINDOW),
        ("per_month_back", date(2026, 5, 31), (date(2025, 5, 31), date(2025, 5, 31))),
        ("per_month_back", date(2026, 6, 1), None),
        ("from_end", date(2026, 6, 1), WINDOW),  # 2026-05-31 is a Sunday
        ("from_end", date(2026, 6, 2), None),
        ("from_month_two", date(2025, 7, 1), WINDOW),
        ("from_month_two", date(2025, 7, 2), None),
    ],
)
def test_the_double_pay_setting(mode, claimed, left):
    """Which days of double pay are inside limitation differs by place: a setting, marked U."""
    assert double_pay_claimable(WINDOW, claimed, mode, CALENDAR) == left


def test_an_unknown_double_pay_setting_is_refused():
    with pytest.raises(BadInput):
        double_pay_claimable(WINDOW, date(2025, 9, 1), "never", CALENDAR)


def test_the_first_day_of_the_period_is_already_running():
    assert state(knew=date(2025, 6, 2), as_of=date(2025, 6, 2)).status == "RUNNING"
    pay = state(claim="LABOUR_REMUNERATION", ended=date(2025, 6, 2), as_of=date(2025, 6, 2))
    assert (pay.status, pay.days_left) == ("RUNNING", 365)


def test_an_event_of_today_and_one_of_the_first_day_count():
    today = state(events=[Event(date(2025, 6, 2), "INTERRUPT")], as_of=date(2025, 6, 2))
    assert today.expires_on == date(2026, 6, 2)
    first = state(events=[Event(date(2025, 3, 3), "INTERRUPT", "催要")])
    assert [each.effect for each in first.chain] == ["INTERRUPTED"]


def test_an_expired_period_still_says_how_long_it_was_suspended_and_whether_it_is_provisional():
    events = [
        Event(date(2026, 4, 1), "SUSPEND_START"),
        Event(date(2026, 4, 11), "SUSPEND_END"),
        Event(date(2027, 6, 1), "INTERRUPT"),
    ]
    found = state(knew=date(2026, 3, 2), events=events, as_of=date(2027, 6, 2))
    assert (found.status, found.suspended_days, found.provisional) == ("EXPIRED", 10, True)
    assert found.values()["provisional"] is True
    assert [each.event for each in found.chain] == events
    settled = state(as_of=date(2026, 6, 2))
    assert (settled.suspended_days, settled.provisional) == (0, False)
    running = state(knew=date(2026, 3, 2), events=events, as_of=date(2026, 5, 1))
    assert (running.suspended_days, running.provisional) == (10, True)
