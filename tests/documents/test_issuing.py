"""A paper is issued once, numbered without gaps, kept by its hash, checked by anybody."""

import hashlib

import pytest
from django.db import transaction

from documents import editions, issue, storage, verify
from documents.facts.base import FactMissing
from documents.guard import Unprintable
from documents.models import Paper


def test_issuing_twice_is_once(case):
    first = issue.issue("D02", case=case, by=case.chief, at=case.at)
    again = issue.issue("D02", case=case, by=case.chief, at=case.at)
    assert first.pk == again.pk
    assert first.number == "渝工调受〔2026〕1号"


def test_a_rolled_back_issue_gives_its_number_back(case):
    with pytest.raises(RuntimeError), transaction.atomic():
        issue.issue("D02", case=case, by=case.chief, at=case.at)
        raise RuntimeError
    assert (
        issue.issue("D02", case=case, by=case.chief, at=case.at).number == "渝工调受〔2026〕1号"
    )


def test_bytes_lie_under_their_hash_and_encrypted(case, files):
    paper = issue.issue("D01", case=case, by=case.chief, at=case.at)
    pdf = issue.content(paper)
    paper.refresh_from_db()
    assert hashlib.sha256(pdf).hexdigest() == paper.sha256
    assert pdf.startswith(b"%PDF")
    assert b"%PDF" not in storage.path_of(paper.sha256).read_bytes()
    assert hashlib.new("sm3", pdf).hexdigest() == paper.sm3


def test_the_facts_stay_when_the_file_changes(case, files):
    paper = issue.issue("D02", case=case, by=case.chief, at=case.at)
    case.claims.update(item="别的请求")
    assert issue.facts_of(paper).claims[0].item == "拖欠的工资"


def test_an_altered_file_is_not_given_out(case, files):
    paper = issue.issue("D01", case=case, by=case.chief, at=case.at)
    issue.content(paper)
    paper.refresh_from_db()
    path = storage.path_of(paper.sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(storage.BytesLost):
        issue.content(paper)


def test_anybody_may_check_a_paper_but_learns_no_name(case, client):
    paper = issue.issue("D02", case=case, by=case.chief, at=case.at)
    mark = verify.verdict("-".join([paper.check_code[:8].lower(), paper.check_code[8:]])).mark
    assert mark.number == paper.number
    assert "吕" not in "".join(map(str, mark.__dict__.values()))
    assert verify.verdict("2" * 16).answer == verify.UNKNOWN


def test_superseding_keeps_the_number_and_marks_the_old_one(case):
    paper = issue.issue("D02", case=case, by=case.chief, at=case.at)
    newer = editions.supersede(
        paper, by=case.chief, at=case.at, reason="案由写错", cause="工资争议"
    )
    assert (newer.number, newer.edition) == (paper.number, 2)
    assert verify.verdict(paper.check_code).answer == verify.SUPERSEDED
    with pytest.raises(issue.NotStanding):
        editions.void(paper, by=case.chief, at=case.at, reason="再撤")


def test_a_voided_number_stays_voided(case):
    paper = issue.issue("D02", case=case, by=case.chief, at=case.at)
    editions.void(paper, by=case.chief, at=case.at, reason="误发")
    assert verify.verdict(paper.check_code).answer == verify.VOIDED
    assert (
        issue.issue("D02", case=case, by=case.chief, at=case.at).number == "渝工调受〔2026〕2号"
    )


def test_an_absent_fact_is_named(case):
    with pytest.raises(FactMissing, match="案号"):
        issue.issue("D02", case=case, by=case.chief, at=case.at, case_number="")


@pytest.mark.parametrize("text", ["\ue815", "甲\u202e乙", "⼯", "\U000323af", "字\ufe00"])
def test_what_no_font_draws_is_refused_at_its_place(case, text):
    with pytest.raises(Unprintable, match="案由"):
        issue.issue("D02", case=case, by=case.chief, at=case.at, cause=text)
    assert not Paper.objects.filter(case=case).exists()


def test_a_paper_that_cannot_be_printed_says_why(case, files, monkeypatch):
    def refuse(job):
        raise issue.RenderFailed("WeasyPrint warns: x")

    monkeypatch.setattr(issue, "render", refuse)
    paper = issue.issue("D02", case=case, by=case.chief, at=case.at)
    with pytest.raises(issue.PaperNotReady, match="WeasyPrint warns"):
        issue.content(paper)
    paper.refresh_from_db()
    assert paper.state == "FAILED"
    assert paper.number


def test_the_sealed_edition_keeps_the_number_of_the_unsealed_one(case):
    plain = issue.issue("D02", case=case, by=case.chief, at=case.at)
    sealed = issue.issue("D02", case=case, by=case.chief, at=case.at, sealed=True)
    assert (sealed.number, sealed.edition, sealed.supersedes_id) == (plain.number, 2, plain.pk)
    assert verify.verdict(plain.check_code).answer == verify.SUPERSEDED
