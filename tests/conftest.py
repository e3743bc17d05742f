"""Databases for tests: clones of one migrated template, seen as the app role, never flushed."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.test import TransactionTestCase

from config.server import door, scratch

PREFIX = "wufang_test_"


def pytest_configure() -> None:
    """A transactional test works in a clone of its own; nothing is ever flushed."""
    TransactionTestCase._fixture_setup = classmethod(_enter_clone)  # type: ignore[method-assign]
    TransactionTestCase._fixture_teardown = _leave_clone  # type: ignore[method-assign]


def _enter_clone(cls: type) -> None:
    cls._own = ExitStack()  # type: ignore[attr-defined]
    cls._own.enter_context(scratch.scratch(f"{PREFIX}{os.getpid()}_own"))  # type: ignore[attr-defined]


def _leave_clone(self: TransactionTestCase) -> None:
    type(self)._own.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: object) -> Iterator[None]:
    """One clone for all tests of this process that roll back."""
    with django_db_blocker.unblock(), door.open_database():  # type: ignore[attr-defined]
        scratch.drop_abandoned(PREFIX)
        with scratch.scratch(f"{PREFIX}{os.getpid()}"):
            yield


@pytest.fixture(scope="session", autouse=True)
def fonts_of_the_checkout(django_test_environment: None) -> None:
    """Fonts are cut once for the checkout: a test that moves the paper files does not move them."""
    from documents import fonts

    os.environ.setdefault("WUFANG_FONTS", str(fonts.folder()))


@pytest.fixture
def own_database(transactional_db: None) -> str:
    """The address of this test's own database: for threads and processes that race in it."""
    return os.environ["DATABASE_URL"]
