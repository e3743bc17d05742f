"""The screens speak Chinese, whole: no text is missing, and refusals are among them."""

import subprocess
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, override

from casework.commands.base import CommandRefused
from casework.commands.visits import NotVisited
from config.management.commands import list_refusals

CATALOGUE = Path(settings.ROOT) / "config" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def test_nothing_is_untranslated_or_fuzzy():
    done = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", "/dev/null", str(CATALOGUE)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "untranslated" not in done.stderr
    assert "fuzzy" not in done.stderr


def test_the_list_of_refusals_is_fresh():
    names = {}
    exec(compile(list_refusals.listing(), "listing", "exec"), names)  # noqa: S102
    from config.refusals import WORDS

    assert set(names["WORDS"]) == set(WORDS)


def test_a_refusal_is_said_in_the_language_of_the_page():
    with override("zh-hans"):
        assert str(NotVisited()) == "回访之后再归档，或在三天里试过三次。"
    with override("en"):
        assert str(NotVisited()).startswith("Archive after")


def test_every_refusal_has_words():
    def below(kind):
        return [kind, *(each for child in kind.__subclasses__() for each in below(child))]

    with override("zh-hans"):
        silent = [
            each.__name__
            for each in below(CommandRefused)
            if gettext(" ".join((each.__doc__ or "").split())).isascii()
        ]
    assert silent == []
