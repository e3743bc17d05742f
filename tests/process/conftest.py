"""A house with offices and people, as the stories know them."""

from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import transaction

from casework import clock
from casework.access.context import system
from casework.models import User
from mediation.rehearsal import cast


def instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return clock.instant(moment.date(), moment.hour, moment.minute)


def settle() -> dict[str, User]:
    """Districts, offices, routes and the standing cast in this database."""
    call_command("seed_reference", verbosity=0)
    with transaction.atomic(), system("test"):
        return cast.hire(cast.standing())


@pytest.fixture
def people(db):
    return settle()


@pytest.fixture
def own_people(own_database):
    return settle()
