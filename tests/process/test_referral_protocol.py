"""The commands and the real flow do what the table of the protocol says, act by act."""

import itertools

import pytest
from django.db import transaction

from casework import clock
from casework.access.context import acting, system
from casework.commands import referral as union
from casework.commands import referral_answer as office
from casework.commands import referral_hand_on as hand_on
from casework.commands.base import CommandRefused
from casework.commands.referral_step import standing_of
from casework.models import Deadline, Event, Office, Pack, Referral, User
from casework.referral_protocol import (
    Act,
    Holder,
    NotAllowed,
    Standing,
    State,
    after,
    next_of,
)
from mediation.engine import pump
from mediation.engine.errors import AlreadyDone, Conflict, Invalid, NotFound
from mediation.engine.ring import ring
from mediation.models import Task
from tests.process.conftest import instant
from tests.process.journey import do, start
from tests.process.referred import referred, returned, signed, task_on
from tests.process.test_engine import in_system, race

AT = "2026-03-04 09:00"
VARIANTS = [{}, {"returns": 1}, {"named": True}, {"hop": 2}, {"decided": True}]
HOLDER_OF = {
    "sign_for": Holder.OFFICE, "answer": Holder.OFFICE, "follow_up": Holder.OFFICE,
    "ask_consent": Holder.UNION, "supply": Holder.UNION, "decide": Holder.UNION,
    "read_result": Holder.UNION, "find_office": Holder.UNION, "name_decider": Holder.MEETING,
}  # fmt: skip


def acts(row, by, at):
    """Each act of the protocol as the command that carries it out."""
    told = {"by": by, "at": at}
    court = Office.objects.filter(agency_id="COURT", is_open=True).select_related("agency")[0]

    def leave(act, decision):
        hand_on.leave(row, act, decision=decision, words="说明", **told)
        if act in (Act.PASS_ON, Act.NAME):
            return hand_on.pass_on(row, act, matter="LEGAL_AID_CONSULT", office=court, **told)
        return None

    def redirect():
        passes = office.redirect(row, reason="不属于", **told)
        return (
            hand_on.pass_on(row, Act.REDIRECT, matter="X", office=court, **told)
            if passes
            else None
        )

    return {
        Act.ROUTE: lambda: union.route(row, office=court, shown={}, **told),
        Act.SEND: lambda: union.send_referral(row, number="1", **told),
        Act.SIGN: lambda: office.sign_for(row, **told),
        Act.ACCEPT: lambda: office.accept(row, own_number="", handler="甲", expected_on=None, **told),
        Act.RETURN: lambda: office.give_back(row, missing=["流水"], **told),
        Act.SUPPLY: lambda: union.supplement(row, words="流水", **told),
        Act.DECLINE: lambda: office.decline(row, reason_code="OTHER", reason="无", **told),
        Act.REDIRECT: redirect,
        Act.PROGRESS: lambda: office.progress(row, words="在办", on=clock.day(at), **told),
        Act.GIVE_RESULT: lambda: office.give_result(row, result="X", words="已办", on=clock.day(at), **told),
        Act.LAPSE: lambda: union.lapse(row, rule="P-10", at=at),
        Act.WITHDRAW: lambda: union.withdraw_referral(row, reason="不愿", **told),
        Act.PASS_ON: lambda: leave(Act.PASS_ON, "ELSEWHERE"),
        Act.CALL_MEETING: lambda: leave(Act.CALL_MEETING, "MEETING"),
        Act.NAME: lambda: leave(Act.NAME, "NAMED"),
        Act.LEAVE: lambda: leave(Act.LEAVE, "END"),
    }  # fmt: skip


class Undo(Exception):
    """Roll this one back."""


def carried_out(row, act, by, at):
    """What the real command makes of a row: its standing and the next referral's, or None if refused."""
    found = None
    try:
        with transaction.atomic():
            made = acts(row, by, at)[act]()
            fresh = made if isinstance(made, Referral) else None
            row.refresh_from_db()
            if fresh is not None:
                fresh.refresh_from_db()
            found = standing_of(row), standing_of(fresh) if fresh is not None else None
            raise Undo
    except (CommandRefused, Undo):
        return found


