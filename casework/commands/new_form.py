"""A case of new employment forms is sorted out: parties, facts, records, and the estimate of the relation."""

from datetime import datetime
from typing import Any

from django.db import transaction

from casework.commands.base import CommandRefused, lock_case
from casework.events import Kind, record
from casework.models import Case, NewForm, Party, Side, User

CAPACITY = {"platform": "平台企业", "partner": "平台合作企业"}


class OneFirmTwice(CommandRefused):
    """The platform and the partner firm are two parties."""


class NotAnEmployer(CommandRefused):
    """The platform and its partner stand on the employers' side of this case."""


@transaction.atomic
def sort_out(
    case: Case, *, platform: Party, partner: Party | None, by: User, at: datetime, **facts: Any
) -> NewForm:
    """Keep what is known (a later answer replaces it); the case counts as a new form from now on.

    `facts` are the fields of NewForm. Raises: OneFirmTwice, NotAnEmployer.
    """
    locked = lock_case(case.pk)
    if partner is not None and partner.pk == platform.pk:
        raise OneFirmTwice(field="partner")
    for name, party in (("platform", platform), ("partner", partner)):
        if party is None:
            continue
        if party.case_id != case.pk or party.side != Side.EMPLOYER:
            raise NotAnEmployer(field=name)
        party.capacity = CAPACITY[name]
        party.save(update_fields=["capacity"])
    made, _fresh = NewForm.objects.update_or_create(
        case=case, defaults={"platform": platform, "partner": partner, **facts}
    )
    locked.is_new_form, locked.relation = True, made.relation
    locked.save(update_fields=["is_new_form", "relation"])
    record(case, Kind.NEW_FORM_SORTED, by=by, at=at, trade=made.trade, relation=made.relation,
           row=made.relation_row, platform=platform.ref, partner=partner.ref if partner else "",
           one_stop=made.one_stop)  # fmt: skip
    return made
