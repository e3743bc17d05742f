"""Databases for tests: clones of one migrated template, seen as the app role, never flushed."""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import pytest_django
from django.test import TransactionTestCase

from config.server import door, scratch
from tests import order
from tests.settled import HOME, PREFIX, own


def pytest_configure() -> None:
    """A transactional test works in a clone of its own; nothing is ever flushed."""
    TransactionTestCase._fixture_setup = classmethod(_enter_clone)  # type: ignore[method-assign]
    TransactionTestCase._fixture_teardown = _leave_clone  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest begin first, the rest in its random order: no worker ends alone with a long one."""
    items[:] = order.dealt(items, getattr(config, "workerinput", {}).get("workercount", 1))


def pytest_collection_finish() -> None:
    """What was imported stays: the collector of garbage need not look through it again and again.

    Nor after every 700 new objects, of which one page makes thousands.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _enter_clone(cls: type) -> None:
    cls._own = ExitStack()  # type: ignore[attr-defined]
    cls._own.enter_context(scratch.scratch(own("own"), source=HOME.source))  # type: ignore[attr-defined]


def _leave_clone(self: TransactionTestCase) -> None:
    type(self)._own.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """One clone for all tests of this process that roll back; who bears no mark may not touch it."""
    with ExitStack() as rooms:
        with django_db_blocker.unblock():
            rooms.enter_context(door.open_database())
            scratch.drop_abandoned(PREFIX)
            rooms.enter_context(scratch.scratch(f"{PREFIX}{os.getpid()}"))
        yield


@pytest.fixture(scope="session")
def settled_source(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[str]:
    """The settled database of this process: made when the first test asks for it."""
    with ExitStack() as rooms:
        with django_db_blocker.unblock():
            source = rooms.enter_context(HOME.settled())
        yield source


@pytest.fixture
def settled() -> None:
    """For a test that finds districts, offices, routes and the standing cast in its database."""


@pytest.fixture
def at_home(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> None:
    """Be in the right database before the test's transaction begins there."""
    wanted = "settled" in request.fixturenames
    source = request.getfixturevalue("settled_source") if wanted else ""
    with django_db_blocker.unblock():
        HOME.move(source)


@pytest.fixture
def _django_db_helper(at_home: None, _django_db_helper: None) -> None:
    """pytest-django's own, which every test with a database goes through: after `at_home`."""


@pytest.fixture(scope="session", autouse=True)
def fonts_of_the_checkout(django_test_environment: None) -> None:
    """Fonts are cut once for the checkout: a test that moves the paper files does not move them."""
    from documents import fonts

    os.environ.setdefault("WUFANG_FONTS", str(fonts.folder()))


@pytest.fixture
def own_database(transactional_db: None) -> str:
    """The address of this test's own database: for threads and processes that race in it."""
    return os.environ["DATABASE_URL"]
