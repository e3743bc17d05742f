"""What people see of the exchange between systems: peers, what waits for a person, comparisons; and matters from outside."""

from typing import Any

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.access.context import system
from casework.models import (
    Inbound,
    Incoming,
    InState,
    Outgoing,
    OutState,
    Peer,
    Reconciliation,
    ReferralState,
    User,
)  # fmt: skip
from mediation.desks import enclosed
from mediation.forms.inbound import INBOUND_MATTERS

MOST = 100
KINDS: dict[str, str | Promise] = {
    "offered": gettext_lazy("referral offered"), "supplemented": gettext_lazy("material supplied"),
    "withdrawn": gettext_lazy("referral withdrawn"), "lapsed": gettext_lazy("referral lapsed"),
    "signed": gettext_lazy("signed for"), "accepted": gettext_lazy("accepted"),
    "returned": gettext_lazy("returned for material"), "declined": gettext_lazy("declined"),
    "redirected": gettext_lazy("redirected"), "progressed": gettext_lazy("progress told"),
    "result": gettext_lazy("result given"), "refused": gettext_lazy("could not be used"),
}  # fmt: skip
DIFFERENCES: dict[str, str | Promise] = {
    "MISSING_THERE": gettext_lazy("they do not have it: sent again"),
    "MISSING_HERE": gettext_lazy("we do not have it: they send it again"),
    "ON_THE_WAY": gettext_lazy("still on the way"),
    "DIFFERENT": gettext_lazy("both heard everything and still differ: talk to them"),
}  # fmt: skip


def alarms(user: User) -> list[dict[str, Any]]:
    """Bands for the person who must see to it; nothing for others, nothing when all is well."""
    if not user.has_perm("mediation.settle_exchange"):
        return []
    found = enclosed.alarms(user)
    dead = Outgoing.objects.filter(state=OutState.DEAD).count()
    if not dead:
        return found
    words = ngettext(
        "%(n)s event could not be delivered to another system.",
        "%(n)s events could not be delivered to another system.",
        dead,
    ) % {"n": dead}
    return [{
        "kind": "alarm", "fact": words, "consequence": _("Send it again, or tell the office by hand."),
        "actions": [{"words": _("Look at it"), "url": reverse("exchange")}],
    }, *found]  # fmt: skip


def page_of(user: User) -> dict[str, Any]:
    """What exchange/page.html prints, as far as the person may see it."""
    may_settle = user.has_perm("mediation.settle_exchange")
    return {
        "peers": _peers(),
        "may_settle": may_settle,
        "dead": [_dead(row) for row in _dead_rows()] if may_settle else [],
        "refused": _refused() if may_settle else [],
        "enclosed": enclosed.waiting_for_a_person() if may_settle else [],
        "comparisons": _comparisons(),
    }


def _peers() -> list[dict[str, Any]]:
    with system("exchange"):  # counts and instants only
        waiting: dict[int, Any] = {
            row["peer_id"]: row
            for row in Outgoing.objects.filter(state__in=[OutState.WAITING, OutState.DEAD])
            .values("peer_id")
            .annotate(
                n=Count("id", filter=Q(state=OutState.WAITING)),
                dead=Count("id", filter=Q(state=OutState.DEAD)),
                since=Min("made_at"),
            )
        }
        compared = dict(
            Reconciliation.objects.filter(problem="").values_list("peer_id").annotate(Max("at"))
        )
        return [
            {
                "agency": peer.agency.name, "node": peer.node, "way": peer.get_direction_display(),
                "light": _light(peer, waiting.get(peer.pk, {})),
                "waiting": waiting.get(peer.pk, {}).get("n", 0),
                "delivered_at": peer.delivered_at, "heard_at": peer.heard_at,
                "compared_at": compared.get(peer.pk),
            }
            for peer in Peer.objects.select_related("agency")
        ]  # fmt: skip


def _light(peer: Peer, queue: dict[str, Any]) -> dict[str, Any]:
    if not peer.is_open:
        return {"state": "paused", "words": _("closed")}
    if queue.get("dead"):
        return {"state": "overdue", "words": _("needs a person")}
    if peer.resting_until is not None:
        return {"state": "soon", "words": _("does not answer, tried again later")}
    return {"state": "normal", "words": _("works")}


def _dead_rows() -> Any:
    rows = Outgoing.objects.filter(state=OutState.DEAD)
    return rows.select_related("case", "peer__agency").order_by("id")[:MOST]


def _dead(row: Outgoing) -> dict[str, Any]:
    return {
        "id": row.pk, "number": str(row.case), "url": reverse("case", args=[row.case_id]),
        "what": KINDS.get(row.kind, row.kind), "agency": row.peer.agency.name,
        "since": row.made_at, "problem": row.problem, "tries": row.attempts,
    }  # fmt: skip


def _refused() -> list[dict[str, Any]]:
    """Events of others that could not be used: those of visible cases, and those without a case."""
    open_rows = Q(state=InState.REFUSED, settled_at__isnull=True)
    mine = Incoming.objects.filter(open_rows, case__isnull=False)
    rows = list(mine.select_related("case", "peer__agency", "strand")[:MOST])
    with system("exchange"):
        bare = Incoming.objects.filter(open_rows, case__isnull=True)
        rows += list(bare.select_related("peer__agency", "strand")[:MOST])
    return [
        {
            "id": row.pk, "number": str(row.case) if row.case else row.strand.subject,
            "url": reverse("case", args=[row.case_id]) if row.case_id else "",
            "what": KINDS.get(row.kind, row.kind), "agency": row.peer.agency.name,
            "since": row.received_at, "problem": row.problem,
        }
        for row in rows
    ]  # fmt: skip


def _comparisons() -> list[dict[str, Any]]:
    rows = Reconciliation.objects.select_related("peer__agency").order_by("-id")[:20]
    return [
        {
            "at": row.at, "agency": row.peer.agency.name, "ours": row.ours, "theirs": row.theirs,
            "same": row.same, "resent": row.resent, "problem": row.problem,
            "differences": [
                {"subject": each["subject"], "ours": _state(each["ours"]), "theirs": _state(each["theirs"]),
                 "words": DIFFERENCES.get(each["kind"], each["kind"])}
                for each in row.differences
            ],
        }
        for row in rows
    ]  # fmt: skip


def _state(code: str) -> str | Promise:
    return ReferralState(code).label if code in ReferralState.values else code or "—"


def matters() -> list[dict[str, Any]]:
    """Matters from outside that the person of the context may see, newest first."""
    rows = Inbound.objects.select_related("agency").order_by("-id")[:MOST]
    return [
        {
            "number": row.number, "agency": row.agency.name, "case_id": row.case_id,
            "matter": INBOUND_MATTERS.get(row.matter, row.matter),
            "procedure": row.get_procedure_display(), "sent_on": row.sent_on,
            "state": row.get_state_display(), "handler": row.handler,
            "words": row.result_text or row.reason or "、".join(row.missing),
        }
        for row in rows
    ]  # fmt: skip
