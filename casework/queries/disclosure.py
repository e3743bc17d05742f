"""What of a case one agency may be given: its own fields, of those workers who agreed, kind by kind."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from casework.matters import matter_named
from casework.models import (
    Case,
    Claim,
    Consent,
    Evidence,
    Party,
    Referral,
)
from casework.queries.of_case import (
    agreement_of,
    calls_of,
    claims_of,
    consents_of,
    open_deadlines_of,
    parties_of,
    workers_of,
)

# Kinds of data that are about a worker: they leave only with that worker's consent (PIPL 13, 23).
PERSONAL = frozenset(
    ("names", "identity", "phone", "address", "claims", "facts", "evidence", "agreement")
)

LEAST_TOGETHER = 5  # a cell under five names somebody (house rule for outside reports)


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose data leave, of which kinds. `withheld`: kinds that the agency could see and does not.

    `consents`: the ids of the consents it rests on, the newest of each worker; none in an emergency.
    """

    workers: tuple[Party, ...] = ()
    kinds: dict[int, frozenset[str]] = field(default_factory=dict)
    story: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    sees: frozenset[str] = frozenset()
    consents: tuple[int, ...] = ()

    def who(self, kind: str) -> list[Party]:
        """The workers who let this kind of data go, if the agency may see it."""
        if kind not in self.sees:
            return []
        return [row for row in self.workers if kind in self.kinds.get(row.pk, frozenset())]


def standing_consents(case: Case, agency_code: str) -> list[Consent]:
    """The consents to passing data to an agency that nobody withdrew, newest first."""
    return consents_of(case, agency_code)


def shown_to(referral: Referral) -> Shown:
    """Whose data of which kinds may go out with a referral, now."""
    case, matter = referral.case, matter_named(referral.matter)
    sees = frozenset(referral.agency.visible_fields)
    workers = _workers(case)
    anonymous = _anonymous(case)
    travelling = (
        [] if matter.nobody else [row for row in workers if row.person_id not in anonymous]
    )
    if matter.applicants_only:
        refs = set(referral.shown.get("applicants", ()))
        travelling = [row for row in travelling if row.ref in refs]
    rows = [] if referral.ground else standing_consents(case, referral.agency_id)
    kinds, story = _kinds(referral, travelling, sees, rows)
    everybody = [kinds.get(row.pk, frozenset()) for row in workers]
    common = frozenset.intersection(*everybody) if everybody else frozenset()
    return Shown(
        workers=tuple(travelling), kinds=kinds, story=story,
        withheld=(sees & PERSONAL) - common, sees=sees,
        consents=_newest(rows, {row.pk for row in travelling}),
    )  # fmt: skip


def _newest(rows: list[Consent], travelling: set[int]) -> tuple[int, ...]:
    """The newest consent of each worker, in the order in which they were given."""
    newest: dict[int, int] = {}
    for row in rows:  # newest first
        if row.party_id in travelling:
            newest.setdefault(row.party_id, row.pk)
    return tuple(sorted(newest.values()))


def _kinds(
    referral: Referral, workers: list[Party], sees: frozenset[str], rows: list[Consent]
) -> tuple[dict[int, frozenset[str]], frozenset[str]]:
    """Each worker's kinds, and those of the story as it was told; an emergency opens what it needs."""
    if referral.ground:
        return {row.pk: sees & PERSONAL for row in workers}, sees & PERSONAL
    own: dict[int, frozenset[str]] = {}
    for consent in rows:
        if consent.party_id is not None:
            held = own.get(consent.party_id, frozenset())
            own[consent.party_id] = held | frozenset(consent.kinds) & sees & PERSONAL
    told = frozenset(kind for row in rows for kind in row.kinds)
    return {row.pk: own[row.pk] for row in workers if row.pk in own}, told & sees


def _workers(case: Case) -> list[Party]:
    return workers_of(case)


def _anonymous(case: Case) -> set[int | None]:
    return {row.caller_id for row in calls_of(case) if row.anonymous and row.caller_id}