def test_every_act_in_every_state_comes_out_as_the_table_says(people):
    done, by, at = signed(people), people["dengchuan"], instant(AT)
    row = in_system(lambda: Referral.objects.get(case=done.case))
    seen = set()
    with transaction.atomic(), acting(done.case.pk, by):
        for state, variant, act in itertools.product(State, VARIANTS, Act):
            now = Standing(state, **variant)
            Referral.objects.filter(pk=row.pk).update(
                state=state.value, returns=now.returns, named=now.named, hop=now.hop,
                decision="END" if now.decided else "", ended_at=None,
            )  # fmt: skip
            try:
                then = after(now, act)
                expected = then, next_of(then, act)
            except NotAllowed:
                expected = None
            row.refresh_from_db()
            assert carried_out(row, act, by, at) == expected, (now, act)
            seen.add(expected is None)
    assert seen == {True, False}


class Walk:
    """A walk through the real flow, with the model beside it at every step."""

    def __init__(self, people, done):
        self.people, self.case = people, done.case
        self.check()

    def check(self):
        """Exactly one referral holds the matter, and exactly one task waits at its holder."""
        rows = in_system(lambda: list(Referral.objects.filter(case=self.case).order_by("id")))
        held = [row for row in rows if not standing_of(row).is_over]
        nodes = self.nodes()
        assert len(held) == len(nodes) <= 1, (rows, nodes)
        self.now = held[0] if held else rows[-1]
        if held:
            assert HOLDER_OF[nodes[0]] is standing_of(self.now).holder

    def nodes(self):
        rows = in_system(
            lambda: list(
                Task.objects.filter(case=self.case, is_open=True, process__referral__isnull=False,
                                    flow_task_type="HUMAN")
            )
        )  # fmt: skip
        return [each.flow_task.name for each in rows]

    def do(self, who, node, at, expects, **data):
        """A step of the flow; `expects` are the acts that the model makes of it."""
        before = standing_of(self.now)
        do(self.people[who], task_on(self.case, node), f"2026-{at} 09:00", **data)
        self.check()
        for act in expects:
            then = after(before, act)
            before = next_of(then, act) or then
        assert standing_of(self.now) == before

    def wait(self, at):
        """Let the clocks ring that are due until then, each at its time."""
        moment = instant(at)
        with clock.held_at(moment):
            with transaction.atomic(), system("pump"):
                ids = pump.claim(moment)
            assert any([ring(each, moment) for each in ids])
        self.check()


def test_accepted_after_material_was_asked_for_once(people):
    walk = Walk(people, referred(people))
    walk.do("luoqiming", "sign_for", "03-03", [Act.SIGN])
    walk.do("luoqiming", "answer", "03-04", [Act.RETURN], answer="RETURNED", lacking=["wages"])
    walk.do("dengchuan", "supply", "03-05", [Act.SUPPLY], words="流水")
    with pytest.raises(Invalid, match="RETURNED"):
        walk.do("luoqiming", "answer", "03-05", [], answer="RETURNED", missing="还要考勤")
    walk.do("luoqiming", "answer", "03-06", [Act.ACCEPT], answer="ACCEPTED", handler="罗")
    walk.do("luoqiming", "follow_up", "03-07", [Act.PROGRESS], what="PROGRESS", words="在查")
    walk.do("luoqiming", "follow_up", "03-08", [Act.GIVE_RESULT], what="RESULT", result="CORRECTED",
            words="已付")  # fmt: skip
    walk.do("dengchuan", "read_result", "03-09", [Act.LEAVE])


def test_the_third_hop_goes_to_the_meeting_and_whom_it_names_keeps_it(people):
    walk = Walk(people, referred(people))
    walk.do("luoqiming", "sign_for", "03-03", [Act.SIGN])
    with pytest.raises(CommandRefused):
        walk.do("luoqiming", "answer", "03-04", [], answer="REDIRECTED", reason="原单位",
                matter="LABOUR_INSPECTION")  # fmt: skip
    walk.do("luoqiming", "answer", "03-04", [Act.REDIRECT, Act.SEND], answer="REDIRECTED",
            matter="ARBITRATION", reason="属仲裁")  # fmt: skip
    walk.do("wenlan", "sign_for", "03-04", [Act.SIGN])
    walk.do("wenlan", "answer", "03-05", [Act.DECLINE], answer="DECLINED", reason_code="OTHER",
            reason="先咨询")  # fmt: skip
    walk.do("dengchuan", "decide", "03-05", [Act.PASS_ON], decision="ELSEWHERE",
            matter="LEGAL_AID_CONSULT", words="请援助中心")  # fmt: skip
    walk.do("dengchuan", "ask_consent", "03-05", [Act.SEND], given="yes", how="call")
    walk.do("songyu", "sign_for", "03-06", [Act.SIGN])
    walk.do("songyu", "answer", "03-06", [Act.REDIRECT], answer="REDIRECTED", matter="ARBITRATION",
            reason="属仲裁")  # fmt: skip
    assert walk.nodes() == ["name_decider"]
    arbitration = in_system(lambda: str(Office.objects.get(
        agency="HRSS", window="arbitration", district=walk.case.district).pk))  # fmt: skip
    walk.do("weijia", "name_decider", "03-09", [Act.NAME, Act.SEND], decision="NAMED",
            office=arbitration, words="由仲裁委员会承办")  # fmt: skip
    walk.do("wenlan", "sign_for", "03-09", [Act.SIGN])
    with pytest.raises(Invalid, match="DECLINED"):
        walk.do("wenlan", "answer", "03-10", [], answer="DECLINED", reason_code="OTHER",
                reason="不办")  # fmt: skip
    walk.do("wenlan", "answer", "03-10", [Act.ACCEPT], answer="ACCEPTED", handler="温")


