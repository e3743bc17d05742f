"""A worker asks for deletion: what the file says against the law, and words for the archivist to answer with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from casework.models import Case, Keeping, LegalHold, WordKind, WorkerWord
from casework.rules.retention import law_of_request
from mediation.desks.words import mark_words


@dataclass(frozen=True, slots=True)
class Review:
    """What stands against deletion, the article, and an answer in short sentences that the archivist may change."""

    state: str
    words: str
    law: str
    mark: str
    answer: str


def reviews(rows: Iterable[WorkerWord], today: date) -> dict[int, Review]:
    """A review for each wish for deletion that waits, by its number; in two questions however many."""
    waiting = [row for row in rows if row.kind == WordKind.DELETION and row.answered_at is None]
    ids = [row.case_id for row in waiting]
    kept = {row.case_id: row for row in Keeping.objects.filter(case_id__in=ids)} if ids else {}
    holds = LegalHold.objects.filter(case_id__in=ids, lifted_at=None)
    held = set(holds.values_list("case_id", flat=True)) if ids else set()
    return {
        row.pk: _review(row.case, kept.get(row.case_id), row.case_id in held, today)
        for row in waiting
    }


def _review(case: Case, row: Keeping | None, held: bool, today: date) -> Review:
    """A running case, a hold, a term that runs; or nothing: then two people may destroy the file."""
    law, refused = law_of_request("delete"), law_of_request("refuse")
    basis = _("Ground: %(law)s.") % {"law": law["zh"]}
    way = _("If you disagree you may go to court (%(law)s).") % {"law": refused["zh"]}
    state, words, told = _found(case, row, held, today)
    answer = "".join([*told, basis, *([way] if state != "done" else [])])
    return Review(state, words, law["zh"], mark_words(law["mark"]), answer)


def _found(
    case: Case, row: Keeping | None, held: bool, today: date
) -> tuple[str, str, list[str]]:
    if held:
        told = [_("We cannot delete it yet."), _("A lawful office needs this file now.")]
        return "paused", _("A legal hold stands."), told
    if row is None or (case.archived_on is None and case.status != "ADVICE_ANSWERED"):
        told = [_("We cannot delete it yet."), _("Your matter still needs these data.")]
        return "soon", _("The case is being worked on."), told
    if row.ends_on is None:
        told = [_("This file is kept for ever."), _("It is stored and used for nothing else.")]
        return "soon", _("The file is kept for ever."), told
    if row.ends_on >= today:
        day = row.ends_on.isoformat()
        told = [_("We cannot delete it yet."), _("It is kept until %(day)s.") % {"day": day},
                _("Until then it is only stored.")]  # fmt: skip
        return "soon", _("The term runs until %(day)s.") % {"day": day}, told
    told = [_("The time of keeping is over."), _("Two people now decide on deleting it.")]
    return "done", _("The term is over: ask for destruction."), told
