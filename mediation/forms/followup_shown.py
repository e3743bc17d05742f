"""The performance of an agreement as its page shows it: the plan, what is owed besides, and the open ways."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from casework.events import Kind
from casework.models import Case, Instalment, InstalmentState, User, WordKind
from casework.rules import penalty
from casework.rules.money import capitals
from mediation.forms.ways import ways

SETTLED = (InstalmentState.PAID, InstalmentState.WAIVED)
LIGHTS = {
    "PENDING": "not-begun", "DUE": "soon", "PAID": "done", "WAIVED": "done", "LATE": "overdue",
    "DUNNED": "overdue", "DEFAULTED": "overdue", "ACCELERATED": "overdue",
}  # fmt: skip


def watched(case: Case, by: User, on: date) -> dict[str, Any]:
    """The plan with its states, the agreed penalty to a day, each payment with its proof, what can be asked for."""
    rows = Instalment.objects.filter(agreement__case=case, agreement__state="IN_FORCE")
    rows = (
        rows.select_related("agreement").prefetch_related("payments__party").order_by("number")
    )
    heard = _heard(case)
    plan = [{**_row(case, row, on), "heard": heard[row.number]} for row in rows]
    rest = sum((row["left"] for row in plan), Decimal())
    return {
        "pays": plan,
        "rest": rest,
        "rest_capitals": capitals(rest),
        "ways": ways(case, by, on),
    }


def _heard(case: Case) -> defaultdict[int, dict[str, Any]]:
    """What the two sides said of each instalment: workers who have the money or not, proofs handed in."""
    found: defaultdict[int, dict[str, Any]] = defaultdict(
        lambda: {"yes": set(), "no": set(), "files": []}
    )
    for event in case.events.filter(kind=Kind.PAYMENT_CONFIRMED):
        found[event.payload["number"]]["yes"].add(event.payload["party"])
    said = case.words.filter(kind=WordKind.NOT_PAID, answered_at__isnull=True)
    for word in said.select_related("party"):
        found[int(word.text.lstrip("#") or 0)]["no"].add(word.party.ref)
    proofs = case.evidence.filter(instalment__isnull=False, taken_back_at__isnull=True)
    for row in proofs.select_related("instalment", "party"):
        url = reverse("case-file", args=[case.pk, row.pk])
        found[row.instalment.number]["files"].append({"url": url, "ref": row.party.ref})  # type: ignore[union-attr]
    return found


def _row(case: Case, row: Instalment, on: date) -> dict[str, Any]:
    last = row.accelerated_to or row.due_on
    left = Decimal() if row.state in SETTLED else row.amount_yuan - row.paid_yuan
    owed = penalty.owed(
        row.agreement.penalty_kind, row.agreement.penalty_value, late_yuan=left,
        days=(on - last).days,
    )  # fmt: skip
    payments = [
        {"on": each.paid_on, "yuan": each.amount_yuan, "proof": each.proof, "who": each.party.ref if each.party else "",
         "void": each.voided_at,
         "url": reverse("payment-proof", args=[case.pk, each.pk]) if each.proof_sha256 else ""}
        for each in row.payments.all()
    ]  # fmt: skip
    return {
        "no": row.number, "due": last, "yuan": row.amount_yuan, "left": left, "penalty": owed,
        "light": {"state": LIGHTS[row.state], "words": row.get_state_display()},
        "payments": payments,
    }  # fmt: skip
