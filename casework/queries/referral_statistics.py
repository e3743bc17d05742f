"""ST12: referrals per agency in a period: sent, signed and answered in time, returned, days to answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from casework import clock
from casework.models import Agency, Deadline, DeadlineState, Referral

LEAST = 30  # below, a rate says nothing: counts only


@dataclass(frozen=True, slots=True)
class OfAgency:
    """One row of the table. Shares are None below thirty cases; days are calendar days."""

    agency: Agency
    sent: int
    signed: int
    signed_in_time: int
    answered: int
    answered_in_time: int
    returned: int
    declined: int
    lapsed: int
    results: int
    answer_days: float | None

    def share(self, part: int, whole: int) -> float | None:
        """A rate in per cent, one decimal; None below thirty cases."""
        return round(100 * part / whole, 1) if whole >= LEAST else None


def per_agency(since: date, until: date) -> list[OfAgency]:
    """Referrals sent in a period (both days included), by agency in its order, as far as one may see.

    The period is that of sending, never of entry.
    """
    begin, end = clock.instant(since), clock.end_of(until)
    rows = Referral.objects.filter(sent_at__gte=begin, sent_at__lt=end)
    counts = {
        row["agency_id"]: row
        for row in rows.values("agency_id").annotate(
            sent=Count("id"), signed=Count("signed_at"), answered=Count("answered_at"),
            returned=Count("id", filter=Q(returns__gt=0)),
            declined=Count("id", filter=Q(answer__in=("DECLINED", "REDIRECTED"))),
            lapsed=Count("id", filter=Q(state="LAPSED")),
            results=Count("id", filter=Q(result_on__isnull=False)),
        )
    }  # fmt: skip
    kept = {rule: _kept(rule, begin, end) for rule in ("P-11", "P-10")}
    days = _days(rows)
    return [
        OfAgency(
            agency=agency, answer_days=days.get(agency.pk),
            signed_in_time=kept["P-11"].get(agency.pk, 0),
            answered_in_time=kept["P-10"].get(agency.pk, 0),
            **{name: counts[agency.pk][name] for name in
               ("sent", "signed", "answered", "returned", "declined", "lapsed", "results")},
        )
        for agency in Agency.objects.all()
        if agency.pk in counts
    ]  # fmt: skip


def _kept(rule: str, begin: datetime, end: datetime) -> dict[str, int]:
    """How many clocks of a rule an agency met."""
    rows = Deadline.objects.filter(
        rule=rule,
        state=DeadlineState.MET,
        referral__sent_at__gte=begin,
        referral__sent_at__lt=end,
    )
    found = rows.values("referral__agency_id").annotate(met=Count("referral_id", distinct=True))
    return {row["referral__agency_id"]: row["met"] for row in found}


def _days(rows: QuerySet[Referral]) -> dict[str, float]:
    """Average calendar days from signing to the answer."""
    spans: dict[str, list[int]] = {}
    answered = rows.filter(signed_at__isnull=False, answered_at__isnull=False)
    for agency, signed, said in answered.values_list("agency_id", "signed_at", "answered_at"):
        if signed is not None and said is not None:
            spans.setdefault(agency, []).append((clock.day(said) - clock.day(signed)).days)
    return {agency: round(sum(found) / len(found), 1) for agency, found in spans.items()}
