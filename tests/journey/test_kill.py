"""kill -9 of everything at random instants of the journey: nothing lost, nothing doubled."""

import json
import os
import random
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from config.server import places, postgres, scratch
from tests.journey import house
from tests.server.conftest import data_folder, open_folder  # noqa: F401
from tests.settled import own

pytestmark = pytest.mark.slow(100)
KILLS = int(os.environ.get("WUFANG_KILLS", "4"))  # `make nightly` asks for more
SEED = int(os.environ.get("WUFANG_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
PATIENCE = 600.0  # a loaded machine takes its time


@pytest.fixture(scope="module")
def undisturbed(django_db_setup, django_db_blocker, tmp_path_factory):
    """What is there after a play that nobody kills, and its seconds; in a database migrated already."""
    log = tmp_path_factory.mktemp("undisturbed") / "whole.log"
    with (
        django_db_blocker.unblock(),
        scratch.scratch(own("undisturbed")),
        open_folder() as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("WUFANG_DATA", str(folder))
        places.make_data()
        return whole_play(log)


def whole_play(log: Path) -> tuple[house.Counts, float]:
    """Play to the end; what is there then, and the seconds of the play itself."""
    running = house.play(log)
    begun = wait_for_act(running, log, 1)
    while running.poll() is None and not (places.data() / "demo" / "papers").exists():
        time.sleep(0.05)  # what comes now is only laid out
    seconds = time.monotonic() - begun
    assert running.wait(PATIENCE) == 0, log.read_text()
    return house.count(), seconds


def wait_for_act(running, log: Path, number: int) -> float:
    """The instant at which so many acts are played, or the play has ended."""
    until = time.monotonic() + PATIENCE
    while running.poll() is None:
        assert time.monotonic() < until, log.read_text()
        with suppress(psycopg.OperationalError, FileNotFoundError):
            if house.acts() >= number:
                break
        time.sleep(0.01)
    return time.monotonic()


def kills(acts: int, seconds: float, tmp_path: Path) -> list[house.Instant]:
    """Kill everything, again and again: the instants lie anywhere from the first start to the last act."""
    chance = random.Random(SEED)  # noqa: S311 (a choice of instants)
    instants = []
    for number in range(1, KILLS + 1):
        place = (number - 1 + chance.random()) * acts / KILLS  # somewhere in its own part
        log = tmp_path / f"{number}.log"
        running = house.play(log)
        wait_for_act(running, log, int(place))
        time.sleep(place % 1 * seconds / acts)
        instants.append(house.kill(running, number))
    return instants


def told_once(log: Path) -> dict[str, object]:
    """What the play leaves to people: logins in a 0600 file, papers, and no password on screen."""
    demo = places.data() / "demo"
    logins = json.loads((demo / "logins.json").read_text())
    assert (demo / "logins.json").stat().st_mode & 0o777 == 0o600
    said = log.read_text()
    assert all(name in said for name in logins["logins"])
    assert not any(each["password"] in said for each in logins["logins"].values())
    assert logins["tracking"]["code"] not in said
    papers = sorted(path.name for path in (demo / "papers").iterdir())
    assert {"D01", "D03", "D12", "D14"} <= {name.split()[1] for name in papers}
    assert len(papers) == len({name.partition(" ")[0] for name in papers})
    return logins


def test_the_journey_survives_kill_9_at_any_instant(
    undisturbed,  # before the folder: it is played on the server of the tests
    data_folder,  # noqa: F811
    tmp_path,
    capsys,
):
    wanted, seconds = undisturbed
    acts = wanted["acts"]["played"]
    instants = kills(acts, seconds, tmp_path)
    last = house.play(tmp_path / "last.log")
    assert last.wait(PATIENCE) == 0, (tmp_path / "last.log").read_text()
    postgres.start()
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}, an undisturbed play takes {seconds:.1f} s\n")
        sys.stdout.writelines(each.row() + "\n" for each in instants)
    for each in instants:
        assert each.before == each.after, each.row()
        assert each.broken == [], each.row()
    assert house.count() == wanted
    assert house.ask(house.BROKEN) == []
    assert max(each.act for each in instants) > acts // 2, "no kill fell into the second half"
    logins = told_once(tmp_path / "last.log")
    postgres.stop()
    again = house.play(tmp_path / "again.log")
    assert again.wait(PATIENCE) == 0
    assert "Playing the demo" not in (tmp_path / "again.log").read_text()
    assert told_once(tmp_path / "again.log") == logins
    assert not postgres.is_running()
