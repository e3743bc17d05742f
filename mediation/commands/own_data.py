"""A worker's wish to correct own data: a process with a day, what was checked, the act, and the answer told."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import clock
from casework.commands.base import CommandRefused, lock_case
from casework.commands.deadlines import meet_deadline, set_deadline
from casework.events import Kind, record
from casework.models import (
    Case,
    Deadline,
    DeadlineState,
    Event,
    Party,
    User,
    WordResult,
    WorkerWord,
)
from casework.notify import send_once
from casework.rules.retention import law_of_request
from mediation.commands import correction
from mediation.models import Process, Task

ANSWER = "P-14"
FLOW = "owndata"
CORRECTIONS = (
    Kind.RECORD_CORRECTED, Kind.PERSON_CORRECTED, Kind.PARTY_CORRECTED, Kind.EMPLOYER_CORRECTED,
    Kind.CLAIM_CORRECTED, Kind.CLAIM_VOIDED, Kind.CALL_CORRECTED, Kind.SESSION_CORRECTED,
    Kind.SERVICE_VOIDED, Kind.PAYMENT_VOIDED,
)  # fmt: skip


class NothingPutRight(CommandRefused):
    """Nothing in this case was put right since the worker said so: correct it first, or say why not."""


class AnsweredAlready(CommandRefused):
    """This was answered already."""


def ask(word: WorkerWord, *, at: datetime) -> None:
    """Begin: a task for the case manager and the day of the answer, in the act of saying it."""
    from mediation.engine.registry import flow_named

    on = clock.day(at)
    set_deadline(word.case, ANSWER, start=on, start_event="correction_asked", by=None, at=at)
    flow_named(FLOW).asked.run(case=word.case, answer=str(word.pk))


def word_of(process: Process) -> WorkerWord:
    """What the worker said: the begin of the process keeps its number in the answer."""
    rows = WorkerWord.objects.select_related("case", "party__person")
    return rows.get(pk=int(process.answer))


def tasks_of(words: list[WorkerWord]) -> dict[int, int]:
    """The number of the open task of each word that waits in a process, in one question."""
    from mediation.engine.registry import flow_named

    rows = Task.objects.filter(
        process__flow_class=flow_named(FLOW), process__answer__in=[str(row.pk) for row in words],
        is_open=True, flow_task=flow_named(FLOW).check,
    )  # fmt: skip
    return {int(answer): task for answer, task in rows.values_list("process__answer", "pk")}


@transaction.atomic
def put_right(
    word: WorkerWord,
    *,
    fields: dict[str, Any],
    checked: str,
    words: str,
    by: User,
    at: datetime,
) -> str:
    """Correct the data, or state that another act of the case did; answers which papers show the old words.

    `checked`: how it was made sure (a code). Raises: AnsweredAlready, NothingPutRight.
    """
    _need_open(word)
    stale = ""
    if fields:
        reason = _("the worker asked for it")
        stale = correction.worker(
            word.case, word.party, fields=fields, reason=reason, by=by, at=at
        )
    elif not _corrected_since(word):
        raise NothingPutRight(field="decision")
    _answer(
        word, WordResult.CORRECTED, words, by=by, at=at, checked=checked, fields=sorted(fields)
    )
    return stale


@transaction.atomic
def refuse(word: WorkerWord, *, words: str, by: User, at: datetime) -> None:
    """It stays as it is, with the reason and the ways to complain. Raises: AnsweredAlready.

    Source: 《个人信息保护法》第五十条（拒绝应当说明理由，可以起诉）、第六十五条（可以投诉）。
    """
    _need_open(word)
    _answer(word, WordResult.REFUSED, words, by=by, at=at)


def ways_to_complain() -> list[str]:
    """Where a worker goes who does not agree, in short sentences, with the articles."""
    tongue = "zh" if (get_language() or "").startswith("zh") else "en"
    complain, sue = (law_of_request(name)[tongue] for name in ("complain", "refuse"))
    return [
        _("You may call 12351 and ask for the head."),
        _("You may complain to the cyberspace office (%(law)s).") % {"law": complain},
        _("You may also go to court (%(law)s).") % {"law": sue},
    ]


def _need_open(word: WorkerWord) -> None:
    lock_case(word.case_id)
    word.refresh_from_db(fields=["answered_at"])
    if word.answered_at is not None:
        raise AnsweredAlready


def _corrected_since(word: WorkerWord) -> bool:
    rows = Event.objects.filter(
        case=word.case_id, kind__in=CORRECTIONS, recorded_at__gte=word.at
    )
    return rows.exists()


def _answer(
    word: WorkerWord, result: WordResult, words: str, *, by: User, at: datetime, **about: Any
) -> None:
    """The answer stands in the portal, the clock stops, a text says that there is something to read."""
    word.answer, word.result, word.answered_at, word.answered_by = words.strip(), result, at, by
    word.save(update_fields=["answer", "result", "answered_at", "answered_by"])
    case, party = word.case, word.party
    _meet(case, word, by=by, at=at)
    record(
        case, Kind.WORKER_ANSWERED, by=by, at=at, party=party.ref, what=word.kind,
        result=str(result), **about,
    )  # fmt: skip
    _tell(case, party, word, at)


def _meet(case: Case, word: WorkerWord, *, by: User, at: datetime) -> None:
    """The clock of this word: of several that run the one that began on its day."""
    rows = Deadline.objects.filter(case=case, rule=ANSWER, start=clock.day(word.at))
    found = rows.filter(state__in=[DeadlineState.OPEN, DeadlineState.PAUSED]).first()
    if found is not None:
        meet_deadline(found, by=by, at=at)


def _tell(case: Case, party: Party, word: WorkerWord, at: datetime) -> None:
    send_once(case, party, "news", key=f"word:{word.pk}", at=at)
