"""The text of an agreement: its penalty, what a new version changes, a look that saves nothing, frozen for good."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from casework import clock
from casework.access.context import acting
from casework.commands.agreement_text import compared, content_sha256
from casework.models import Agreement, Claim, Event, Signature
from documents import issue, preview
from documents.models import Paper, Preview
from tests.process.agreements import DAY, ready_one, refused, settled_one, small
from tests.process.stage_c import Story, at

pytestmark = pytest.mark.django_db


def facts_of(story: Story) -> Any:
    with story.reading() as case:
        return issue.facts_of(Paper.objects.filter(case=case, code="D14").latest("issued_at"))


def ready(**more: Any) -> Story:
    story = settled_one()
    story.do("mediator", "draft", f"{DAY} 09:00", **small(**more))
    story.do("mediator", "make_ready", f"{DAY} 11:00", read_by_both=True)
    return story


def test_the_paper_prints_the_agreed_penalty_and_the_last_day_of_each_duty():
    duty = {"who": "砺锋机械", "what": "出具离职证明", "due_on": "2026-04-10"}
    facts = facts_of(ready(penalty_kind="DAILY", penalty_value="5", duties=[duty]))
    assert "每日万分之5" in facts.default_clause
    assert (facts.duties[0].what, str(facts.duties[0].due)) == (
        "砺锋机械：出具离职证明", "2026-04-10",
    )  # fmt: skip


@pytest.mark.parametrize(
    "half", [{"penalty_kind": "FIXED"}, {"penalty_value": "300"}], ids=["kind", "value"]
)
def test_half_a_penalty_is_refused(half: dict[str, str]):
    assert "penalty_value" in refused(settled_one(), **small(**half)).errors


def test_a_new_version_shows_the_words_that_came_and_went():
    story = ready()
    when = f"{DAY} 12:00"
    story.do("mediator", "collect_signatures", when, decision="CHANGE", reason="改付款日")
    plan = small()["instalments"]
    plan[0]["due_on"] = "2026-04-29"
    story.do("mediator", "draft", f"{DAY} 13:00", **small(instalments=plan))
    client = signed_in(story)
    with clock.held_at(at(f"{DAY} 13:05")):
        page = client.get(reverse("task", args=[story.task("make_ready")])).content.decode()
    assert "<del>30</del><ins>29</ins>" in page.replace("2026-04-", "")
    assert "壹万贰仟元整" in page


def test_equal_texts_differ_in_nothing():
    assert compared(["一"], ["一"], 1)["differs"] == []


def signed_in(story: Story) -> Client:
    client = Client()
    client.force_login(story.people["mediator"])
    return client


def look(story: Story, **more: str) -> str:
    """The draft page's look, as a page posts it."""
    typed = {"no_unlawful_waiver": "on", "accelerates": "on", "penalty_kind": "DAILY",
             "penalty_value": "5", "instalments-0-due_on": "2026-04-30",
             "instalments-0-amount_yuan": "36000.00", **more}  # fmt: skip
    url = reverse("agreement-look", args=[story.task("draft")])
    with clock.held_at(at(f"{DAY} 09:00")):
        answer = signed_in(story).post(
            url, typed, headers={"HX-Request": "true", "accept-language": "zh-hans"}
        )
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_look_prints_the_real_paper_and_saves_nothing():
    story = settled_one()
    with story.reading() as case:
        before = Event.objects.filter(case=case).count()
    assert "hx-trigger" in look(story)
    with story.reading() as case:
        assert not Agreement.objects.filter(case=case).exists()
        assert Event.objects.filter(case=case).count() == before
        seen = Preview.objects.get(case=case)
        assert preview.facts_of(seen).default_clause
    preview.print_preview(seen.pk)
    url = reverse("agreement-pdf", args=[story.task("draft"), seen.pk])
    assert signed_in(story).get(url).content.startswith(b"%PDF-")
    stranger = Client()
    stranger.force_login(story.people["other"])
    assert stranger.get(url).status_code == 404
    assert story.names() == ["draft"]
    story.do("mediator", "draft", f"{DAY} 09:30", **small())


def test_a_look_names_what_a_careful_reader_notes():
    """A penalty that a court may cut, a total under the lawful floors, the confirmation that fits, its last day."""
    story = settled_one()
    with transaction.atomic(), acting(story.case_id, None):
        claim = Claim.objects.get(case_id=story.case_id, item="拖欠工资")
        claim.estimate = {"name": "minimum_wage_gap", "result": {"gap": "40000.00"}}
        claim.save(update_fields=["estimate"])
    duty = {"duties-0-who": "砺锋机械", "duties-0-what": "出具离职证明"}
    page = look(
        story, penalty_kind="DAILY", penalty_value="10", confirmation="judicial", **duty
    )
    for words in (
        "违约金可能被法院调减", "超过总额的30%", "低于法定标准", "40,000.00元，本稿36,000.00元",
        "更适合仲裁审查", "双方须在2026-04-23前共同申请",
    ):  # fmt: skip
        assert words in page
    page = look(story, penalty_kind="DAILY", penalty_value="5")
    assert "违约金可能被法院调减" not in page
    assert "未经确认的，不能直接申请强制执行" in page


def test_a_look_at_bad_terms_says_what_to_put_right():
    story = settled_one()
    words = look(story, **{"instalments-0-amount_yuan": "35999.99"})
    assert "35,999.99" in words
    with story.reading() as case:
        assert not Preview.objects.filter(case=case).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", [{"penalty_kind": "FIXED", "penalty_value": 1}, {"clauses": []}, {"ready_at": None}])  # fmt: skip
def test_the_database_refuses_another_text_under_a_frozen_version(what: dict[str, Any]):
    story = ready_one()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(story.case_id, None):
        Agreement.objects.filter(case_id=story.case_id).update(**what)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_signature_under_another_text():
    story = ready_one()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(story.case_id, None):
        version = Agreement.objects.get(case_id=story.case_id)
        Signature.objects.create(
            agreement=version, capacity="mediator", user=story.people["mediator"],
            content_sha256="0" * 64, signed_at=at(f"{DAY} 12:00"),
        )  # fmt: skip


def test_a_text_without_penalty_keeps_the_hash_it_had_before_penalties():
    with ready_one().reading() as case:
        version = Agreement.objects.get(case=case)
        assert content_sha256(version) == version.content_sha256
        version.penalty_kind, version.penalty_value = "FIXED", Decimal(1)
        assert content_sha256(version) != version.content_sha256
