"""Whatever is typed: an answer inside the calendar, or one sentence that says why not."""

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.rules.__main__ import main
from casework.rules.calculators import calculate, definitions, names
from casework.rules.calendar import from_schedule, official
from casework.rules.catalogue import seed
from casework.rules.data import FIRST, LAST
from casework.rules.deadlines import due
from casework.rules.errors import EndBeforeStart, RuleError
from casework.rules.limitation import CLAIMS, Event, assess
from casework.rules.limitation_clock import KINDS
from casework.rules.periods import Pause
from casework.rules.triage import Facts, propose
from tests.rules.cases import cases

CALENDAR = official()
law = cases(200)
SENTENCES = {error.__doc__.strip().rstrip(".") for error in RuleError.__subclasses__()}
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["2026-02-30", "2026-02-28", "1949-09-30", "2101-01-01", "9999-12-31", "0001-01-01",
         "2026-03-02T14:05", "2026-03-02T14:05+14:00", "-1", "1e400", "1e-400", "NaN", "Infinity",
         "0.001", "99999999999999", "\uff11\uff12", "两江新区", "成都市", "LABOUR_REMUNERATION"]
    ),
)  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), WORDS,
    st.dates(), st.datetimes(timezones=st.sampled_from([None, UTC])), st.just(10**5000),
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
CODES = st.one_of(st.sampled_from(seed().codes()), st.text(max_size=6), st.just("GEN-x"))
DAYS = st.dates(date(1949, 10, 1), date(2100, 12, 31))


def refused(error):
    """A refusal is the sentence of its kind, on one line, in both languages."""
    words = str(error)
    assert "\n" not in words
    assert words.endswith(".")
    assert type(error).__doc__.strip().rstrip(".") in words
    assert error.message_zh.endswith("。")


@law
@given(
    CODES, SCALARS, st.one_of(st.none(), SCALARS), st.one_of(st.none(), WORDS), st.booleans()
)
def test_any_question_about_a_deadline(code, start, length, unit, extended):
    try:
        found = due(code, start, calendar=CALENDAR, length=length, unit=unit, extended=extended)
    except RuleError as error:
        refused(error)
        return
    last = found.due.date() if isinstance(found.due, datetime) else found.due
    assert FIRST <= last <= LAST


@law
@given(
    st.sampled_from(("minute", "hour", "calendar_day", "working_day", "month", "year")),
    st.integers(-5, 10**6),
    st.one_of(DAYS, st.datetimes(datetime(1949, 10, 2), datetime(2100, 12, 31))),  # noqa: DTZ001
)
def test_spans_up_to_a_million_years(unit, length, start):
    try:
        found = due("GEN-x", start, calendar=CALENDAR, length=length, unit=unit)
    except RuleError as error:
        refused(error)
        return
    assert found.due >= found.raw > (start if isinstance(found.raw, datetime) else found.start)
    assert found.due.year <= LAST.year


@st.composite
def inputs(draw):
    """The right keys of a calculator with any values, now and then a key too many or too few."""
    name = draw(st.sampled_from(names()))
    keys = [key.rstrip("?") for key in definitions()[name]["inputs"]]
    found = {key: draw(st.one_of(JSON, SCALARS)) for key in keys}
    if draw(st.integers(0, 9)) == 0:
        found.pop(draw(st.sampled_from(keys)))
    if draw(st.integers(0, 9)) == 0:
        found[draw(st.text(max_size=4))] = 1
    return name, found


@law
@given(inputs())
def test_any_inputs_of_any_calculator(question):
    name, given_ = question
    try:
        found = calculate(name, given_)
    except RuleError as error:
        refused(error)
        return
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


