"""Work that begins by the clock: called as procrastinate's worker calls it, with its `timestamp`."""

import inspect
from datetime import date

import pytest
from procrastinate.contrib.django import app

from casework import clock
from documents.models import Report
from mediation.engine import jobs

MONDAY = clock.instant(date(2026, 3, 9), 8)
EVERY = {row.task.name: row.task for row in app.periodic_registry.periodic_tasks.values()}


def test_the_house_has_its_hours():
    asked = {"climb", "nearly_due", "liaison_digest", "keep_week", "keep_month"}
    assert asked < set(EVERY)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("name", EVERY)
def test_work_by_the_clock_is_done(name, settings, tmp_path, monkeypatch):
    """What does not take its `timestamp` fails on its hour, night after night, and nobody hears it."""
    settings.WUFANG_FILES = tmp_path
    monkeypatch.setattr(jobs, "close_old_connections", bool)  # in one transaction
    task, facts = EVERY[name], {"timestamp": int(MONDAY.timestamp())}
    if task.pass_context:
        inspect.signature(task.func).bind(None, **facts)
        return
    with clock.held_at(MONDAY):
        task(**facts)
    assert Report.objects.count() == name.startswith("keep_")
