"""Who sits, who is kept off, what is free: assignment, recusal, hand-over, times without overlap."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from casework.access.context import acting, as_person, system
from casework.commands.bookings import DoubleBooked
from casework.commands.hearing import NotFit, RecusalOpen
from casework.commands.recusal import AskedAlready, DecidedByTheSame, RelievedAlready
from casework.models import Absence, Booking, Case, Interest, Room, Session, User
from casework.queries.cause_words import GROUPS
from casework.rules.taxonomy import causes
from mediation.engine.errors import Invalid
from mediation.engine.run import form_of, fresh
from tests.process.stage_c import accepted, at, district, held, to_session

pytestmark = pytest.mark.django_db
ONE = [("A02.01", "拖欠工资", "18000.00")]


def one(**more):
    return accepted(claims=ONE, firms=["砚石劳务"], **more)


def appoint_form(story, when="2026-03-13 10:00"):
    with transaction.atomic(), acting(story.case_id, story.people["manager"]):
        return form_of(fresh(story.task("appoint")), story.people["manager"], at(when))


def proposed(story):
    form = appoint_form(story)
    return {row.person.username: row for row in form.rows}, [
        r.person.username for r in form.rows
    ]


def test_the_proposal_says_why():
    story = one()
    with system("test"):
        User.objects.filter(username="c_other").update(skills=["A02"])
        Case.objects.filter(pk=story.case_id).update(main_cause="A02.01")
    rows, order = proposed(story)
    assert order[0] == "c_other"
    assert rows["c_other"].why[0] == "熟悉劳动报酬类争议"
    told = {
        code: str(words) for code, words in GROUPS.items()
    }  # the catalogue against the table
    assert told == {code: each.name for code, each in causes().items() if code == each.parent}
    with translation.override("en"):
        assert proposed(story)[0]["c_other"].why[0] == "knows pay for work well"
    assert rows["c_mediator"].load == 0


@pytest.mark.parametrize(
    ("tie", "name"),
    [
        ("EMPLOYER", "砚石劳务 (虚构)"),
        ("RELATIVE", "工人1"),
        ("REPRESENTED", "砚石劳务（虚构）"),
    ],
)
def test_a_declared_tie_keeps_somebody_off(tie, name):
    story = one()
    with system("test"):
        Interest.objects.create(user=story.people["mediator"], tie=tie, name=name)
    rows, order = proposed(story)
    assert rows["c_mediator"].blocked
    assert order[-1] == "c_mediator"
    with pytest.raises((Invalid, NotFit)):
        story.do("manager", "appoint", "2026-03-13 10:00", mediator="c_mediator")
    story.do("manager", "appoint", "2026-03-13 10:05", mediator="c_other")


def test_somebody_away_is_not_given_a_case_and_leave_to_come_is_told():
    story = one()
    with system("test"):
        Absence.objects.create(user=story.people["mediator"], since=date(2026, 3, 9),
                               until=date(2026, 3, 20), why="年休假")  # fmt: skip
        Absence.objects.create(user=story.people["other"], since=date(2026, 3, 20),
                               until=date(2026, 3, 27), why="培训")  # fmt: skip
    rows, _order = proposed(story)
    assert "2026-03-20" in rows["c_mediator"].blocked
    assert any("2026-03-20" in why for why in rows["c_other"].why)


def test_co_mediators_sit_beside_and_see_the_case():
    story = one()
    story.do(
        "manager",
        "appoint",
        "2026-03-13 10:00",
        mediator="c_mediator",
        co_mediators=["c_other"],
    )
    with transaction.atomic(), as_person(story.people["other"]):
        assert Case.objects.filter(pk=story.case_id).exists()
    with transaction.atomic(), as_person(story.people["stranger"]):
        assert not Case.objects.filter(pk=story.case_id).exists()


def asked(story, who="manager", when="2026-03-16 09:00", **more):
    data = {
        "asked_by": "EMPLOYER",
        "ground": "RELATIVE",
        "words": "调解员与申请人系同村",
        **more,
    }
    return story.start(who, "recusal.ask", when, **data)


def test_a_side_gets_another_mediator_within_a_working_day_and_the_clock_runs_on():
    story = to_session(one())
    asked(story)
    assert story.names() == ["decide", "hold_session"]
    with pytest.raises(AskedAlready):
        asked(story, when="2026-03-16 09:10")
    with pytest.raises(RecusalOpen):
        story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    story.do("head", "decide", "2026-03-16 15:00", decision="REPLACE", reason="理由成立")
    with pytest.raises(RelievedAlready):
        asked(story, when="2026-03-16 15:10")
    with pytest.raises(RelievedAlready):
        story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    with story.reading() as case:
        clocks = {row.rule: (row.due.isoformat(), row.state) for row in case.deadlines.all()}
    assert clocks["M-12"] == ("2026-03-17", "MET")
    assert clocks["GEN-MEDIATOR"] == ("2026-03-17", "OPEN")
    assert clocks["M-04"] == ("2026-03-30", "OPEN")
    with pytest.raises(Invalid):
        story.do("manager", "replace", "2026-03-16 16:00", mediator="c_mediator")
    story.do("manager", "replace", "2026-03-16 16:10", mediator="c_other")
    story.do("other", "hold_session", "2026-03-18 11:00", **held("SETTLED"))
    assert story.names() == ["draft"]
    with story.reading() as case:
        assert Session.objects.get(case=case).mediator == story.people["other"]
        assert case.deadlines.get(rule="GEN-MEDIATOR").state == "MET"


def test_the_head_may_leave_the_mediator():
    story = to_session(one())
    asked(story)
    story.do("head", "decide", "2026-03-16 15:00", decision="STAY", reason="并无亲属关系")
    story.do("mediator", "hold_session", "2026-03-18 11:00", **held("SETTLED"))


def test_the_mediator_concerned_does_not_decide():
    story = to_session(one())
    asked(story)
    with system("test"):
        User.objects.filter(username="c_mediator").update(roles=["mediator", "mediation_head"])
    story.people["mediator"].refresh_from_db()
    with pytest.raises(DecidedByTheSame):
        story.do("mediator", "decide", "2026-03-16 15:00", decision="STAY", reason="没有")


def test_a_disclosed_relation_is_waived_in_writing_and_kept_for_later_cases():
    story = to_session(one())
    told = {"ground": "OTHER", "name": "砚石劳务（虚构）", "words": "三年前讲过课"}
    story.start("mediator", "recusal.disclose", "2026-03-16 09:00", waived=True, **told)
    assert story.names() == ["hold_session"], "waived: nothing to decide"
    rows, _order = proposed(one())
    blocked = [name for name, row in rows.items() if row.blocked]
    assert blocked == ["c_mediator"]


def test_leave_hands_the_case_to_another():
    story = to_session(one())
    story.start(
        "manager", "recusal.hand_over", "2026-03-16 09:00", mediator="c_other", reason="产假"
    )
    story.do("other", "hold_session", "2026-03-18 11:00", **held("ANOTHER"))
    with story.reading() as case:
        assert case.mediator == story.people["other"]


def rooms(*names):
    with system("test"):
        return [Room.objects.create(name=name, district=district()) for name in names]


def notify_form(story, when="2026-03-13 11:00"):
    with transaction.atomic(), acting(story.case_id, story.people["mediator"]):
        return form_of(fresh(story.task("notify")), story.people["mediator"], at(when))


def appointed(story, when="2026-03-13 10:00"):
    story.do("manager", "appoint", when, mediator="c_mediator", recorder="c_recorder")
    return story


def test_six_times_free_for_all_are_offered_and_one_click_takes_it():
    rooms("调解室一")
    story = appointed(one())
    slots = list(notify_form(story).slots.values())
    assert len(slots) == 6
    assert slots[0].starts_at >= at("2026-03-18 00:00"), "three working days ahead"
    story.do("mediator", "notify", "2026-03-13 11:00", slot=slots[2].key)
    with story.reading() as case:
        session = Session.objects.get(case=case)
        assert (session.starts_at, session.place) == (slots[2].starts_at, "调解室一")
        assert Booking.objects.filter(session=session).count() == 5, (
            "room, two people, two sides"
        )


def test_a_taken_time_is_not_offered_and_not_given():
    rooms("调解室一")
    first = appointed(one())
    slot = next(iter(notify_form(first).slots.values()))
    first.do("mediator", "notify", "2026-03-13 11:00", slot=slot.key)
    second = one()
    appointed(second)
    assert slot.key not in notify_form(second).slots
    with pytest.raises(DoubleBooked, match="何敏之"):
        second.do("mediator", "notify", "2026-03-13 11:00", on_day="2026-03-18", at_time="10:00",
                  place="别处")  # fmt: skip
    assert second.names() == ["notify"], "nothing is half done"


def test_the_database_refuses_an_overlap_that_no_form_saw():
    story = to_session(one())
    with transaction.atomic(), acting(story.case_id, None):
        taken = Booking.objects.filter(case_id=story.case_id).first()
        with (
            pytest.raises(IntegrityError, match="nothing_is_booked_twice"),
            transaction.atomic(),
        ):
            Booking.objects.create(
                case_id=story.case_id, session=taken.session, resource=taken.resource,
                words="-", begins_at=taken.begins_at, ends_at=taken.ends_at,
            )  # fmt: skip


def test_what_is_moved_or_called_off_is_free_again():
    story = to_session(one())
    story.start("mediator", "hearing.move_session", "2026-03-16 09:00", on_day="2026-03-19",
                at_time="09:30", reason="单位代理人出差")  # fmt: skip
    with story.reading() as case:
        live = Booking.objects.filter(case=case, released=False)
        assert {row.begins_at for row in live} == {at("2026-03-19 09:30")}
    story.do("mediator", "hold_session", "2026-03-19 10:00", result="NOT_HELD", reason="停电")
    with story.reading() as case:
        assert not Booking.objects.filter(case=case, released=False).exists()
