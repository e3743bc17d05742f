"""A data folder of its own for each module: a path with a space, open to any account."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.server import places, postgres


@pytest.fixture(scope="module")
def data_folder(django_db_setup: None) -> Iterator[Path]:  # first: it reads the true folder
    top = Path(tempfile.mkdtemp(prefix="wf ", dir="/var/tmp"))
    top.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WUFANG_DATA", str(top / "data"))
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("DATABASE_OWNER_URL", raising=False)
        yield places.make_data()
        postgres.stop()
    shutil.rmtree(top)


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