def fields_for(referral: Referral, shown: Shown) -> dict[str, Any]:
    """The fields of a pack: exactly what the agency's row allows and the workers agreed to."""
    case = referral.case
    found = {
        **_of_people(shown), **_of_the_story(case, shown),
        "employer": _firms(case), "claims": _claims(case, shown),
        "agreement": _agreement(case) if "agreement" in shown.sees - shown.withheld else "",
        "deadlines": [
            {"rule": row.rule, "due": row.due.isoformat()}
            for row in open_deadlines_of(case)
            if row.nature == "statutory"
        ],
    }  # fmt: skip
    kept = {name: value for name, value in found.items() if name in shown.sees and value}
    if files := files_for(referral, shown):
        kept["files"] = files
    return {**kept, "people": case.group_size} if case.group_size > 1 else kept


def files_for(referral: Referral, shown: Shown) -> list[dict[str, Any]]:
    """The files that were chosen for this office, of those workers who let their evidence go."""
    chosen = [int(each) for each in referral.shown.get("enclosed", ())]
    if not chosen:
        return []
    mine = {row.pk: row.ref for row in shown.who("evidence")}
    rows = Evidence.objects.filter(
        case_id=referral.case_id, pk__in=chosen, party__in=mine, taken_back_at=None
    )
    return [
        {"id": str(row.pk), "name": row.name, "sha256": row.sha256, "media_type": row.media_type,
         "size": row.size, "who": mine[row.party_id]}
        for row in rows
    ]  # fmt: skip


def _of_people(shown: Shown) -> dict[str, Any]:
    def of(kind: str, attribute: str) -> list[str]:
        found = (getattr(row.person, attribute) for row in shown.who(kind) if row.person)
        return [str(value) for value in found if value]

    return {
        "names": of("names", "name"), "identity": of("identity", "identity_number"),
        "phone": (of("phone", "phone") or [""])[0],
        "address": (of("address", "address") or [""])[0],
    }  # fmt: skip


def _of_the_story(case: Case, shown: Shown) -> dict[str, Any]:
    call = next(iter(calls_of(case)), None)
    if call is None:
        return {}
    return {
        name: getattr(call, name) if name in shown.story else ""
        for name in ("facts", "evidence")
    }


def _firms(case: Case) -> list[dict[str, str]]:
    return [
        {"name": row.name, "capacity": row.capacity, "credit_code": row.employer.credit_code, "address": row.employer.address}
        for row in parties_of(case)
        if row.employer
    ]  # fmt: skip


def _claims(case: Case, shown: Shown) -> list[dict[str, str]]:
    """The claims of those who agreed, one by one; those of a larger rest as one sum an item."""
    mine = {row.pk for row in shown.who("claims")}
    rows = claims_of(case)
    told = [
        {"item": row.item, "yuan": _yuan(row.amount_yuan), "who": row.party.ref if row.party else ""}
        for row in rows
        if (row.party_id in mine if row.party_id else "claims" in shown.story)
    ]  # fmt: skip
    return told + _rest(
        [row for row in rows if row.party_id and row.party_id not in mine], shown
    )


def _rest(rows: list[Claim], shown: Shown) -> list[dict[str, str]]:
    """What the others claim, added up: only when they are so many that no sum is anybody's own."""
    found = []
    for item in dict.fromkeys(row.item for row in rows):
        of_item = [row for row in rows if row.item == item]
        people = len({row.party_id for row in of_item})
        if people >= LEAST_TOGETHER and "claims" in shown.story:
            total = sum((row.amount_yuan or Decimal(0) for row in of_item), Decimal(0))
            found.append({"item": item, "yuan": str(total), "who": f"×{people}"})
    return found


def _yuan(amount: Decimal | None) -> str:
    return str(amount) if amount is not None else ""


def _agreement(case: Case) -> dict[str, str]:
    row = agreement_of(case)
    if row is None:
        return {}
    effective: date | None = row.effective_on
    return {
        "effective_on": effective.isoformat() if effective else "",
        "yuan": str(row.total_yuan),
    }
