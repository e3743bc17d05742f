"""Who has answered a joint consultation: the ledger says that an opinion is there, never what it says."""

from collections.abc import Sequence
from datetime import datetime

from casework.events import Kind
from casework.models import Consultation, Event, Office

Asked = list[tuple[Office, datetime | None]]


def asked(row: Consultation) -> Asked:
    """Each office that was invited, and when it gave its sealed opinion (None: not yet)."""
    return asked_of([row])[row.pk]


def asked_of(rows: Sequence[Consultation]) -> dict[int, Asked]:
    """The same for several consultations of one case, in two questions; none for none."""
    if not rows:
        return {}
    events = Event.objects.filter(case_id=rows[0].case_id, kind=Kind.OPINION_GIVEN)
    given = {(e.payload["consultation"], str(e.payload["office"])): e.at for e in events}
    offices = Office.objects.in_bulk({pk for row in rows for pk in row.office_ids})
    return {
        row.pk: [
            (offices[pk], given.get((str(row.pk), offices[pk].name))) for pk in row.office_ids
        ]
        for row in rows
    }
