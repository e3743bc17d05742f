"""Every way that a matter can go between the union and five or seven agencies."""

from functools import cache

import pytest

from casework.referral_protocol import (
    HOLDERS,
    MOST_HOPS,
    OPENS_NEXT,
    Act,
    Holder,
    NotAllowed,
    Refusal,
    Standing,
    State,
    after,
    allowed,
    next_of,
)

# A matter: the agencies that had it, the one that has it now, and how it stands there.
BEGIN = [State.FINDING_OFFICE, State.ASKING_CONSENT]


@cache
def steps(now):
    """Each act that is possible: how the referral stands then, and the next one that it opens."""
    return [(act, then := after(now, act), next_of(then, act)) for act in allowed(now)]


def moves(matter, agencies):
    """Every next state of a matter: (act, the referral left behind or None, the matter then)."""
    had, agency, now = matter
    for act, then, fresh in steps(now):
        if fresh is None:
            yield act, None, (had, agency, then)
            continue
        for target in range(agencies):
            # passed on to an agency that had not had it; the meeting may name any
            if act is Act.NAME or (target != agency and target not in had):
                yield act, then, (had | {agency}, target, fresh)


def explore(agencies):
    """All reachable matters and the edges between them."""
    todo = [
        (frozenset(), first, Standing(state)) for state in BEGIN for first in range(agencies)
    ]
    edges = {}
    while todo:
        matter = todo.pop()
        if matter not in edges:
            edges[matter] = list(moves(matter, agencies))
            todo += [then for _act, _left, then in edges[matter]]
    return edges


@pytest.fixture(scope="module", params=[5, 7], ids=["five", "seven"])
def world(request):
    return request.param, explore(request.param)


def over(matter):
    return matter[2].holder is Holder.NOBODY


def test_never_two_owners(world):
    """What is left behind holds nothing; so the newest referral alone can hold the matter."""
    left = [left for out in world[1].values() for _act, left, _then in out if left is not None]
    assert left
    assert {each.holder for each in left} == {Holder.NOBODY}


def test_no_matter_without_an_owner_until_it_is_settled(world):
    """Without an owner only what was withdrawn, read, left at that, or opened the next referral."""
    for matter, out in world[1].items():
        now = matter[2]
        if over(matter):
            assert not out
            assert now.decided or now.state in (State.WITHDRAWN, State.REDIRECTED)
        else:
            assert out
    for out in world[1].values():
        for act, left, then in out:
            if act in {*OPENS_NEXT, Act.REDIRECT} and then[2].state is not State.MEETING:
                assert left is not None
                assert not over(then)


def test_no_deadlock_even_if_the_office_is_silent_for_ever(world):
    """From everywhere the union, or a clock, reaches an end without one act of an office."""
    of_offices = {Act.SIGN, Act.ACCEPT, Act.RETURN, Act.DECLINE, Act.REDIRECT, Act.PROGRESS,
                  Act.GIVE_RESULT}  # fmt: skip
    edges = world[1]
    back = {matter: [] for matter in edges}
    for matter, out in edges.items():
        for act, _left, then in out:
            if act not in of_offices:
                back[then].append(matter)
    reached = {matter for matter in edges if over(matter)}
    todo = list(reached)
    while todo:
        for before in back[todo.pop()]:
            if before not in reached:
                reached.add(before)
                todo.append(before)
    assert set(edges) - reached == set()


def test_the_hop_limit_holds_and_the_third_hop_goes_to_the_meeting(world):
    edges = world[1]
    assert max(matter[2].hop for matter in edges) == MOST_HOPS
    thirds = {
        then[2].state
        for matter, out in edges.items()
        for act, _left, then in out
        if act is Act.REDIRECT and matter[2].hop == MOST_HOPS
    }
    assert thirds == {State.MEETING}


def test_material_is_asked_for_once(world):
    assert max(matter[2].returns for matter in world[1]) == 1


def test_an_agency_never_gets_a_matter_back_but_by_name(world):
    again = [matter for matter in world[1] if matter[1] in matter[0]]
    assert again
    assert all(matter[2].named for matter in again)


def test_every_state_is_reached_and_every_act_done(world):
    edges = world[1]
    left = {left.state for out in edges.values() for _act, left, _then in out if left}
    assert {matter[2].state for matter in edges} | left == set(State) == set(HOLDERS)
    assert {act for out in edges.values() for act, _left, _then in out} == set(Act)
    assert len(edges) > 1000  # it is the whole of it, not a corner


def test_whom_the_meeting_names_cannot_push_it_away():
    now = Standing(State.SIGNED, named=True)
    for act in (Act.DECLINE, Act.REDIRECT):
        with pytest.raises(NotAllowed) as refused:
            after(now, act)
        assert refused.value.why is Refusal.NAMED


def test_a_planted_fault_is_found():
    """The proof can fail: passing on without settling would leave two owners."""
    now = Standing(State.DECLINED)
    assert now.holder is Holder.UNION
    assert after(now, Act.PASS_ON).holder is Holder.NOBODY
    with pytest.raises(NotAllowed):
        after(after(now, Act.LEAVE), Act.PASS_ON)
