"""Who has answered a joint consultation: the ledger says that an opinion is there, never what it says."""

from datetime import datetime

from casework.events import Kind
from casework.models import Consultation, Event, Office


def asked(row: Consultation) -> list[tuple[Office, datetime | None]]:
    """Each office that was invited, and when it gave its sealed opinion (None: not yet)."""
    events = Event.objects.filter(
        case_id=row.case_id, kind=Kind.OPINION_GIVEN, payload__consultation=str(row.pk)
    )
    given = {str(each.payload["office"]): each.at for each in events}
    offices = Office.objects.in_bulk(row.office_ids)
    return [(offices[pk], given.get(offices[pk].name)) for pk in row.office_ids]
