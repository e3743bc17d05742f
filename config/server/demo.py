"""The demo of `make run`: one case played from the call to the last instalment, once."""

import json
import os
import subprocess
import sys

from config.server import accounts, places, supervise

DONE = "done"


class PlayFailed(Exception):
    """The demo did not play to its end; `make run` goes on where it stopped."""


def was_played() -> bool:
    """Whether this data folder holds the demo's people, whose passwords lie in a file."""
    return (places.data() / "demo").exists()


def was_laid_out() -> bool:
    """Whether the play has come to its very end: logins written, papers laid out."""
    return (places.data() / "demo" / DONE).exists()


def where_to_look() -> list[str]:
    """Who may log in, and where the passwords and the papers lie."""
    folder = places.data() / "demo"
    logins = folder / "logins.json"
    people = json.loads(logins.read_text("utf-8"))["logins"] if logins.exists() else {}
    names = [
        f"  {name:14} {each['name']} ({', '.join(each['roles'])})"
        for name, each in people.items()
    ]
    papers = folder / "papers"
    return [
        "",
        "Logins:",
        *names,
        f"Passwords and the worker's tracking code: {logins}",
        *([f"Papers (PDF): {papers}"] if papers.is_dir() else []),
        f"Text messages are not sent; their codes stand in {places.logs() / 'worker.log'}",
    ]


def play(who: accounts.Identity, *, open_cases: bool) -> None:
    """Play what is not played yet, before the served pump and worker start. Raises: PlayFailed.

    With `open_cases` the desks are filled too.

    It runs in a process of its own, as the app role and the account of web and workers, so that
    papers and files come into the same hands as later ones.
    """
    places.for_web("demo")
    played = subprocess.run(
        [sys.executable, "manage.py", "play_demo", *(["--open-cases"] if open_cases else [])],
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=places.CHECKOUT,
        env=supervise.environment(WUFANG_DEMO="1"),
        preexec_fn=supervise.end_with_parent(os.getpid()),
        **who,
    )
    if played.returncode != 0:
        raise PlayFailed(PlayFailed.__doc__)
