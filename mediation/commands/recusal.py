"""Recusal: what a request, its decision and another mediator mean for the case and its tasks."""

from datetime import datetime

from django.db import transaction

from casework import clock
from casework.commands import recusal as file
from casework.commands.deadlines import meet_rule, set_deadline
from casework.models import Case, Tie, User
from mediation.models import Task

DECIDE_WITHIN, REPLACE_WITHIN = "M-12", "GEN-MEDIATOR"  # both one working day, policies


@transaction.atomic
def ask(
    case: Case, *, asked_by: str, ground: str, words: str, waived: bool, by: User, at: datetime
) -> str:
    """Ask for another mediator, or disclose. Answers ASKED, or WAIVED when nothing is to decide."""
    file.ask_recusal(
        case, asked_by=asked_by, ground=ground, words=words, waived=waived, by=by, at=at
    )
    if waived:
        return "WAIVED"
    set_deadline(
        case, DECIDE_WITHIN, start=clock.day(at), start_event="recusal_requested", by=by, at=at
    )
    return "ASKED"


@transaction.atomic
def disclose(
    case: Case,
    *,
    ground: str,
    name: str,
    words: str,
    waived: bool,
    by: User,
    at: datetime,
) -> str:
    """The mediator discloses a relation: it is kept for later cases too."""
    tie = Tie.RELATIVE if ground == file.Ground.RELATIVE else Tie.OTHER
    if name.strip():
        file.declare_tie(case, user=by, tie=tie, name=name, note=words[:120], at=at)
    return ask(
        case, asked_by="MEDIATOR", ground=ground, words=words, waived=waived, by=by, at=at
    )


@transaction.atomic
def decide(case: Case, *, granted: bool, reason: str, by: User, at: datetime) -> str:
    """The head decides; another mediator is named within one working day. The clocks run on."""
    file.decide_recusal(file.open_recusal(case), granted=granted, reason=reason, by=by, at=at)
    meet_rule(case, DECIDE_WITHIN, by=by, at=at)
    if not granted:
        return "STAYS"
    set_deadline(
        case, REPLACE_WITHIN, start=clock.day(at), start_event="mediator_recused", length=1,
        unit="working_day", by=by, at=at,
    )  # fmt: skip
    return "REPLACED"


@transaction.atomic
def replace(case: Case, *, mediator: User, reason: str, by: User, at: datetime) -> None:
    """Another mediator takes over the case with its open tasks and planned sessions."""
    was = case.mediator_id
    file.replace_mediator(case, mediator=mediator, reason=reason, by=by, at=at)
    meet_rule(case, REPLACE_WITHIN, by=by, at=at)
    for task in Task.objects.filter(case=case, is_open=True, owner_id=was):
        task.owner = mediator
        task.save()
