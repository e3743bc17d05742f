"""The five steps that every case shows, always the same five."""

from typing import Any

from django.utils.translation import gettext as _

from casework.models import Case
from casework.queries import at_once
from casework.queries.of_case import plans_of

DONE, LIVE, TODO, SKIPPED, ENDED = "done", "live", "todo", "skipped", "ended"


def journey_of(case: Case) -> list[dict[str, Any]]:
    """Call, referral, mediation, agreement, performance: state and a line or two each."""
    words = {
        DONE: _("done"),
        LIVE: _("in progress"),
        TODO: _("not begun"),
        SKIPPED: _("not needed"),
        ENDED: _("ended early"),
    }
    steps = (
        (_("Call"), *_call(case)), (_("Referral"), *_referral(case)), (_("Mediation"), *_mediation(case)),
        (_("Agreement"), *_agreement(case)), (_("Performance"), *_performance(case)),
    )  # fmt: skip
    return [
        {"words": title, "state": state, "state_words": words[state], "lines": lines}
        for title, state, lines in steps
    ]


def _call(case: Case) -> tuple[str, list[str]]:
    return (DONE if case.triaged_on or case.advised_on or case.accepted_on else LIVE), [
        f"{case.opened_at:%m-%d}"
    ]


def _referral(case: Case) -> tuple[str, list[str]]:
    rows = [row for row in at_once.rows(case, "referrals", "agency") if row.sent_at is not None]
    if not rows:
        return (SKIPPED if case.accepted_on or case.closed_on else TODO), []
    ended = all(row.ended_at for row in rows)
    return (DONE if ended else LIVE), [_(", ").join(row.agency.short for row in rows)]


def _mediation(case: Case) -> tuple[str, list[str]]:
    rows = [row for row in case.sessions.all() if row.state == "HELD"]
    held = max(rows, key=lambda row: row.number, default=None)
    lines = (
        [_("session %(n)s on %(day)s") % {"n": held.number, "day": f"{held.starts_at:%m-%d}"}]
        if held
        else []
    )
    if case.failed_on or case.withdrawn_on:
        return ENDED, lines
    if case.agreements.all():
        return DONE, lines
    if case.accepted_on:
        return LIVE, lines
    return (SKIPPED if case.closed_on else TODO), lines


def _agreement(case: Case) -> tuple[str, list[str]]:
    found = max(case.agreements.all(), key=lambda row: row.version, default=None)
    if found is None:
        return (SKIPPED if case.closed_on or case.failed_on else TODO), []
    if found.effective_on:
        return DONE, [_("in force from %(day)s") % {"day": f"{found.effective_on:%m-%d}"}]
    return LIVE, [found.get_state_display()]


def _performance(case: Case) -> tuple[str, list[str]]:
    plan = plans_of(case)
    if not plan:
        return (SKIPPED if case.closed_on else TODO), []
    paid = [row for row in plan if row.state == "PAID"]
    lines = [_("%(paid)s of %(all)s paid") % {"paid": len(paid), "all": len(plan)}]
    return (DONE if len(paid) == len(plan) else LIVE), lines