def test_without_an_office_a_person_finds_one(people):
    in_system(lambda: User.objects.filter(username="luoqiming").update(is_active=False))
    walk = Walk(people, referred(people))
    assert walk.nodes() == ["find_office"]
    assert in_system(lambda: Pack.objects.count()) == 0
    other = in_system(lambda: str(Office.objects.get(
        agency="HRSS", window="arbitration", district=walk.case.district).pk))  # fmt: skip
    walk.do("dengchuan", "find_office", "03-04", [Act.ROUTE, Act.SEND], office=other)
    assert walk.nodes() == ["sign_for"]


def test_silence_climbs_the_ladder_then_lapses_and_comes_back(people):
    walk = Walk(people, referred(people))
    for at in ("2026-03-05 00:01", "2026-03-06 00:01", "2026-03-10 00:01"):
        walk.wait(at)
        assert walk.nodes() == ["sign_for"]
    walk.wait("2026-03-12 00:01")
    assert walk.nodes() == ["decide"]
    told = in_system(lambda: [
        row.payload["level"]
        for row in Event.objects.filter(case=walk.case, kind="case.escalated").order_by("seq")
    ])  # fmt: skip
    assert told[0] == "owner_and_lead"
    assert told.index("district_vice_chair") < told.index("municipal_rights_department")
    assert "lapsed" in told
    assert (
        in_system(lambda: Deadline.objects.filter(referral=walk.now, state="OPEN").count()) == 0
    )
    walk.do(
        "dengchuan", "decide", "03-12", [Act.CALL_MEETING], decision="MEETING", words="无答复"
    )
    walk.do("weijia", "name_decider", "03-13", [Act.LEAVE], decision="END", words="改走仲裁")


def test_material_not_supplied_lets_it_lapse(people):
    walk = Walk(people, returned(people))
    walk.wait("2026-03-12 00:01")
    assert walk.now.state == "LAPSED"
    walk.do("dengchuan", "decide", "03-12", [Act.LEAVE], decision="END", words="材料不齐")


def test_an_answer_after_the_withdrawal_is_too_late(people):
    done = signed(people)
    task = task_on(done.case, "answer")
    start(people["dengchuan"], "takeback.withdraw", AT, done.case, matter="LABOUR_INSPECTION",
          reason="本人要求")  # fmt: skip
    with pytest.raises((AlreadyDone, NotFound)):
        do(people["luoqiming"], task, "2026-03-04 10:00", answer="ACCEPTED", handler="罗启明")


def test_answer_against_lapse_has_one_fate(own_people):
    done = signed(own_people)
    task, moment = task_on(done.case, "answer"), instant("2026-03-18 00:01")
    with transaction.atomic(), system("pump"):
        ids = pump.claim(moment)

    def rung():
        with clock.held_at(moment):
            return [ring(each, moment) for each in ids]

    outcomes = race(
        rung,
        lambda: do(own_people["luoqiming"], task, "2026-03-18 00:01", answer="ACCEPTED",
                   handler="罗启明"),
    )  # fmt: skip
    row = in_system(lambda: Referral.objects.get(case=done.case))
    assert row.state in ("ACCEPTED", "LAPSED"), outcomes
    lost = [each for each in outcomes if isinstance(each, Exception)]
    assert all(isinstance(each, (AlreadyDone, Conflict, NotFound)) for each in lost)
    (left,) = in_system(lambda: [
        each.flow_task.name for each in Task.objects.filter(
            case=done.case, is_open=True, process__referral=row, flow_task_type="HUMAN")
    ])  # fmt: skip
    assert left == {"ACCEPTED": "follow_up", "LAPSED": "decide"}[row.state]
