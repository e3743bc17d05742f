"""The money of one worker, behind the one-time code: own shares, and what all get together."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from casework import clock
from casework.events import Kind
from casework.models import Case, Event, Instalment, Party, Share
from casework.queries.members import own_payments
from casework.tracking import Tracked

FEWEST = 3


def plan_of(found: Tracked) -> dict[str, Any]:
    """What track/plan.html prints of the money; under the code's own context."""
    rows = Share.objects.filter(party_id=found.party_id).select_related("instalment")
    shares = list(rows.order_by("instalment__number"))
    own = own_payments().filter(party_id=found.party_id)
    alone = own.aggregate(yuan=Sum("amount_yuan"))["yuan"] or Decimal()
    return _money(shares, _confirmed(found), alone, _common(found.case_id))


def _confirmed(found: Tracked) -> set[int]:
    """The instalments of which the worker said: I have this money."""
    ref = Party.objects.get(pk=found.party_id).ref
    rows = Event.objects.filter(case_id=found.case_id, kind=Kind.PAYMENT_CONFIRMED)
    return {row.payload["number"] for row in rows if row.payload.get("party") == ref}


def _common(case_id: int) -> str:
    """What all together are to get, in a group of three or more: of two it would tell the other's sum."""
    if Case.objects.get(pk=case_id).group_size < FEWEST:
        return ""
    rows = Instalment.objects.filter(
        agreement__case_id=case_id, agreement__effective_on__isnull=False
    )
    total = rows.exclude(state="WAIVED").aggregate(yuan=Sum("amount_yuan"))["yuan"]
    return (
        _("All of you together get %(yuan)s yuan.") % {"yuan": f"{total:,.2f}"} if total else ""
    )


def _money(
    shares: list[Share], confirmed: set[int], alone: Decimal, common: str
) -> dict[str, Any]:
    """`alone`: what came for this worker towards instalments that are not paid in full."""
    total = sum((share.amount_yuan for share in shares), start=Decimal())
    paid = sum(
        (share.amount_yuan for share in shares if share.instalment.state == "PAID"), start=alone
    )
    return {
        "total_yuan": total,
        "paid_yuan": paid,
        "rest_yuan": total - paid,
        "paid_percent": int(paid * 100 / total) if total else 0,
        "pays": [_pay(share, confirmed) for share in shares],
        "advice": _("The money goes to your own account, to nobody else's."),
        "common": common,
        "papers": [],
    }


def _pay(share: Share, confirmed: set[int]) -> dict[str, Any]:
    row: Instalment = share.instalment
    words = {"PAID": _("paid"), "PENDING": _("not yet due"), "DUE": _("due today")}.get(
        row.state, _("late")
    )
    state = {"PAID": "paid", "PENDING": "later", "DUE": "now"}.get(row.state, "late")
    return {
        "no": row.number,
        "said": row.number in confirmed,
        "ask_url": ""
        if row.number in confirmed or row.state == "WAIVED" or row.due_on > clock.today()
        else reverse("track-paid", args=[row.number]),
        "day": row.accelerated_to or row.due_on,
        "yuan": share.amount_yuan,
        "state": state,
        "words": words,
    }
