"""A town: cases that stand at every stage of the journey, so that every page has a state to show."""

import os
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from casework.access.context import system
from casework.models import Booking
from mediation.rehearsal import stage
from mediation.rehearsal.reader import Lines
from tests.browser import linkage

PAID, ANSWERS = (
    "程锦川",
    "吕长河",
)  # a worker with days of payment; one whose firm has its own door
STORIES = settings.ROOT / "tests" / "scenarios"
ALL = tuple(range(1, 36))  # `make nightly` asks for every act
CUTS = ALL if os.environ.get("WUFANG_TOWN") == "all" else (2, 8, 11, 19, 24)


def build(cuts=CUTS):
    """Play the story of the twelve workers up to each cut, the one that defaults to its end, and the linkage."""
    whole = stage.load(STORIES / "s01.yaml")
    for cut in cuts:
        _play(replace(whole, acts=whole.acts[:cut], until=None, expect=nothing_expected()))
    _play(stage.load(STORIES / "s07.yaml"))
    linkage.build()


def _play(story):
    player = stage.player(story)
    player.queues = ["clocks"]  # the papers of these cases wait: that is a state of its own
    player.play()
    with (
        transaction.atomic(),
        system("test"),
    ):  # the same people, on the same day, in the next case
        Booking.objects.filter(released=False).update(released=True)


def nothing_expected():
    """Expectations of a story that stops half-way."""
    nothing = Lines()
    nothing.lines = {}
    return nothing
