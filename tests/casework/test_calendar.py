"""A published year is loaded: compared, stored, and what was provisional is counted anew."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from casework import clock
from casework.access.context import system
from casework.commands.calendar import NotASchedule, NotAYear, check_schedule, load_schedule
from casework.commands.deadlines import set_deadline
from casework.commands.recount import recount
from casework.models import CalendarDay, CalendarLoad, CalendarYear, Deadline, Event, Timer
from casework.queries import calendar
from casework.rules.data import VALUES
from casework.rules.errors import ImpossibleDate
from mediation.engine import jobs
from tests.process.conftest import instant, own_people, people  # noqa: F401
from tests.process.journey import accepted
from tests.process.test_engine import race

pytestmark = pytest.mark.django_db
INVENTED = """
2027:
  source: 演练用放假安排〔2026〕1号
  holidays:
    - {name: 元旦, en: New Year, from: 01-01, to: 01-03, statutory: [01-01]}
    - {name: 春节, en: Spring Festival, from: 02-06, to: 02-13, statutory: [02-06, 02-07, 02-08, 02-09]}
  makeup: [01-09]
"""


def with_far_deadline(people):  # noqa: F811
    """A clock of thirty days whose last day, 2027-02-06, no schedule knows yet."""
    done = accepted(people)
    with transaction.atomic(), system("test"):
        return set_deadline(
            done.case, "A-01", start=date(2027, 1, 7), start_event="agreement_effective",
            by=people["dengchuan"], at=instant("2026-03-05 09:00"), ring="agreement.remind",
        )  # fmt: skip


def loaded(text=INVENTED, at="2026-11-05 09:00"):
    with transaction.atomic():
        return load_schedule(text, by=None, at=instant(at))


def test_a_provisional_deadline_moves_is_superseded_told_and_reported(people):  # noqa: F811
    row = with_far_deadline(people)
    assert (row.provisional, row.due) == (True, date(2027, 2, 8))
    with transaction.atomic(), system("test"):
        rang = row.timers.get().due_at
    report = recount(loaded().pk, at=instant("2026-11-05 09:05"))
    with transaction.atomic(), system("test"):
        fresh = Deadline.objects.get(supersedes=row)
        assert (fresh.provisional, fresh.due) == (False, date(2027, 2, 15))
        assert (
            Timer.objects.get(deadline=fresh, state="PENDING").due_at - rang
            == fresh.due - row.due
        )
        told = Event.objects.filter(case=row.case, kind="deadline.recounted").get()
    assert told.payload["was"] == "2027-02-08"
    assert told.payload["ground"] == "演练用放假安排〔2026〕1号"
    assert [(m["code"], m["before"], m["after"]) for m in report.moved] == [
        ("A-01", "2027-02-08", "2027-02-15")
    ]


def test_counting_anew_twice_moves_nothing_twice(people):  # noqa: F811
    with_far_deadline(people)
    load = loaded()
    recount(load.pk, at=instant("2026-11-05 09:05"))
    again = recount(load.pk, at=instant("2026-11-05 09:06"))
    assert len(again.moved) == 1


def test_the_job_of_the_worker_counts_anew(own_people):  # noqa: F811
    row = with_far_deadline(own_people)
    with transaction.atomic():
        load = load_schedule(INVENTED, by=None, at=instant("2026-11-05 09:00"))
        jobs.defer_recount(load.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'recount'")
        ((told,),) = cursor.fetchall()
    assert race(lambda: jobs.recount(**json.loads(told))) == [None]
    with transaction.atomic(), system("test"):
        assert CalendarLoad.objects.get(pk=load.pk).moved[0]["after"] == "2027-02-15"
        assert Deadline.objects.get(pk=row.pk).state == "SUPERSEDED"


def test_a_year_that_the_library_knows_is_compared_day_by_day(db):
    shipped = (VALUES / "calendar.yaml").read_text("utf-8")
    assert check_schedule(shipped).differences == ()
    wrong = shipped.replace("makeup: [02-04, 02-18,", "makeup: [02-18,")
    assert check_schedule(wrong).differences == (
        {"on": "2024-02-04", "file": "off", "library": "work"},
    )
    assert check_schedule(INVENTED).unchecked == (2027,)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("just words", NotASchedule),
        ("2027: {source: x}", NotASchedule),
        ("{a: [", NotASchedule),
        (INVENTED.replace("01-01, to: 01-03", "01-01, to: 02-30"), ImpossibleDate),
        (INVENTED.replace("02-06, to: 02-13", "02-06, to: 02-07"), NotAYear),
        (INVENTED.replace("source: 演练用放假安排〔2026〕1号", "source: ''"), NotASchedule),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_stored(text, refusal):
    with pytest.raises(refusal):
        loaded(text)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_corrected_year_replaces_the_first_one_whole(people):  # noqa: F811
    loaded()
    loaded(INVENTED.replace("makeup: [01-09]", "makeup: [01-16]"), at="2026-11-06 09:00")
    assert calendar.current().is_working(date(2027, 1, 16))
    assert not calendar.current().is_working(date(2027, 1, 9))
    assert calendar.current().is_statutory_holiday(date(2027, 2, 9))
    assert CalendarDay.objects.filter(on__year=2027).count() == 12


def test_sixty_days_before_the_horizon_ends_the_house_is_warned(people):  # noqa: F811
    assert not calendar.short_of(date(2026, 11, 1))
    assert calendar.short_of(date(2026, 11, 2))
    loaded()
    assert not calendar.short_of(date(2026, 11, 2))


def test_the_command_reports_case_code_before_and_after(people, tmp_path, capsys):  # noqa: F811
    row = with_far_deadline(people)
    file = tmp_path / "2027.yaml"
    file.write_text(INVENTED, "utf-8")
    with clock.held_at(instant("2026-11-05 09:00")):
        call_command("load_calendar", file, check=True)
        assert not CalendarYear.objects.filter(year=2027).exists()
        call_command("load_calendar", file)
    said = capsys.readouterr().out
    assert "2027: the library does not know this year yet" in said
    assert f"{row.case}  A-01  2027-02-08 -> 2027-02-15" in said
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_calendar", tmp_path / "nothing.yaml")
