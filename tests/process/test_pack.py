"""What leaves the house: exactly what was agreed to, frozen, hashed, signed for, and closed again."""

from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from casework import clock
from casework.access.context import acting, as_person, system
from casework.commands.pack import hash_of, receipt_holds
from casework.models import Case, Pack
from documents.models import Paper
from mediation.engine import run
from mediation.engine.errors import Invalid
from mediation.forms.referral_words import pack_rows
from tests.process.conftest import instant
from tests.process.journey import do, start
from tests.process.referred import referred, returned, signed, task_on
from tests.process.test_engine import in_system


def pack_of(done, number=1):
    return in_system(
        lambda: Pack.objects.select_related("referral").get(
            referral__case=done.case, number=number
        )
    )


def at_the_office(people, who, at="2026-03-03 14:00"):
    """The context in which a liaison reads, on a day of the story."""
    stack = ExitStack()
    stack.enter_context(clock.held_at(instant(at)))
    stack.enter_context(transaction.atomic())
    stack.enter_context(as_person(people[who]))
    return stack


def test_the_pack_lists_the_letter_with_its_hash_and_its_office_alone_reads_it(people):
    done = referred(people)
    pack = pack_of(done)
    papers = in_system(lambda: list(Paper.objects.filter(case=done.case)))
    assert {"D01", "D03", "D05"} <= {row.code for row in papers}
    (row,) = pack.papers
    letter = next(each for each in papers if each.code == "D03")
    assert (row["code"], row["facts_sha256"]) == ("D03", letter.facts_sha256)
    assert pack.paper_ids == [letter.pk]
    hashes = in_system(lambda: {bytes(each.hash).hex() for each in done.case.events.all()})
    assert pack.ledger_head in hashes
    for who, sees in (("luoqiming", ["D03"]), ("wenlan", []), ("taoyan", []), ("songyu", [])):
        with at_the_office(people, who):
            assert [each.code for each in Paper.objects.filter(case_id=done.case.pk)] == sees


PROMISED = {
    "purpose": "ARBITRATION", "expires_on": date(2030, 1, 1), "papers": [], "fields": {},
    "ledger_head": "00", "number": 7,
}  # fmt: skip


def test_what_a_pack_promises_is_hashed_and_written_once(people):
    pack = pack_of(referred(people))
    assert hash_of(pack) == pack.sha256
    for name, value in PROMISED.items():
        right = getattr(pack, name)
        setattr(pack, name, value)
        assert hash_of(pack) != pack.sha256, name
        setattr(pack, name, right)
        with (
            pytest.raises(IntegrityError, match="written once"),
            transaction.atomic(),
            system("test"),
        ):
            Pack.objects.filter(pk=pack.pk).update(**{name: value})


def test_the_receipt_signs_pack_and_ledger_and_shows_a_forgery(people, settings):
    done = signed(people)
    pack = pack_of(done)
    assert receipt_holds(pack)
    settings.WUFANG_INDEX_KEY, own = b"another house".ljust(32, b"."), settings.WUFANG_INDEX_KEY
    assert not receipt_holds(pack)
    settings.WUFANG_INDEX_KEY = own
    for name, value in (
        ("receipt_head", "00"), ("receipt_by_id", 1), ("receipt", "0" * 64), ("sha256", "0" * 64),
        ("receipt_at", instant("2026-03-04 00:00")),
    ):  # fmt: skip
        right = getattr(pack, name)
        setattr(pack, name, value)
        assert not receipt_holds(pack)
        setattr(pack, name, right)
    assert receipt_holds(pack)


def page_of(people, task, at):
    """What the liaison's page shows."""
    moment = instant(at)
    with (
        clock.held_at(moment),
        transaction.atomic(),
        acting(task.case_id, people["luoqiming"]),
    ):
        form = run.form_of(run.fresh(task.pk), people["luoqiming"], moment)
        return form.context()


