"""A request that no page offered: every start asks under the case's lock whether its act still fits."""

import pytest
from django.db import transaction

from casework.access.context import acting, system
from casework.access.roles import roles_with
from casework.commands.base import CommandRefused
from casework.models import Case, Event, User
from mediation.engine import run
from mediation.engine.errors import NotFound, NotYours
from mediation.engine.registry import all_flows, path_of
from mediation.models import Process
from tests.process.conftest import instant
from tests.process.journey import called, start

AT = "2026-03-03 09:00"


def starts():
    """Every start that needs a case."""
    return [
        node
        for flow in all_flows().values()
        for node in flow.instance.nodes()
        if getattr(node, "case_needed", False)
    ]


def hire(name, roles, like):
    with transaction.atomic(), system("test"):
        return User.objects.create(
            username=name, display_name=name, roles=sorted(roles), district=like.district,
            office=like.office,
        )  # fmt: skip


def state_of(case):
    with transaction.atomic(), system("test"):
        return (
            Case.objects.filter(pk=case.pk).values().get(),
            Event.objects.filter(case=case).count(),
            Process.objects.filter(case=case).count(),
        )


def refused_on(case, able):
    """The starts that do not fit a case; each was refused, and nothing was changed by it."""
    found, before = set(), state_of(case)
    for node in starts():
        with transaction.atomic(), acting(case.pk, able):
            fits = node.form.fits(Case.objects.get(pk=case.pk))
        if fits:
            continue
        with pytest.raises(CommandRefused):
            start(able, path_of(node), AT, case)
        found.add(path_of(node))
    assert state_of(case) == before
    return found


def test_what_is_not_offered_cannot_be_started_by_a_crafted_request(people):
    wanted = {node._owner_permission for node in starts()}
    roles = {roles_with(each)[0] for each in wanted} | {"dispatcher"}
    able = hire("chenall", roles - {"admin", "auditor"}, people["dengchuan"])
    case = called(people).case
    refused = refused_on(case, able)
    with transaction.atomic(), system("test"):
        day = instant(AT).date()
        Case.objects.filter(pk=case.pk).update(closed_on=day, archived_on=day)
    refused |= refused_on(case, able)
    assert refused == {path_of(node) for node in starts()}


def test_a_stranger_starts_nothing(people):
    case = called(people).case
    wanted = {node._owner_permission for node in starts()}
    roles = {roles_with(each)[0] for each in wanted} - {"admin", "auditor", "supervisor"}
    elsewhere = hire(
        "chenelse", roles & {"case_manager", "mediation_head"}, people["zhongping"]
    )
    nobody = hire("chennone", {"recorder"}, people["dengchuan"])
    before = state_of(case)
    for node in starts():
        who = elsewhere if elsewhere.has_perm(node._owner_permission) else nobody
        with pytest.raises((NotFound, NotYours)):
            run.start(node=path_of(node), by=who, data={}, at=instant(AT), case_id=case.pk)
    assert state_of(case) == before
