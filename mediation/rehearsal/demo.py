"""The demo of `make run`: one story played into the house itself, once, resumed when interrupted."""

import json
import os
import secrets
from pathlib import Path
from typing import cast as typed

from django.conf import settings
from django.db import transaction

from casework import tracking
from casework.access.context import acting, system
from casework.clock import now
from casework.models import Case, Person, User
from mediation.models import Played
from mediation.rehearsal import cast, stage
from mediation.rehearsal.report import Report

WORDS = 3


class DemoOnly(Exception):
    """The demo plays into a demo house only (WUFANG_DEMO=1): its logins are written in a file."""


def play(path: Path | None = None) -> Played:
    """Play what is not played yet; its `table` says what happened. Raises: DemoOnly."""
    if not settings.WUFANG_DEMO:
        raise DemoOnly(DemoOnly.__doc__)
    story = stage.load(path or settings.WUFANG_DEMO_STORY)
    with transaction.atomic(), system("demo"):
        progress, _new = Played.objects.get_or_create(story=story.name)
    if progress.finished_at is None:
        player = stage.player(
            story, lambda number, case_id: remember(story.name, number, case_id)
        )
        report = player.play(skip=progress.acts, case_id=progress.case_id)
        _write_logins(report)
        with transaction.atomic(), system("demo"):
            Played.objects.filter(story=story.name).update(
                finished_at=now(), table=report.words()
            )
    return Played.objects.get(story=story.name)


def remember(story: str, number: int, case_id: int | None) -> None:
    """In the act's own transaction: an act is played and remembered, or neither."""
    Played.objects.filter(story=story).update(acts=number + 1, case_id=case_id)


def _write_logins(report: Report) -> None:
    """Set a password for everybody and write them, with a tracking code, into a 0600 file."""
    rows = {}
    for person in cast.standing():
        password = "-".join(secrets.token_hex(2) for _word in range(WORDS))
        with transaction.atomic(), system("demo"):
            user = User.objects.get(username=person["username"])
            user.set_password(password)
            user.save()
        rows[person["username"]] = {
            "name": person["name"],
            "roles": person["roles"],
            "password": password,
        }
    code, tail = _tracking_code()
    _write(
        {
            "logins": rows,
            "tracking": {"code": code, "phone_last_four": tail, "case": report.case},
        }
    )


def _tracking_code() -> tuple[str, str]:
    """A fresh code for the applicant of the newest case, with the last four digits to enter."""
    with transaction.atomic(), system("demo"):
        case = Case.objects.latest("opened_at")
        applicants = case.parties.filter(is_applicant=True, person__isnull=False)
        party = applicants.select_related("person").order_by("ref")[:1].get()
        person = typed("Person", party.person)
    with transaction.atomic(), acting(case.pk, None):
        code = tracking.make_code(case=case, party=party, by=None, at=now())
    return code, person.phone[-4:]


def _write(data: object) -> None:
    folder = Path(settings.WUFANG_DEMO_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / ".logins.json"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=2)
    fresh.replace(folder / "logins.json")
