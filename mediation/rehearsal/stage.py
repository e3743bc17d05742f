"""Sets the stage for a story: reference data, people, a player."""

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from casework.access.context import system
from mediation.rehearsal import cast
from mediation.rehearsal.player import Player
from mediation.rehearsal.story import Story
from mediation.rehearsal.story import load as load_story


def load(path: Path, edit: Callable[[str], str] = str) -> Story:
    """Read and check a story file, its text changed first by `edit`. Raises: BadStory."""
    return load_story(path, cast.names(), edit)


def player(
    story: Story, after: Callable[[int, int | None], None] = lambda _number, _case: None
) -> Player:
    """A player for a story, with districts, offices, routes, calendar and people in place."""
    call_command("seed_reference", verbosity=0)
    with transaction.atomic(), system("rehearsal"):
        people = cast.hire([*cast.standing(), *story.people])
    return Player(story, people, after)
