"""The book of rules is changed by two people: one proposes, another approves; never the past."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework import clock, registry
from casework.commands.base import CommandRefused
from casework.models import EditKind, EditState, RuleEdit, User
from casework.queries import rulebook, rulebook_tables
from casework.rules import catalogue as rules
from casework.rules.errors import BadData, UnknownParameter
from casework.rules.money import amount

LAW = "V"
OPEN = (EditState.PROPOSED, EditState.APPROVED)
SERIES = "rulebook"
CHOICES = {"double_wage_limitation": ("per_month_back", "from_end", "from_month_two")}


class OnlyByRelease(CommandRefused):
    """This was checked against the text of the law: it changes only by a release."""


class NotInTheFuture(CommandRefused):
    """An edit takes effect on a day after today: the past is never changed."""


class NothingChanges(CommandRefused):
    """This is what already holds: nothing would change."""


class NeedsReasonAndSource(CommandRefused):
    """Say why, and for a figure where it is published."""


class OwnEdit(CommandRefused):
    """A second person must decide: nobody approves their own edit."""


class AlreadyDecided(CommandRefused):
    """This edit is already decided."""


class AlreadyInEffect(CommandRefused):
    """This edit is already in effect: propose a new one instead."""


class DayTaken(CommandRefused):
    """Another edit of this takes effect on the same day or later: withdraw that one first."""


@transaction.atomic
def propose_rule(
    *,
    code: str,
    changes: dict[str, Any],
    effective_from: date,
    reason: str,
    by: User,
    at: datetime,
) -> RuleEdit:
    """Propose another length for a time limit marked K, U or P.

    `changes` may hold `length` and `variants`, in the rule's own unit.
    Raises: OnlyByRelease, NotInTheFuture, NothingChanges, NeedsReasonAndSource, DayTaken, RuleError.
    """
    need_future(effective_from, at)
    need(reason)
    known = rulebook.catalogue().rule(code)[0]
    if known.mark not in rules.EDITABLE:
        raise OnlyByRelease
    fresh = {key: value for key, value in changes.items() if value != _now(known, key)}
    if not fresh:
        raise NothingChanges
    was = {key: _now(known, key) for key in fresh}
    need_free(EditKind.RULE, code, effective_from)
    rulebook.catalogue().merged([rulebook.as_row(code, effective_from.isoformat(), fresh)])
    return RuleEdit.objects.create(
        kind=EditKind.RULE, code=code, changes=fresh, was=was, effective_from=effective_from,
        reason=reason.strip(), proposed_by=by, proposed_at=at,
    )  # fmt: skip


@transaction.atomic
def propose_figure(
    *,
    name: str,
    value: str,
    mark: str,
    source: str,
    effective_from: date,
    reason: str,
    by: User,
    at: datetime,
) -> RuleEdit:
    """Propose a new value of a parameter, published in `source`, from a future day on.

    Raises: OnlyByRelease, NotInTheFuture, NothingChanges, NeedsReasonAndSource, DayTaken, RuleError.
    """
    need_future(effective_from, at)
    need(reason)
    need(source)
    rows = rulebook.parameters().values.get(name)
    if not rows:
        raise UnknownParameter(name)
    last = rows[-1]
    if LAW in (last.mark, mark):
        raise OnlyByRelease
    if mark not in "SKUP":
        raise BadData(name, mark)
    exact = _exact(name, last.value, value)
    if exact == last.value:
        raise NothingChanges
    need_free(EditKind.PARAMETER, name, effective_from)
    return RuleEdit.objects.create(
        kind=EditKind.PARAMETER, code=name,
        changes={"value": exact, "mark": mark, "source": source.strip()},
        was={"value": last.value, "mark": last.mark, "source": last.source},
        effective_from=effective_from, reason=reason.strip(), proposed_by=by, proposed_at=at,
    )  # fmt: skip


@transaction.atomic
def approve(edit: RuleEdit, *, by: User, at: datetime) -> RuleEdit:
    """The second person agrees: the edit gets its number and counts from its day on.

    Raises: OwnEdit, AlreadyDecided, NotInTheFuture, DayTaken, RuleError.
    """
    number = registry.next_number(SERIES)  # its row is the lock: one approval at a time
    row = _deciding(edit, by)
    need_future(row.effective_from, at)
    need_free(row.kind, row.code, row.effective_from, but=row)
    if row.kind == EditKind.RULE:
        fresh = rulebook.as_row(row.code, row.effective_from.isoformat(), row.changes)
        rulebook.catalogue().merged([fresh])
    elif row.kind == EditKind.TABLE:
        since = row.effective_from.isoformat()
        rulebook_tables.tables().merged([rulebook_tables.as_edit(row.code, since, row.changes)])
    row.number, row.state = number, EditState.APPROVED
    row.decided_by, row.decided_at = by, at
    row.save(update_fields=["number", "state", "decided_by", "decided_at"])
    return row


@transaction.atomic
def reject(edit: RuleEdit, *, note: str, by: User, at: datetime) -> RuleEdit:
    """The second person refuses, with a reason. Raises: OwnEdit, AlreadyDecided, NeedsReasonAndSource."""
    need(note)
    row = _deciding(edit, by)
    row.state, row.note, row.decided_by, row.decided_at = EditState.REJECTED, note, by, at
    row.save(update_fields=["state", "note", "decided_by", "decided_at"])
    return row


@transaction.atomic
def withdraw(edit: RuleEdit, *, note: str, by: User, at: datetime) -> RuleEdit:
    """Take back an edit before its day, proposed or approved. The row stays as history.

    Raises: AlreadyInEffect, AlreadyDecided, NeedsReasonAndSource.
    """
    need(note)
    row = RuleEdit.objects.select_for_update(of=("self",)).get(pk=edit.pk)
    if row.state not in OPEN:
        raise AlreadyDecided
    if row.state == EditState.APPROVED and row.effective_from <= clock.day(at):
        raise AlreadyInEffect
    row.state, row.note, row.withdrawn_by, row.withdrawn_at = EditState.WITHDRAWN, note, by, at
    row.save(update_fields=["state", "note", "withdrawn_by", "withdrawn_at"])
    return row


def _deciding(edit: RuleEdit, by: User) -> RuleEdit:
    row = RuleEdit.objects.select_for_update(of=("self",)).get(pk=edit.pk)
    if row.proposed_by_id == by.pk:
        raise OwnEdit
    if row.state != EditState.PROPOSED:
        raise AlreadyDecided
    return row


def _now(known: rules.Rule, key: str) -> Any:
    if key == "length":
        return known.length
    if key == "variants":
        return dict(known.variants)
    raise BadData(known.code, key)


def _exact(name: str, old: str, new: str) -> str:
    """A figure in the form of the one before it; a choice stays a word."""
    if name in CHOICES:
        if new not in CHOICES[name]:
            raise BadData(name, new)
        return new
    places = len(old.partition(".")[2])
    return f"{amount(new):.{places}f}"


def need(words: str) -> None:
    """Raises: NeedsReasonAndSource."""
    if not words.strip():
        raise NeedsReasonAndSource


def need_future(day: date, at: datetime) -> None:
    """Raises: NotInTheFuture."""
    if day <= clock.day(at):
        raise NotInTheFuture(field="effective_from")


def need_free(kind: str, code: str, day: date, but: RuleEdit | None = None) -> None:
    """Raises: DayTaken when an approved edit counts from that day or a later one."""
    taken = RuleEdit.objects.filter(
        kind=kind, code=code, state=EditState.APPROVED, effective_from__gte=day
    )
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise DayTaken(field="effective_from")
