"""Supervision letters: one after another, approved by another, answered or met with silence."""

from functools import partial

import pytest

from casework import clock
from casework.commands import letter as file
from casework.models import Deadline, Event, Letter, User
from documents import issue
from documents.models import Paper
from mediation.engine.errors import Invalid, NotYours
from mediation.engine.registry import path_of, starts_for
from tests.process.agreements import race
from tests.process.stage_c import Story, accepted, at

pytestmark = pytest.mark.django_db
REMINDER = {
    "level": "REMINDER", "subject": "按时足额支付工资事项",
    "found": "近期多名职工反映二月工资没有发放。",
    "rules": "《劳动法》第五十条\n\n《保障农民工工资支付条例》第十三条",
    "lines": "核对二月工资台账；\n补发欠付工资。",
}  # fmt: skip
OPINION = {
    **REMINDER, "level": "OPINION", "breach": "没有按月支付工资，违反上述规定。",
    "checked_on": "2026-03-20", "supervisors": ["陆遥", "骆帆"],
}  # fmt: skip
PROPOSAL = {
    **REMINDER, "level": "PROPOSAL", "breach": "没有按月支付工资，违反上述规定。",
    "addressee": "重庆市试验区人力资源和社会保障局",
}  # fmt: skip


@pytest.fixture
def story() -> Story:
    """An accepted case, and two supervisors in the house."""
    told = accepted(claims=[("A02.01", "拖欠工资", None)])
    for name in ("陆遥", "骆帆"):
        told.people[name] = User.objects.create(
            username=name, display_name=name, roles=["labour_law_supervisor"],
            district=told.people["manager"].district,
        )  # fmt: skip
    return told


def sent(story: Story, when: str, **letter: object) -> None:
    story.start("陆遥", "supervision.write", f"{when} 09:00", **letter)
    story.do("head", "approve", f"{when} 10:00", decision="SEND")


def letters(story: Story) -> list[tuple[str, str, str]]:
    with story.reading() as case:
        return list(Letter.objects.filter(case=case).values_list("level", "state", "result"))


def test_silence_leads_from_reminder_to_opinion_to_the_authority(story):
    sent(story, "2026-03-16", **REMINDER)
    with story.reading() as case:
        clock_row = Deadline.objects.get(case=case, rule="U-01")
        facts = issue.facts_of(Paper.objects.get(case=case, code="D22"))
    assert (str(clock_row.due), facts.reply_by) == ("2026-03-30", clock_row.due)
    assert facts.addressee == "砚石劳务（虚构）、磐川建设（虚构）"
    assert facts.hints == ("核对二月工资台账；", "补发欠付工资。")
    story.until("2026-03-31 09:00")
    assert letters(story) == [("REMINDER", "SILENT", "")]
    assert story.task("answer_reminder")
    story.do("陆遥", "answer_reminder", "2026-03-31 10:00", result="IGNORED", words="没有答复")
    story.do("陆遥", "write_again", "2026-03-31 11:00", **OPINION)
    story.do("head", "approve", "2026-03-31 15:00", decision="SEND")
    story.do("陆遥", "answer_opinion", "2026-04-10 10:00", result="PARTLY", words="补发了一半")
    story.do("陆遥", "write_again", "2026-04-10 11:00", **PROPOSAL)
    story.do("head", "approve", "2026-04-10 15:00", decision="SEND")
    story.do(
        "陆遥", "answer_proposal", "2026-04-15 10:00", result="TO_AUTHORITY", words="已立案"
    )
    assert letters(story) == [
        ("REMINDER", "ANSWERED", "IGNORED"),
        ("OPINION", "ANSWERED", "PARTLY"),
        ("PROPOSAL", "ANSWERED", "TO_AUTHORITY"),
    ]
    with story.reading() as case:
        opinion = issue.facts_of(Paper.objects.get(case=case, code="D23"))
        proposal = issue.facts_of(Paper.objects.get(case=case, code="D24"))
        kinds = list(
            Event.objects.filter(case=case, kind__startswith="letter").values_list(
                "kind", flat=True
            )
        )
        states = dict(
            Deadline.objects.filter(case=case, rule__startswith="U-").values_list(
                "rule", "state"
            )
        )
    assert opinion.signer == "韦嘉"
    assert "只改正了一部分" in proposal.refusal
    assert len(proposal.earlier) == 2
    assert kinds.count("letter.sent") == 3
    assert "letter.unanswered" in kinds
    assert states == {"U-01": "MISSED", "U-02": "MET", "U-03": "MET"}


