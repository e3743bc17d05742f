"""Supervision letters: what sending one and its answer mean for papers and clocks.

A letter never stops mediation: its process runs beside the others.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from casework import clock
from casework.commands import letter as file
from casework.commands.base import CommandRefused
from casework.commands.deadlines import meet_rule, set_deadline
from casework.commands.hazard import mended_at_last
from casework.models import Case, Hazard, Letter, LetterLevel, LetterResult, User
from documents.issue import issue
from documents.models import Paper

RULES = {
    LetterLevel.REMINDER: ("U-01", "reminder_sent", "D22"),
    LetterLevel.OPINION: ("U-02", "opinion_sent", "D23"),
    LetterLevel.PROPOSAL: ("U-03", "proposal_sent", "D24"),
}
BEFORE = ("D22", "D23", "D37")  # what may stand before a proposal
LINES = {"D22": "hints", "D23": "demands", "D24": "proposals"}
REFUSALS = {
    LetterResult.IGNORED: "收到意见书后拒不签收、拒不答复或者拒不改正。",
    LetterResult.PARTLY: "收到意见书后只改正了一部分，其余没有改正，也没有说明正当理由。",
}


class NoLetter(CommandRefused):
    """There is no open letter on this case."""


def letter_of(case: Case) -> Letter:
    """The open letter of a case. Raises: NoLetter."""
    found = file.open_letter(case)
    if found is None:
        raise NoLetter
    return found


def send(case: Case, *, by: User, at: datetime) -> str:
    """Approve, number, print and start the clock of the answer. Answers the level."""
    letter = letter_of(case)
    file.send(letter, on=clock.day(at), by=by, at=at)
    rule, event, code = RULES[LetterLevel(letter.level)]
    set_deadline(case, rule, start=clock.day(at), start_event=event, by=by, at=at)
    paper = issue(
        code, case=case, subject_id=letter.pk, by=by, at=at, **_facts(letter, code, by)
    )
    letter.paper_id = paper.pk
    letter.save(update_fields=["paper_id"])
    return letter.level


def _facts(letter: Letter, code: str, by: User) -> dict[str, Any]:
    keys: dict[str, Any] = {
        "addressee": letter.addressee, "subject": letter.subject, "found": letter.found,
        "rules": tuple(letter.rules), LINES[code]: tuple(letter.lines),
    }  # fmt: skip
    if code == "D22":
        return keys
    keys["breach"] = letter.breach
    if code == "D23":
        return keys | {
            "checked_on": letter.checked_on, "supervisors": tuple(letter.supervisors),
            "signer": by.display_name,
        }  # fmt: skip
    before = Letter.objects.filter(case_id=letter.case_id, sent_on__isnull=False)
    last = before.exclude(pk=letter.pk).order_by("id").last()
    told = REFUSALS.get(LetterResult(last.result), "") if last and last.result else ""
    keys["refusal"] = told or letter.skipped_why
    if not Paper.objects.filter(case=letter.case, code__in=BEFORE, life="VALID").exists():
        keys["earlier"] = (f"因情节严重，经负责人批准直接提出建议：{letter.skipped_why}",)
    return keys


def answer(
    case: Case,
    *,
    result: str,
    words: str,
    on: date,
    by: User,
    at: datetime,
    clue: bool = False,
    mended: Sequence[Hazard] = (),
) -> str:
    """What came back, and which hazards are mended. Answers NEXT where another letter follows,
    CLUE where the lead decides about the procuratorate, else END.
    """
    letter = letter_of(case)
    rule, _event, _code = RULES[LetterLevel(letter.level)]
    file.answer(letter, result=result, words=words, on=on, by=by, at=at)
    meet_rule(case, rule, by=by, at=at, on=on)
    if mended:
        mended_at_last(case, hazards=mended, on=on, by=by, at=at)
    last = letter.level == LetterLevel.PROPOSAL
    if last and clue:
        return "CLUE"
    return "NEXT" if result in file.GIVES_WAY and not last else "END"


def silence(activation: Any) -> None:
    """The days for an answer are over: written down; the task stays for the next letter."""
    letter = file.open_letter(activation.process.case)
    if letter is not None:
        file.fall_silent(letter, at=clock.now())
