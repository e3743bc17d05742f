"""Templates changed by an administrator: what they may not say, who puts them in use, what old papers keep."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from casework.access import context
from casework.models import User
from documents import editions, issue, samples, sandbox, wording
from documents.catalogue import KINDS
from documents.models import PaperState, Wording, WordingLife
from documents.rendering import nets

CODE, OLD, NEW = "D25", "特此告知。", "特此通知如上。"


def source():
    return sandbox.built_in(CODE)


@pytest.fixture
def people(case):
    with context.system("test"):
        second = User.objects.create(username="admin2", roles=["admin"])
    return case.chief, second


def drafted(people, case, text=None):
    words = text or source().replace(OLD, NEW)
    return wording.draft(CODE, words, reason="改用通知", by=people[0], at=case.at)


@pytest.fixture
def in_use(people, case, files):
    row = drafted(people, case)
    wording.print_sample(row.pk)
    return wording.activate(Wording.objects.get(pk=row.pk), by=people[1], at=case.at)


@pytest.mark.parametrize("code", KINDS)
def test_the_templates_of_the_release_keep_their_own_rules(code):
    assert wording.problems(code, sandbox.built_in(code)) == []


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        (OLD, "{% debug %}", "debug"),
        (OLD, "{% load i18n %}", "paper"),
        (OLD, "{% include '/etc/passwd' %}", "parts"),
        (OLD, "{% include 'documents/../../settings.html' %}", "parts"),
        (OLD, "{% extends f.reason %}", "parts"),
        (OLD, "{% include name %}", "parts"),
        (OLD, "{{ f.reason|safe }}", "safe"),
        (OLD, "{% if %}", "read"),
        (OLD, "{% for a in f.places %}" * 4 + "{% endfor %}" * 4, "loops"),
        (OLD, "<script>1</script>", "script"),
        (OLD, "<link rel='attachment' href='file:///etc/passwd'>", "link"),
        (OLD, "<img src='http://example.cn/a.png' alt=''>", "pictures"),
        (OLD, "<img src='asset:qr' alt='' onerror='x'>", "onerror"),
        (OLD, "<p style='background: url(file:///etc/passwd)'>1</p>", "style"),
        (OLD, "<p style='color: #fff'>{{ f.reason }}</p>", "style"),
        (OLD, "<p style='font-size: 1pt'>{{ f.reason }}</p>", "style"),
        ("{{ f.reason }}", "", "不予受理的理由"),
        ("{{ f.reason }}", samples.FACTS[CODE].reason, "不予受理的理由"),
        ("documents/letter.html", "documents/base.html", "编号"),
    ],
)
def test_a_template_that_reads_shows_or_leaves_out_is_refused(was, now, why):
    with override("en"):
        found = [str(each) for each in wording.problems(CODE, source().replace(was, now))]
    assert found
    assert any(why in words for words in found), found


def test_an_endless_template_is_refused():
    assert wording.problems(CODE, source() + "长" * sandbox.MOST_CHARACTERS)


def test_who_drafted_does_not_activate_and_nobody_before_the_sample(people, case, files):
    row = drafted(people, case)
    with pytest.raises(wording.NotPrinted):
        wording.activate(row, by=people[1], at=case.at)
    wording.print_sample(row.pk)
    row.refresh_from_db()
    assert row.state == PaperState.READY
    with pytest.raises(wording.NotTheDrafter):
        wording.activate(row, by=people[0], at=case.at)
    assert wording.current(CODE) is None


def test_a_draft_that_changes_nothing_or_holds_a_fault_is_not_kept(people, case):
    for text in (source(), source().replace("{{ f.reason }}", "")):
        with pytest.raises(wording.TemplateRefused):
            drafted(people, case, text)
    assert not Wording.objects.exists()


def test_old_papers_keep_their_version_new_ones_take_the_new(people, case, files):
    old = issue.issue(CODE, case=case, by=case.chief, at=case.at, facts=samples.FACTS[CODE])
    row = drafted(people, case)
    wording.print_sample(row.pk)
    wording.activate(Wording.objects.get(pk=row.pk), by=people[1], at=case.at)
    assert OLD in nets.extracted(issue.content(old))  # printed after the change all the same
    new = editions.supersede(old, by=case.chief, at=case.at + timedelta(days=1), reason="更正", facts=samples.FACTS[CODE])  # fmt: skip
    text = nets.extracted(issue.content(new))
    assert NEW in text
    assert OLD not in text
    assert new.wording_id == row.pk


def test_the_next_version_ends_the_last_and_one_can_go_back(people, case, in_use):
    again = drafted(people, case, source().replace(OLD, "特此函告。"))
    wording.print_sample(again.pk)
    wording.activate(Wording.objects.get(pk=again.pk), by=people[1], at=case.at)
    in_use.refresh_from_db()
    assert (in_use.life, in_use.ended_by) == (WordingLife.ENDED, people[1])
    with pytest.raises(wording.NotADraft):
        wording.activate(in_use, by=people[1], at=case.at)
    wording.withdraw(wording.current(CODE), by=people[0], at=case.at)
    assert wording.source_of(CODE) == source()
