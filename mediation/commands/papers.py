"""Papers issued on demand: what the file knows, a look at the paper, and the paper itself."""

import dataclasses
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.access.roles import matrix
from casework.commands.base import CommandRefused, lock_case
from casework.models import Case, Party, User
from documents import preview
from documents.facts.base import BLANK, Contradiction, FactMissing, missing
from documents.gather import gather
from documents.guard import Unprintable
from documents.issue import issue
from documents.models import Paper, Preview

PERMISSION = "documents.issue_"


class NoAgreement(CommandRefused):
    """This paper is about an agreement in force, and there is none."""


class PaperRefused(CommandRefused):
    """The paper cannot be issued with these facts."""


def on_demand() -> list[str]:
    """The codes of papers that somebody may issue by hand, from the access matrix."""
    return sorted(
        name.removeprefix(PERMISSION)
        for name in matrix()["permissions"]
        if name.startswith(f"{PERMISSION}D")
    )


def allowed(user: User) -> list[str]:
    """The codes that this person may issue."""
    return [code for code in on_demand() if user.has_perm(f"{PERMISSION}{code}")]


def subject_of(code: str, case: Case) -> int | None:
    """What the paper is about: D17 the agreement in force. Raises: NoAgreement."""
    if code != "D17":
        return None
    agreement = case.agreements.filter(effective_on__isnull=False).last()
    if agreement is None:
        raise NoAgreement
    return int(agreement.pk)


def known(code: str, case: Case, party: Party | None, *, by: User, at: datetime) -> Any:
    """The facts as the file has them; what it has not is empty. Raises: NoAgreement."""
    subject = subject_of(code, case)
    return gather(code, case=case, subject_id=subject, at=at, by=by, party=party)


def asked(facts: Any) -> list[str]:
    """The names of the mandatory facts that the file does not have, inner ones included."""
    found = []
    for slot in dataclasses.fields(facts):
        value = getattr(facts, slot.name)
        if slot.metadata.get("must") and (value in BLANK or _lacks(value)):
            found.append(slot.name)
    return found


def _lacks(value: Any) -> bool:
    inner = value if isinstance(value, tuple) else (value,)
    return any(dataclasses.is_dataclass(each) and bool(asked(each)) for each in inner)


@transaction.atomic
def issue_when_known(
    code: str,
    case: Case,
    *,
    by: User,
    at: datetime,
    party: Party | None = None,
    subject_id: int | None = None,
) -> Paper | None:
    """Issue a paper of a step that must not wait for it; nothing while the file lacks a fact."""
    facts = gather(code, case=case, subject_id=subject_id, at=at, by=by, party=party)
    if missing(facts):
        return None
    return issue(code, case=case, subject_id=subject_id, by=by, at=at, facts=facts)


@transaction.atomic
def look(code: str, case: Case, facts: Any, *, by: User, at: datetime) -> Preview:
    """Have the paper printed to be looked at, not issued. Raises: PaperRefused."""
    try:
        return preview.make(code, case=case, facts=facts, by=by, at=at)
    except (FactMissing, Contradiction, Unprintable) as refusal:
        raise PaperRefused(str(refusal)) from refusal


@transaction.atomic
def issue_seen(seen: Preview, *, by: User, at: datetime) -> Paper:
    """Issue what was looked at, as it was; twice is once. Raises: PaperRefused, NoAgreement."""
    lock_case(seen.case_id)
    code, case = seen.code, seen.case
    try:
        made: Paper = issue(
            code,
            case=case,
            by=by,
            at=at,
            subject_id=subject_of(code, case),
            facts=preview.facts_of(seen),
        )
    except (FactMissing, Contradiction, Unprintable) as refusal:
        raise PaperRefused(str(refusal)) from refusal
    preview.drop(case, code, by)
    return made
