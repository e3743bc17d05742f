"""Trusted time: a sealed agreement and a bound file are stamped when the authority answers."""

import hashlib
import subprocess
import sys
from datetime import timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from casework import clock
from documents import issue, samples, stamping
from documents.models import Mark, TimeStamp
from documents.signing import demo_tsa
from mediation.engine import jobs


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An authority of time for demonstrations, with its certificates."""
    made = tmp_path_factory.mktemp("tsa")
    demo_tsa.prepare(made, clock.now())
    return made


@pytest.fixture
def answering(folder, settings):
    desk = subprocess.Popen(
        [sys.executable, "-m", "documents.signing.demo_tsa", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    settings.WUFANG_TIME_STAMPS = desk.stdout.readline().strip()
    yield settings.WUFANG_TIME_STAMPS
    desk.kill()
    desk.wait()
    desk.stdout.close()


@pytest.fixture
def silent(settings):
    settings.WUFANG_TIME_STAMPS = "http://127.0.0.1:9/"


def agreed(case, *, sealed):
    made = issue.issue(
        "D14", case=case, by=case.chief, at=case.at, facts=samples.FACTS["D14"], sealed=sealed
    )
    return issue.render_pending(made.pk)


def test_a_sealed_agreement_is_stamped_while_the_authority_is_silent_it_waits(
    case, files, silent, folder, client, settings, request
):
    draft = agreed(case, sealed=False)
    assert stamping.of_bytes(draft.sha256) is None
    paper = agreed(case, sealed=True)
    row = stamping.of_bytes(paper.sha256)
    queued = ProcrastinateJob.objects.filter(queueing_lock=f"stamp-{row.pk}")
    assert queued.count() == 1
    page = reverse("paper_check_code", args=[paper.check_code])
    for tries in (
        1,
        2,
    ):  # silence is kept in words, and the job fails, so that it is tried again
        with pytest.raises(stamping.NoStamp):
            stamping.fetch(row.pk)
        row.refresh_from_db()
        assert (row.state, row.tries, bool(row.failure)) == ("PENDING", tries, True)
    assert (
        "has not come yet"
        in client.get(page, headers={"accept-language": "en"}).content.decode()
    )
    assert client.get(reverse("paper_stamp", args=[paper.sha256])).status_code == 404
    jobs.defer_waiting_stamps(clock.now() + timedelta(hours=1))
    assert queued.count() == 1  # one that is queued stays one

    request.getfixturevalue("answering")
    row = stamping.fetch(row.pk)
    assert abs(clock.now() - row.stamped_at) < timedelta(minutes=5)
    said = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert row.stamped_by in said
    assert "DEMO ONLY" in row.stamped_by
    _openssl_agrees(client, paper, folder)
    assert stamping.fetch(row.pk).tries == row.tries  # done twice it is done once
    assert stamping.waiting(clock.now() + timedelta(hours=1)) == []


def _openssl_agrees(client, paper, folder):
    """The stamp as anybody downloads it, before another program and with the authority's root."""
    token = client.get(reverse("paper_stamp", args=[paper.sha256]))
    (folder / "paper.tst").write_bytes(token.content)
    root = str(folder / demo_tsa.ROOT)
    for digest, answer in ((paper.sha256, 0), (hashlib.sha256(b"x").hexdigest(), 1)):
        done = subprocess.run(
            ["openssl", "ts", "-verify", "-digest", digest, "-in", str(folder / "paper.tst"),
             "-token_in", "-CAfile", root],
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == answer, done.stderr


def test_a_stamp_for_other_bytes_is_refused(db, answering):
    one, other = (hashlib.sha256(word).hexdigest() for word in (b"one", b"other"))
    row = stamping.fetch(stamping.ask(one, at=clock.now()).pk)
    assert stamping.read(bytes(row.token), one)[0] == row.stamped_at
    for wrong in (bytes(row.token), b"nonsense", bytes(row.token)[:-40]):
        with pytest.raises(stamping.NoStamp):
            stamping.read(wrong, other)


def test_without_a_contract_nothing_is_asked(case, files, settings):
    settings.WUFANG_TIME_STAMPS = ""
    paper = agreed(case, sealed=True)
    assert Mark.objects.get(pk=paper.check_code).sha256 == paper.sha256
    assert not TimeStamp.objects.exists()
