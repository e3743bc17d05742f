"""Two installations exchange referrals over a line that fails in every way: none lost, none doubled.

WUFANG_REFERRALS says how many (a few in `make test`, 2,000 in `make exchange`, 10,000 at night).
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack

import pytest

from config.server import places
from tests.exchange.house import at_once, free_port, introduce, two_houses

pytestmark = pytest.mark.slow(45)
COUNT = int(os.environ.get("WUFANG_REFERRALS", "10"))
SEED = int(os.environ.get("WUFANG_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
PATIENCE = 120 + COUNT * 6.0
SENT = (
    "SELECT s.subject, r.state, r.result, s.said, s.heard FROM casework_strand s"
    " JOIN casework_referral r ON r.id = s.referral_id ORDER BY 1"
)
CAME = (
    "SELECT s.subject, i.state, CASE i.state WHEN 'RESULT' THEN i.result ELSE '' END, s.said, s.heard FROM casework_strand s"
    " JOIN casework_inbound i ON i.id = s.inbound_id ORDER BY 1"
)
EVENTS = "SELECT kind, count(*) FROM casework_event WHERE kind LIKE %s GROUP BY 1"
TWICE = (
    "SELECT kind, payload->>'referral', payload->>'inbound', count(*) FROM casework_event"
    " WHERE kind = ANY(%s) GROUP BY 1, 2, 3 HAVING count(*) > 1"
)
ONCE = [
    f"{who}.{what}" for who in ("referral", "inbound")
    for what in ("sent", "received", "signed", "accepted", "returned", "supplemented", "declined", "result", "withdrawn")
] + ["result.sent_back"]  # fmt: skip
UNDONE = (
    "SELECT state, count(*) FROM casework_outgoing WHERE state <> 'DELIVERED' GROUP BY 1"
    " UNION ALL SELECT 'in ' || state, count(*) FROM casework_incoming WHERE state = 'WAITING' GROUP BY 1"
    " UNION ALL SELECT 'enclosed', count(*) FROM casework_enclosed WHERE state = 'WAITING' GROUP BY 1"
)
ENCLOSED = "SELECT number, state, promised FROM casework_enclosed ORDER BY 1"
PRINTED = "SELECT id::text, sha256 FROM documents_paper WHERE state = 'READY'"
CHAINS = "SELECT c.id, p FROM casework_case c CROSS JOIN LATERAL chain_problems(c.id) p"


@pytest.fixture
def line(tmp_path):
    """The failing line: answers (open, close): open takes pairs of ports."""
    started = []

    def open_line(*pairs):
        words = [f"{listen}:{to}" for listen, to in pairs]
        made = subprocess.Popen(
            [sys.executable, "-m", "tests.exchange.faults", str(SEED), *words],
            cwd=places.CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(made)
        assert made.stdout.readline() == "ready\n"
        return made

    yield open_line
    for each in started:
        each.kill()
        each.communicate()


def until(what, house, patience):
    limit = time.monotonic() + patience
    while found := what():
        assert time.monotonic() < limit, f"{found}\n{house.logs()}"
        time.sleep(0.3)


def play(here, there):
    """The people of both houses at work, until all referrals have ended on both sides."""
    begun = time.monotonic()
    drivers = [
        here.start("-m", "tests.exchange.drive", "send", str(COUNT)),
        there.start("-m", "tests.exchange.drive", "answer", str(COUNT)),
    ]
    until(lambda: {None} <= {d.poll() for d in drivers} <= {None, 0}, there, PATIENCE)
    assert [d.returncode for d in drivers] == [0, 0], here.logs() + there.logs()
    for house in (here, there):
        until(lambda house=house: house.ask(UNDONE), house, PATIENCE)
    return time.monotonic() - begun


def reconciled(house, peer):
    """The two lists compared by the command, over the failing line: again until it gets through."""
    for _time in range(30):
        try:
            return house.manage("peer", "reconcile", peer.name)
        except AssertionError as error:
            found = error
    raise found


def enclosures_are_right(here, there):
    """What came is what was printed, whatever the line did; the rest was no longer given; none is refused."""
    printed, rows = dict(here.ask(PRINTED)), there.ask(ENCLOSED)
    came = {number: promised for number, state, promised in rows if state == "HERE"}
    assert {state for _number, state, _promised in rows} <= {"HERE", "GONE"}
    assert came.items() <= printed.items()
    assert len(came) >= COUNT // 2
    for digest in set(came.values()):
        assert list(there.folder.glob(f"data/**/{digest}.bin")), digest


def test_no_referral_is_lost_or_doubled_whatever_the_line_does(
    tmp_path, line, capsys, django_db_setup
):
    with ExitStack() as stack:
        here, there = two_houses(stack, tmp_path)
        to_here, to_there = free_port(), free_port()
        faults = line((to_there, there.port), (to_here, here.port))
        introduce(here, there, f"http://127.0.0.1:{to_here}", f"http://127.0.0.1:{to_there}")
        for house in (here, there):
            house.open()
        for house in (here, there):
            house.wait_open()
        seconds = play(here, there)
        sent, came = here.ask(SENT), there.ask(CAME)
        reports = at_once(lambda: reconciled(here, there), lambda: reconciled(there, here))
        tries = sum(
            house.ask("SELECT sum(attempts) FROM casework_outgoing")[0][0]
            for house in (here, there)
        )
        events = sum(
            house.ask("SELECT count(*) FROM casework_outgoing")[0][0] for house in (here, there)
        )
        told = faults.communicate("", timeout=20)[0]
        with capsys.disabled():
            sys.stdout.write(
                f"\nseed {SEED}: {COUNT} referrals in {seconds:.0f} s, {events} events in {tries} tries\n{told}"
                f"{dict(Counter(row[1] for row in came))}\n{''.join(reports)}"
            )
        assert len(sent) == len({row[0] for row in sent}) == COUNT
        whole = {row[0]: row[1:] for row in came}
        assert len(whole) == len(came)
        for subject, state, result, said, heard in sent:
            if subject in whole:
                assert whole[subject] == (state, result, heard, said), subject
            else:  # taken back before it had left: none of its data left
                assert (state, result, heard) == ("WITHDRAWN", "", 0), subject
        enclosures_are_right(here, there)
        for house in (here, there):
            assert house.ask(TWICE, ONCE) == []
            assert house.ask(CHAINS) == []
            assert house.ask("SELECT 1 FROM casework_outgoing WHERE state = 'DEAD'") == []
        one = f"ours {COUNT}, theirs {COUNT}, same {COUNT}, sent again 0, different 0\n"
        assert reports == [one, one]
        assert {row[1] for row in sent} >= {"RESULT", "DECLINED", "WITHDRAWN"}
