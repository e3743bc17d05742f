"""Who is in a case: parties and staff, the union and the agencies."""

from typing import Any

from django.utils.translation import gettext as _

from casework import clock
from casework.access.redaction import shown as masked
from casework.models import Case, Party, Referral, User
from casework.queries import at_once
from mediation.desks.words import role_words


def agencies_of(case: Case) -> list[dict[str, Any]]:
    """The union first, then one cell a referral."""
    who = case.mediator or case.manager
    cells = [{
        "name": _("Union"), "light": {"state": "normal", "words": case.get_status_display()},
        "people": role_words(who) if who else "", "holder": True,
        "say_bold": who.display_name if who else _("not appointed"), "say": "", "facts": [],
    }]  # fmt: skip
    for row in at_once.rows(case, "referrals", "agency", "office"):
        cells.append(_referral_cell(row))
    return cells


def _referral_cell(row: Referral) -> dict[str, Any]:
    facts = (
        [(_("sent"), f"{row.sent_at.astimezone(clock.SHANGHAI):%m-%d}")] if row.sent_at else []
    )
    if row.own_number:
        facts.append((_("their number"), row.own_number))
    if row.expected_on:
        facts.append((_("expected"), f"{row.expected_on:%m-%d}"))
    ended = row.ended_at is not None
    return {
        "name": row.agency.short, "light": {"state": "done" if ended else "normal", "words": row.get_state_display()},
        "people": row.office.name, "holder": False, "say_bold": "", "say": row.handler or row.result_text or row.reason,
        "facts": facts,
    }  # fmt: skip


def people_of(case: Case, user: User) -> list[dict[str, str]]:
    """The parties (of a group the first three and who speaks for it), then the staff."""
    rows = []
    for party in at_once.everyone(case):
        if party.side == "WORKER" and not party.is_representative and party.ref > "W03":
            continue
        rows.append({"role": _side(party), "name": party.name, "note": _reach(party, user)})
    for role, person in ((_("Case manager"), case.manager), (_("Mediator"), case.mediator)):
        if person:
            rows.append({"role": role, "name": person.display_name, "note": person.phone})
    return rows


def _side(party: Party) -> str:
    if party.side == "EMPLOYER":
        return party.capacity or _("Employer")
    return _("Representative") if party.is_representative else _("Worker")


def _reach(party: Party, user: User) -> str:
    if party.person:
        return masked(party.person.phone, "phone", user.roles, "identity")
    return party.employer.contact if party.employer else ""
