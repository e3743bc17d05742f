"""A later day, granted by a second person: the waiting clocks and tasks move along."""

from datetime import datetime

from django.db import transaction

from casework.commands import extensions
from casework.models import Deadline, Extension, User
from mediation.engine.clocks import mirror


@transaction.atomic
def grant(row: Extension, *, by: User, at: datetime) -> Deadline:
    """Supersede the deadline by the later one. Raises: what `extensions.grant_extension` raises."""
    fresh = extensions.grant_extension(row, by=by, at=at)
    mirror(row.case_id)
    return fresh
