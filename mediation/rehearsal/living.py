"""The open cases of the demo house: stories moved to these weeks and played to their middle.

A moved story keeps its days of the week.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from casework import clock
from casework.access.context import system
from casework.models import Case
from mediation.models import Played
from mediation.rehearsal import stage
from mediation.rehearsal.demo import remember
from mediation.rehearsal.player import CannotGoOn
from mediation.rehearsal.reader import Lines
from mediation.rehearsal.story import Story

LIST = Path(__file__).with_name("living.yaml")
MIDDLE = 15  # the day that stands for a month named without one
DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
DAY_IN_WORDS = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")


@dataclass(frozen=True, slots=True)
class Living:
    """One open case: which story, how many of its acts, how many days ago the last at least."""

    name: str
    story: str
    acts: int
    ago: int
    instead: dict[str, str]


def listed() -> list[Living]:
    """The open cases of living.yaml."""
    rows: list[dict[str, Any]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return [Living(**row) for row in rows]


def play() -> str:
    """Play what is not played yet, from where it stopped; returns one line on what stands open."""
    cases = listed()
    for case in cases:
        with transaction.atomic(), system("demo"):
            progress, _new = Played.objects.get_or_create(story=case.name)
        if progress.finished_at is None:
            _play(case, progress)
    return str(_("%(count)s open cases stand on the desks.") % {"count": len(cases)})


def _play(case: Living, progress: Played) -> None:
    story = moved(case, _weeks(case, progress.case_id))
    player = stage.player(story, partial(remember, case.name))
    player.queues = ["clocks"]  # the house's own worker prints their papers
    with suppress(CannotGoOn):  # a day of rest bars an act: the case stands where it got to
        player.play(skip=progress.acts, case_id=progress.case_id)
    with transaction.atomic(), system("demo"):
        Played.objects.filter(story=case.name).update(
            finished_at=clock.now(), table=player.report.words()
        )


def _weeks(case: Living, case_id: int | None) -> timedelta:
    """How far the story's days are moved; for a case that was begun, as far as it was then."""
    acts = stage.load(_path(case)).acts
    if case_id is None:
        since = clock.today() - timedelta(days=case.ago) - clock.day(acts[case.acts - 1].at)
    else:
        with transaction.atomic(), system("demo"):
            opened = Case.objects.get(pk=case_id).opened_at
        since = clock.day(opened) - clock.day(acts[0].at)
    return timedelta(weeks=since // timedelta(weeks=1))


def moved(case: Living, by: timedelta) -> Story:
    """The story with its people renamed and its days moved, cut after its last wanted act."""
    whole = stage.load(_path(case), _edit(by, case.instead))
    acts = tuple(act for act in whole.acts[: case.acts] if act.at <= clock.now())
    nothing = Lines()
    nothing.lines = {}
    return replace(whole, name=case.name, acts=acts, until=None, expect=nothing)


def _path(case: Living) -> Path:
    return Path(settings.WUFANG_DEMO_STORY).with_name(f"{case.story}.yaml")


def _edit(by: timedelta, instead: dict[str, str]) -> Callable[[str], str]:
    """Rename, then move every day: 2026-03-05, 2026年3月5日, 2026年3月."""

    def iso(found: re.Match[str]) -> str:
        year, month, day = (int(each) for each in found.groups())
        return (date(year, month, day) + by).isoformat()

    def in_words(found: re.Match[str]) -> str:
        year, month = int(found[1]), int(found[2])
        to = date(year, month, int(found[3] or MIDDLE)) + by
        return f"{to.year}年{to.month}月" + (f"{to.day}日" if found[3] else "")

    def edit(text: str) -> str:
        for old, new in instead.items():
            text = text.replace(old, new)
        return DAY_IN_WORDS.sub(in_words, DAY.sub(iso, text))

    return edit
