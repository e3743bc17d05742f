"""What several parts of one act ask of a case: read once an act, the same objects for all (read-only)."""

from casework.models import (
    Agreement,
    AgreementState,
    CallRecord,
    Case,
    Claim,
    Consent,
    Deadline,
    DeadlineState,
    Party,
    Side,
)
from casework.together import read


def parties_of(case: Case) -> list[Party]:
    """Those who are in the case now, with person and employer, in the order of their references."""
    rows = case.parties.filter(left_on__isnull=True).select_related("person", "employer")
    tables = ("casework_party", "casework_person", "casework_employer")
    return read(tables, ("parties", case.pk), lambda: list(rows))


def workers_of(case: Case) -> list[Party]:
    """The workers who are in the case now, in the order of their references."""
    return [row for row in parties_of(case) if row.side == Side.WORKER]


def calls_of(case: Case) -> list[CallRecord]:
    """The calls of a case, the first one first."""
    rows = case.calls.order_by("started_at")
    return read(("casework_callrecord",), ("calls", case.pk), lambda: list(rows))


def consents_of(case: Case, agency_code: str) -> list[Consent]:
    """The consents to passing data to an agency that nobody withdrew, newest first."""
    return [row for row in standing_of(case) if row.agency_id == agency_code]


def standing_of(case: Case) -> list[Consent]:
    """The consents of a case that nobody withdrew, newest first, with whose they are."""
    rows = Consent.objects.filter(case=case, withdrawn_at__isnull=True)
    rows = rows.select_related("party__person", "agency").order_by("-given_at", "-id")
    tables = ("casework_consent", "casework_party", "casework_person")
    return read(tables, ("consents", case.pk), lambda: list(rows))


def claims_of(case: Case) -> list[Claim]:
    """The claims of a case, with whose they are."""
    rows = case.claims.select_related("party")
    tables = ("casework_claim", "casework_party")
    return read(tables, ("claims", case.pk), lambda: list(rows))


def agreement_of(case: Case) -> Agreement | None:
    """The newest agreement in force."""
    rows = case.agreements.filter(state=AgreementState.IN_FORCE)
    return read(("casework_agreement",), ("in force", case.pk), rows.last)


def open_deadlines_of(case: Case) -> list[Deadline]:
    """The deadlines that run on a case."""
    rows = case.deadlines.filter(state=DeadlineState.OPEN)
    return read(("casework_deadline",), ("open", case.pk), lambda: list(rows))