def test_an_expired_pack_is_read_by_nobody_outside(people):
    done = referred(people)
    pack, task = pack_of(done), task_on(done.case, "sign_for")
    assert not receipt_holds(pack)  # nobody signed yet
    last, after = pack.expires_on, pack.expires_on + timedelta(days=1)
    for on, there in ((last, True), (after, False)):
        with at_the_office(people, "luoqiming", f"{on} 10:00"):
            assert Pack.objects.exists() is Paper.objects.exists() is there
        shown = page_of(people, task, f"{on} 10:00")
        assert ("facts_left" in shown) is ("pack_papers" in shown) is there
        assert ("closed_words" in shown) is not there


def test_a_supplement_is_a_new_pack_and_closes_the_old_one(people):
    done = returned(people)
    task = task_on(done.case, "supply")
    do(people["dengchuan"], task, "2026-03-06 09:00", words="工资流水两页")
    old, new = pack_of(done), pack_of(done, 2)
    assert (old.closed_why, new.closed_at) == ("replaced", None)
    assert old.sha256 != new.sha256
    with at_the_office(people, "luoqiming", "2026-03-06 10:00"):
        assert [row.number for row in Pack.objects.all()] == [2]


def test_after_a_refusal_the_office_reads_nothing_more(people):
    done = signed(people)
    do(people["luoqiming"], task_on(done.case, "answer"), "2026-03-04 09:00", answer="DECLINED",
       reason_code="NO_JURISDICTION")  # fmt: skip
    with at_the_office(people, "luoqiming", "2026-03-04 10:00"):
        assert not Pack.objects.exists()
        assert [row.code for row in Paper.objects.all()] == ["D04"]


def test_consent_to_fewer_kinds_leaves_the_others_here(people):
    done = referred(people, matter="LEGAL_AID_CONSULT")
    do(people["dengchuan"], task_on(done.case, "ask_consent"), "2026-03-03 10:00", given="yes",
       how="call", kinds=["names", "facts"])  # fmt: skip
    pack = pack_of(done)
    assert set(pack.fields) == {"names", "facts", "employer"}
    letter = in_system(lambda: Paper.objects.get(case=done.case, code="D03"))
    assert "13800005511" not in letter.facts


def looked(people, done, **data):
    moment = instant("2026-03-03 11:00")
    given = {"matter": "ARBITRATION", "asked": "请核查", **data}
    with clock.held_at(moment):
        return run.start(node="referral.refer", by=people["dengchuan"], data=given, at=moment,
                         case_id=done.case.pk)  # fmt: skip


def test_a_look_sends_nothing_and_only_what_was_seen_is_sent(people):
    done = referred(people)
    with pytest.raises(Invalid) as shown:
        looked(people, done, look="1")
    stale = shown.value.form.preview
    assert any("邹世海" in words for _label, words in stale["rows"])
    assert in_system(lambda: Pack.objects.count()) == 1
    with transaction.atomic(), acting(done.case.pk, people["dengchuan"]):
        Case.objects.get(pk=done.case.pk).calls.update(facts="又有新的情况。")
    with pytest.raises(Invalid) as again:
        looked(people, done, seen=stale["digest"])
    fresh = again.value.form.preview
    looked(people, done, seen=fresh["digest"])
    assert pack_rows(in_system(lambda: Pack.objects.latest("id").fields)) == fresh["rows"]


def test_an_office_at_work_gets_a_new_pack_when_the_old_one_has_expired(people):
    done = signed(people)
    do(people["luoqiming"], task_on(done.case, "answer"), "2026-03-04 09:00", answer="ACCEPTED",
       handler="罗启明")  # fmt: skip
    old = pack_of(done)
    start(people["dengchuan"], "renewal.renew", "2026-07-01 09:00", done.case,
          referral_of=str(old.referral_id), words="材料包到期，重新发送")  # fmt: skip
    assert task_on(done.case, "follow_up")  # nothing else moved
    with at_the_office(people, "luoqiming", "2026-07-01 10:00"):
        assert [row.number for row in Pack.objects.all()] == [2]