def test_mediation_goes_on_beside_the_letters(story):
    before = story.names()
    sent(story, "2026-03-16", **REMINDER)
    assert set(before) <= set(story.names())


def test_a_letter_is_left_out_only_with_a_reason(story):
    with pytest.raises(file.LetterLeftOut):
        story.start("陆遥", "supervision.write", "2026-03-20 09:00", **OPINION)
    sent(story, "2026-03-20", **OPINION, skipped_why="欠薪四十六人，已有人受伤")
    assert letters(story) == [("OPINION", "SENT", "")]


def test_a_first_letter_to_the_authority_says_why_nothing_went_before(story):
    sent(story, "2026-03-20", **PROPOSAL, skipped_why="欠薪四十六人，已有人受伤")
    with story.reading() as case:
        facts = issue.facts_of(Paper.objects.get(case=case, code="D24"))
    assert facts.earlier == ("因情节严重，经负责人批准直接提出建议：欠薪四十六人，已有人受伤",)


def test_an_opinion_takes_two_supervisors_and_a_day(story):
    few = {**OPINION, "supervisors": ["陆遥"], "skipped_why": "紧急"}
    with pytest.raises(file.TwoSupervisors):
        story.start("陆遥", "supervision.write", "2026-03-20 09:00", **few)
    for name in ("breach", "checked_on", "supervisors"):
        with pytest.raises(Invalid) as error:
            story.start(
                "陆遥", "supervision.write", "2026-03-20 09:00",
                **{key: value for key, value in OPINION.items() if key != name},
            )  # fmt: skip
        assert name in error.value.form.errors


def test_nobody_approves_a_letter_of_their_own(story):
    story.start("head", "supervision.write", "2026-03-16 09:00", **REMINDER)
    with pytest.raises(file.ApprovedByItsAuthor):
        story.do("head", "approve", "2026-03-16 10:00", decision="SEND")
    with pytest.raises(NotYours):
        story.do("陆遥", "approve", "2026-03-16 10:00", decision="SEND")


def test_a_text_given_back_is_kept_and_written_anew(story):
    story.start("陆遥", "supervision.write", "2026-03-16 09:00", **REMINDER)
    with pytest.raises(Invalid):
        story.do("head", "approve", "2026-03-16 10:00", decision="BACK")
    story.do("head", "approve", "2026-03-16 10:00", decision="BACK", why="写明人数")
    story.do("陆遥", "write_again", "2026-03-16 11:00", **REMINDER)
    story.do("head", "approve", "2026-03-16 12:00", decision="SEND")
    assert [row[1] for row in letters(story)] == ["DROPPED", "SENT"]


def test_one_letter_at_a_time(story):
    def offered() -> bool:
        with story.reading() as case, clock.held_at(at("2026-03-17 09:00")):
            nodes = starts_for(story.people["陆遥"], case)
            return "supervision.write" in {path_of(node) for node in nodes}

    assert offered()
    sent(story, "2026-03-16", **REMINDER)
    assert not offered()
    with pytest.raises(file.LetterOpen):
        story.start("陆遥", "supervision.write", "2026-03-17 09:00", **REMINDER)
    story.do("陆遥", "answer_reminder", "2026-03-18 10:00", result="CORRECTED", words="已补发")
    assert offered()


def test_a_liaison_and_a_mediator_write_no_letters(story):
    for who in ("stranger", "mediator"):
        with pytest.raises(NotYours):
            story.start(who, "supervision.write", "2026-03-16 09:00", **REMINDER)


@pytest.mark.django_db(transaction=True)
def test_two_supervisors_at_once_make_one_letter(story):
    came = race(*(partial(story.start, name, "supervision.write", "2026-03-16 09:00", **REMINDER)
                  for name in ("陆遥", "骆帆")))  # fmt: skip
    assert came.count("done") == 1
    assert len(letters(story)) == 1
