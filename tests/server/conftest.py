"""A data folder of its own for each module: a path with a space, open to any account."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_django

from config.server import places, postgres
from tests.settled import HOME


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder for data whose path has a space and which any account may enter."""
    top = Path(tempfile.mkdtemp(prefix="wf ", dir="/var/tmp"))
    top.chmod(0o755)
    try:
        yield top / "data"
    finally:
        shutil.rmtree(top)


@pytest.fixture(scope="module")
def data_folder(
    django_db_setup: None,  # first: it reads the true folder
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> Iterator[Path]:
    with django_db_blocker.unblock():
        HOME.move("")  # who moves later would bring the true addresses back
    with open_folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("WUFANG_DATA", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("DATABASE_OWNER_URL", raising=False)
        yield places.make_data()
        postgres.stop()


@pytest.fixture
def server(data_folder: Path) -> Path:
    """The embedded server, running; answers the cluster's folder."""
    postgres.start()
    return postgres.cluster()


@pytest.fixture
def new_folder(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that no other test has touched; no server runs in it."""
    monkeypatch.setenv("WUFANG_DATA", tempfile.mkdtemp(prefix="new ", dir=data_folder.parent))
    return places.data()
