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
    Instalment,
    Party,
    Side,
)
from casework.queries import at_once, page_memory
from casework.together import read


def parties_of(case: Case) -> list[Party]:
    """Those who are in the case now, with person and employer, in the order of their references."""
    tables = ("casework_party", "casework_person", "casework_employer")
    return read(tables, ("parties", case.pk), lambda: _standing(case))


def _standing(case: Case) -> list[Party]:
    if at_once.holds(case, "parties"):
        return [row for row in case.parties.all() if row.left_on is None]
    rows = case.parties.filter(left_on__isnull=True)
    return list(rows.select_related("person", "employer"))


def workers_of(case: Case) -> list[Party]:
    """The workers who are in the case now, in the order of their references."""
    return [row for row in parties_of(case) if row.side == Side.WORKER]


def calls_of(case: Case) -> list[CallRecord]:
    """The calls of a case, the first one first."""
    rows = case.calls.order_by("started_at")
    return read(
        ("casework_callrecord",),
        ("calls", case.pk),
        lambda: page_memory.kept(f"calls:{case.pk}", lambda: list(rows)),
    )


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
    tables = ("casework_claim", "casework_party")
    return read(tables, ("claims", case.pk), lambda: at_once.rows(case, "claims", "party"))


def agreement_of(case: Case) -> Agreement | None:
    """The newest agreement in force."""
    return read(("casework_agreement",), ("in force", case.pk), lambda: _in_force(case))


def _in_force(case: Case) -> Agreement | None:
    rows = [row for row in case.agreements.all() if row.state == AgreementState.IN_FORCE]
    return rows[-1] if rows else None


def plan_of(case: Case) -> list[Instalment]:
    """The instalments of the agreement in force, by number."""
    rows = [row for row in _instalments(case) if row.agreement.state == AgreementState.IN_FORCE]
    return sorted(rows, key=lambda row: row.number)


def plans_of(case: Case) -> list[Instalment]:
    """The instalments of every agreement that came into force."""
    return [row for row in _instalments(case) if row.agreement.effective_on is not None]


def _instalments(case: Case) -> list[Instalment]:
    if at_once.holds(case, "agreements"):
        return [row for each in case.agreements.all() for row in each.instalments.all()]
    rows = Instalment.objects.filter(agreement__case=case)
    return list(rows.select_related("agreement"))


def open_deadlines_of(case: Case) -> list[Deadline]:
    """The deadlines that run on a case."""
    return read(("casework_deadline",), ("open", case.pk), lambda: _running(case))


def _running(case: Case) -> list[Deadline]:
    if at_once.holds(case, "deadlines"):
        return [row for row in case.deadlines.all() if row.state == DeadlineState.OPEN]
    return list(case.deadlines.filter(state=DeadlineState.OPEN))