GOOD = {
    "money": st.decimals(0, 10**9, places=2).map(str),
    "hours": st.integers(0, 100),
    "count": st.integers(0, 40),
    "date": DAYS.map(date.isoformat),
    "flag": st.booleans(),
    "text": st.sampled_from(("渝中区", "石柱县", "两江新区")),
    "claim": st.sampled_from(CLAIMS),
    "events": st.lists(
        st.fixed_dictionaries({"date": DAYS.map(str), "kind": st.sampled_from(KINDS)}),
        max_size=4,
    ),
    "sums": st.lists(st.integers(0, 10**6), min_size=1, max_size=4),
    "offers": st.lists(
        st.fixed_dictionaries(
            {key: st.integers(0, 10**6) for key in ("claimed", "floor", "offered")}
            | {"item": st.text(max_size=4)}
        ),
        min_size=1,
        max_size=3,
    ),
}


@law
@given(st.data())
def test_sensible_inputs_in_any_combination(data):
    name = data.draw(st.sampled_from(names()))
    kinds = definitions()[name]["inputs"]
    given_ = {
        key.rstrip("?"): data.draw(GOOD[kind])
        for key, kind in kinds.items()
        if not key.endswith("?") or data.draw(st.booleans())
    }
    try:
        found = calculate(name, given_)
    except RuleError as error:
        refused(error)
        return
    assert len(found["steps"]) == len(found["steps_en"]) > 1
    wanted = {key.rstrip("?") for key in definitions()[name]["results"] if key.isidentifier()}
    assert wanted <= set(found)


@law
@given(
    st.sampled_from(CLAIMS),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), DAYS),
    st.lists(st.tuples(DAYS, st.sampled_from(KINDS)), max_size=6),
    DAYS,
)
def test_any_chain_of_events(claim, knew, ended, events, as_of):
    try:
        found = assess(
            claim=claim, knew_on=knew, terminated_on=ended,
            events=[Event(on, kind) for on, kind in events], as_of=as_of, calendar=CALENDAR,
        )  # fmt: skip
    except RuleError as error:
        refused(error)
        return
    if found.status == "RUNNING":
        assert found.days_left == (found.expires_on - as_of).days >= 0
    if found.status == "EXPIRED":
        assert found.days_past == (as_of - found.expires_on).days > 0
    if found.expires_on is not None:
        assert CALENDAR.is_working(found.expires_on)
    assert len(found.chain) <= len(events)


@law
@given(DAYS, DAYS)
def test_a_pause_runs_forwards(since, until):
    try:
        Pause(since, until)
    except EndBeforeStart:
        assert until < since


@law
@given(st.dictionaries(st.one_of(st.integers(1900, 2200), WORDS), JSON, max_size=2))
def test_any_schedule_file(content):
    try:
        made = from_schedule(content)
    except RuleError as error:
        refused(error)
        return
    assert set(made.years) == {int(year) for year in content}


@law
@given(
    st.lists(WORDS, max_size=2),
    st.lists(WORDS, max_size=2),
    WORDS,
    WORDS,
    st.integers(-5, 10**7),
)
def test_any_facts_for_triage(classes, causes, wish, contract, size):
    try:
        made = propose(
            Facts(
                classes=tuple(classes),
                causes=tuple(causes),
                wish=wish,
                contract=contract,
                group_size=size,
            )
        )
    except RuleError as error:
        refused(error)
        return
    assert made["group"].outcome in ("SINGLE", "LINKED", "COLLECTIVE")


@cases(100)
@given(
    st.sampled_from(("due", "calc")),
    st.lists(
        st.one_of(
            WORDS,
            st.sampled_from(
                ("--json", "--length", "3", "--inputs", "{}", "M-03", "severance_n", "[" * 3000)
            ),
        ),
        max_size=5,
    ),
)
def test_any_words_after_the_command(command, words):
    try:
        code = main([command, *words])
    except SystemExit as left:
        code = left.code
    assert code in (0, 2)


def test_yesterday_and_tomorrow_of_the_calendar():
    for day, code in ((LAST, "GEN-x"), (LAST - timedelta(days=1), "M-03")):
        try:
            due(code, day, calendar=CALENDAR, length=15, unit="calendar_day")
        except RuleError as error:
            refused(error)
        else:
            raise AssertionError(day)
