"""The members of a group with their own sums: as many queries for five hundred as for five."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from casework.models import (
    AgreementState,
    Case,
    Claim,
    ClaimOutcome,
    Party,
    Payment,
    Share,
    Side,
)

YUAN: Any = DecimalField(max_digits=14, decimal_places=2)
TEXT_THAT_COUNTS = (
    AgreementState.DRAFT, AgreementState.READY, AgreementState.SIGNED, AgreementState.IN_FORCE,
)  # fmt: skip
STANDING = Q(left_on__isnull=True)
ANSWERS = {
    "": Q(),
    "yes": STANDING & Q(settlement_consent_on__isnull=False),
    "no": STANDING & Q(settlement_refused_on__isnull=False),
    "open": STANDING
    & Q(settlement_consent_on__isnull=True, settlement_refused_on__isnull=True),
    "left": Q(left_on__isnull=False),
}


@dataclass(frozen=True, slots=True)
class Totals:
    """What the group asks, gets and has got, in yuan; how many answered to the settlement."""

    workers: int
    yes: int
    no: int
    left: int
    claimed: Decimal
    agreed: Decimal
    paid: Decimal

    @property
    def waiting(self) -> int:
        """Who has not answered."""
        return self.workers - self.yes - self.no


def members(case: Case, *, answer: str = "", words: str = "") -> "QuerySet[Party, Party]":
    """The workers of a case in the order in which they came, each with `asks`, `gets` and `got` (yuan)."""
    rows = Party.objects.filter(ANSWERS[answer], case=case, side=Side.WORKER)
    if words:
        rows = rows.filter(Q(ref__iexact=words) | Q(person__name__icontains=words))
    asked = Claim.objects.filter(party=OuterRef("pk")).exclude(outcome=ClaimOutcome.WITHDRAWN)
    shares = Share.objects.filter(
        party=OuterRef("pk"), instalment__agreement__state__in=TEXT_THAT_COUNTS
    )
    own = own_payments().filter(party=OuterRef("pk"))
    return rows.select_related("person").annotate(
        asks=_sum_of(asked), gets=_sum_of(shares),
        got=_sum_of(shares.filter(instalment__state="PAID")) + _sum_of(own),
    ).order_by("id")  # fmt: skip


def own_payments() -> "QuerySet[Payment, Payment]":
    """Payments for one worker alone towards instalments that are not paid in full yet."""
    rows = Payment.objects.filter(party__isnull=False, voided_at__isnull=True)
    rows = rows.filter(instalment__agreement__state__in=TEXT_THAT_COUNTS)
    return rows.exclude(instalment__state="PAID")


def _sum_of(rows: Any) -> Coalesce:
    summed = rows.order_by().values("party").annotate(found=Sum("amount_yuan")).values("found")
    return Coalesce(Subquery(summed, output_field=YUAN), Value(Decimal(0), output_field=YUAN))


def totals(case: Case) -> Totals:
    """The totals of a group, in one query: all that others may be shown."""
    people = Party.objects.filter(case=OuterRef("pk"), side=Side.WORKER)
    claims = Claim.objects.filter(case=OuterRef("pk")).exclude(outcome=ClaimOutcome.WITHDRAWN)
    shares = Share.objects.filter(
        instalment__agreement__case=OuterRef("pk"),
        instalment__agreement__state__in=TEXT_THAT_COUNTS,
    )
    found = Case.objects.filter(pk=case.pk).values(
        workers=_count_of(people.filter(STANDING)), yes=_count_of(people.filter(ANSWERS["yes"])),
        no=_count_of(people.filter(ANSWERS["no"])), left=_count_of(people.filter(ANSWERS["left"])),
        claimed=_all_of(claims), agreed=_all_of(shares),
        paid=_all_of(shares.filter(instalment__state="PAID"))
        + _all_of(own_payments().filter(instalment__agreement__case=OuterRef("pk"))),
    ).get()  # fmt: skip
    return Totals(**found)


def _all_of(rows: Any) -> Coalesce:
    summed = (
        rows.order_by().annotate(all=Value(1)).values("all").annotate(found=Sum("amount_yuan"))
    )
    return Coalesce(
        Subquery(summed.values("found"), output_field=YUAN),
        Value(Decimal(0), output_field=YUAN),
    )


def _count_of(rows: Any) -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(found=Count("pk"))
    return Coalesce(Subquery(counted.values("found"), output_field=IntegerField()), Value(0))


def headed_by(case: Case) -> list[Party]:
    """The first worker and the employers: enough to name the case, whatever its size."""
    rows = Party.objects.filter(Q(side=Side.EMPLOYER) | Q(ref="W01"), case=case)
    return list(rows.select_related("person", "employer"))
