"""Supervision letters as rows: proposed by one, approved by another, answered or met with silence.

Source: 《工会法》第二十二条、第二十三条；the model of 提示函、意见书、建议书 is policy, see the rules U-01 to U-03.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, Letter, LetterLevel, LetterResult, LetterState, User

ORDER = [LetterLevel.REMINDER, LetterLevel.OPINION, LetterLevel.PROPOSAL]
OPEN = (LetterState.PROPOSED, LetterState.GIVEN_BACK, LetterState.SENT, LetterState.SILENT)
# Who may issue: 意见书 a county union or above, or the enterprise's own; 建议书 a county union or above.
TOO_LOW = {
    LetterLevel.OPINION: ("street",), LetterLevel.PROPOSAL: ("street", "enterprise"),
}  # fmt: skip
GIVES_WAY = (LetterResult.PARTLY, LetterResult.IGNORED)


class LetterOpen(CommandRefused):
    """A letter on this case is still open: its answer comes first."""


class LetterLeftOut(CommandRefused):
    """The letters follow one another. To leave one out, say why the case is serious."""


class TwoSupervisors(CommandRefused):
    """A check is made by two supervisors or more, on a day that is named."""


class ApprovedByItsAuthor(CommandRefused):
    """A letter is approved by somebody other than the one who proposed it."""


class LevelTooLow(CommandRefused):
    """This letter is issued by the union of a county or above (an opinion also by the enterprise's own): hand the case to the district first."""


class NotSent(CommandRefused):
    """This letter is not waiting for an answer."""


def open_letter(case: Case) -> Letter | None:
    """The letter of a case that is not at its end."""
    return next((row for row in case.letters.all() if row.state in OPEN), None)


def next_level(case: Case) -> LetterLevel:
    """What follows the last letter that was sent: the reminder first, the proposal last."""
    rows = [row for row in case.letters.all() if row.sent_on is not None]
    sent = max(rows, key=lambda row: row.pk, default=None)
    if sent is None or sent.result not in GIVES_WAY:
        return LetterLevel.REMINDER
    return ORDER[min(ORDER.index(LetterLevel(sent.level)) + 1, len(ORDER) - 1)]


@transaction.atomic
def propose(case: Case, *, by: User, at: datetime, **words: Any) -> Letter:
    """Propose a letter, or the text of one that was given back.

    `words` are the fields of Letter. Raises: LetterOpen, LetterLeftOut, TwoSupervisors.
    """
    lock_case(case.pk)
    there = open_letter(case)
    if there is not None and there.state != LetterState.GIVEN_BACK:
        raise LetterOpen
    level = LetterLevel(words["level"])
    if ORDER.index(level) > ORDER.index(next_level(case)) and not words.get("skipped_why"):
        raise LetterLeftOut(field="skipped_why")
    few = len(words.get("supervisors") or []) < 2  # noqa: PLR2004 (两名以上)
    if level == LetterLevel.OPINION and (few or not words.get("checked_on")):
        raise TwoSupervisors(field="supervisors")
    if there is not None:
        _end(there, LetterState.DROPPED)
    made = Letter.objects.create(case=case, proposed_by=by, **words)
    record(case, Kind.LETTER_PROPOSED, by=by, at=at, letter=made.pk, level=level.value)
    return made


@transaction.atomic
def give_back(letter: Letter, *, why: str, by: User, at: datetime) -> None:
    """The lead wants another text. Raises: ApprovedByItsAuthor."""
    _by_another(letter, by)
    letter.state, letter.decided_by, letter.decided_why = LetterState.GIVEN_BACK, by, why
    letter.save()
    record(letter.case, Kind.LETTER_GIVEN_BACK, by=by, at=at, letter=letter.pk, why=why)


@transaction.atomic
def send(letter: Letter, *, on: date, by: User, at: datetime) -> None:
    """The lead approves it: it goes out on a day. Raises: ApprovedByItsAuthor, LevelTooLow."""
    _by_another(letter, by)
    if letter.case.level in TOO_LOW.get(LetterLevel(letter.level), ()):
        raise LevelTooLow
    letter.state, letter.decided_by, letter.sent_on = LetterState.SENT, by, on
    letter.save()
    record(letter.case, Kind.LETTER_SENT, by=by, at=at, letter=letter.pk, level=letter.level)


@transaction.atomic
def answer(
    letter: Letter, *, result: str, words: str, on: date, by: User, at: datetime
) -> None:
    """What came back, and what it brought about. Raises: NotSent."""
    if letter.state not in (LetterState.SENT, LetterState.SILENT):
        raise NotSent
    letter.result, letter.answer, letter.answered_on = result, words, on
    _end(letter, LetterState.ANSWERED)
    record(
        letter.case, Kind.LETTER_ANSWERED, by=by, at=at, letter=letter.pk, result=result, on=on
    )


@transaction.atomic
def fall_silent(letter: Letter, *, at: datetime) -> None:
    """The days for the answer are over and none came."""
    if letter.state == LetterState.SENT:
        _end(letter, LetterState.SILENT)
        record(letter.case, Kind.LETTER_UNANSWERED, by=None, at=at, letter=letter.pk)


def _end(letter: Letter, state: LetterState) -> None:
    letter.state = state
    letter.save()


def _by_another(letter: Letter, by: User) -> None:
    lock_case(letter.case_id)
    if letter.proposed_by_id == by.pk:
        raise ApprovedByItsAuthor
