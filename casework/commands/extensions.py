"""A deadline runs longer only forward, with a ground, a law that allows it, and a second person."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadline_moves import supersede_deadline
from casework.commands.deadline_rows import (
    NeedsGround,
    NotRunning,
    day_of,
    is_extended,
    own_unit,
    pauses_of,
)
from casework.commands.outcome import LIMITS
from casework.events import Kind, record
from casework.models import Case, Deadline, DeadlineState, Extension, ExtensionState, User
from casework.queries import calendar, rulebook
from casework.rules.catalogue import Rule
from casework.rules.deadlines import due
from casework.rules.errors import ExtensionNeedsLength, LengthNotAllowed, RuleError

POLICY = "agreed"


class LawGivesNoExtension(CommandRefused):
    """The rule of this deadline knows no extension: nobody can grant one."""


class ByConsentOfBoth(CommandRefused):
    """Mediation goes on longer only by the signed consent of both sides: use that act on the case."""


class NeedsEvidence(CommandRefused):
    """Name the paper by which the extension was approved."""


class MustBeLonger(CommandRefused):
    """It must end later than now, and no later than the rule allows."""


class AlreadyAsked(CommandRefused):
    """An extension of this deadline waits for a second person already."""


class OwnRequest(CommandRefused):
    """A second person must decide: nobody grants their own extension."""


class RequestDecided(CommandRefused):
    """This request is already decided."""


class NotYourRequest(CommandRefused):
    """Only the person who asked takes the request back."""


def rule_behind(deadline: Deadline) -> Rule:
    """The rule as it holds for the deadline's case.

    Raises: LawGivesNoExtension, ByConsentOfBoth when this way is not open for it.
    """
    try:
        rule = rulebook.rule_of(deadline.case, deadline.rule, deadline.start)
    except RuleError as error:  # a period without a rule
        raise LawGivesNoExtension from error
    if rule.code in LIMITS:
        raise ByConsentOfBoth
    if rule.extension is None and not rule.adjustable:
        raise LawGivesNoExtension
    if _at_its_end(rule, deadline):
        raise LawGivesNoExtension
    return rule


def _at_its_end(rule: Rule, deadline: Deadline) -> bool:
    """Whether it already runs as long as a rule with a fixed extension allows."""
    if rule.extension is None or rule.extension.length is None or rule.length is None:
        return False
    return deadline.length >= rule.length + rule.extension.length


def longer(deadline: Deadline, length: int) -> date:
    """The day on which it would end with that whole length. Raises: MustBeLonger and those above."""
    rule = rule_behind(deadline)
    if length <= deadline.length:
        raise MustBeLonger(field="more")
    try:
        answer = due(
            deadline.rule, deadline.start, calendar=calendar.current(),
            catalogue=rulebook.catalogue_of(deadline.case), length=length,
            extended=rule.extension is not None or is_extended(deadline),
            unit=own_unit(deadline), pauses=pauses_of(deadline),
        )  # fmt: skip
    except (LengthNotAllowed, ExtensionNeedsLength) as error:
        raise MustBeLonger(field="more") from error
    return day_of(answer.due)


@transaction.atomic
def ask_extension(
    deadline: Deadline, *, length: int, ground: str, evidence: str, by: User, at: datetime
) -> Extension:
    """Ask for a later day: `length` is the whole new length in the deadline's own unit.

    Raises: NotRunning, NeedsGround, NeedsEvidence, AlreadyAsked, MustBeLonger,
        LawGivesNoExtension, ByConsentOfBoth, RuleError.
    """
    case = lock_case(deadline.case_id)
    deadline.refresh_from_db()
    if deadline.state != DeadlineState.OPEN:
        raise NotRunning
    if not ground.strip():
        raise NeedsGround(field="ground")
    would_be = longer(deadline, length)
    if deadline.nature != POLICY and not evidence.strip():
        raise NeedsEvidence(field="evidence")
    if Extension.objects.filter(deadline=deadline, state=ExtensionState.ASKED).exists():
        raise AlreadyAsked
    row = Extension.objects.create(
        case=case, deadline=deadline, length=length, would_be=would_be, ground=ground.strip(),
        evidence=evidence.strip(), asked_by=by, asked_at=at,
    )  # fmt: skip
    _tell(
        row, Kind.LONGER_ASKED, by, at, due=deadline.due, would_be=would_be, ground=row.ground
    )
    return row


@transaction.atomic
def grant_extension(row: Extension, *, by: User, at: datetime) -> Deadline:
    """The second person agrees: the deadline is superseded by a later one, its clocks move along.

    Raises: OwnRequest, RequestDecided, NotRunning, MovesBackward, RuleError.
    """
    found = _deciding(row)
    if found.asked_by_id == by.pk:
        raise OwnRequest
    deadline = found.deadline
    _close(found, ExtensionState.GRANTED, "", by, at)
    if deadline.state != DeadlineState.OPEN:
        raise NotRunning
    return supersede_deadline(
        deadline, ground=_ground(found), second_person=found.asked_by, by=by, at=at,
        length=found.length, extended=rule_behind(deadline).extension is not None,
    )  # fmt: skip


@transaction.atomic
def refuse_extension(row: Extension, *, note: str, by: User, at: datetime) -> Extension:
    """The second person refuses, with a reason. Raises: OwnRequest, RequestDecided, NeedsGround."""
    found = _deciding(row)
    if found.asked_by_id == by.pk:
        raise OwnRequest
    if not note.strip():
        raise NeedsGround(field="note")
    _close(found, ExtensionState.REFUSED, note, by, at)
    _tell(found, Kind.LONGER_REFUSED, by, at, reason=note.strip())
    return found


@transaction.atomic
def take_back_extension(row: Extension, *, by: User, at: datetime) -> Extension:
    """The one who asked takes it back. Raises: NotYourRequest, RequestDecided."""
    found = _deciding(row)
    if found.asked_by_id != by.pk:
        raise NotYourRequest
    _close(found, ExtensionState.WITHDRAWN, "", by, at)
    _tell(found, Kind.LONGER_TAKEN_BACK, by, at)
    return found


def may_run_longer(deadline: Deadline) -> bool:
    """Whether an extension can be asked for at all."""
    try:
        rule_behind(deadline)
    except CommandRefused:
        return False
    return deadline.state == DeadlineState.OPEN


def _deciding(row: Extension) -> Extension:
    """The request under the lock of its case. Raises: RequestDecided."""
    lock_case(row.case_id)
    found = Extension.objects.select_related("deadline__case", "asked_by").get(pk=row.pk)
    if found.state != ExtensionState.ASKED:
        raise RequestDecided
    return found


def _close(row: Extension, state: ExtensionState, note: str, by: User, at: datetime) -> None:
    row.state, row.note, row.decided_by, row.decided_at = state, note.strip(), by, at
    row.save(update_fields=["state", "note", "decided_by", "decided_at"])


def _ground(row: Extension) -> str:
    words = f"{row.ground}（{row.evidence}）" if row.evidence else row.ground
    return words[: Deadline._meta.get_field("ground").max_length]


def _tell(row: Extension, kind: Kind, by: User, at: datetime, **told: Any) -> None:
    case: Case = row.case
    record(
        case, kind, by=by, at=at, rule=row.deadline.rule, deadline=str(row.deadline_id), **told
    )
