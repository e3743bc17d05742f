"""A house with offices and people, as the stories know them."""

from datetime import datetime

import pytest

from casework import clock
from casework.models import User
from tests.settled import inhabitants


def instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return clock.instant(moment.date(), moment.hour, moment.minute)


@pytest.fixture
def people(settled, db) -> dict[str, User]:
    return inhabitants()


@pytest.fixture
def own_people(settled, own_database) -> dict[str, User]:
    return inhabitants()
