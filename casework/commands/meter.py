"""Open doors are metered: so many a window from one network, whichever server process answers."""

from datetime import datetime, timedelta

from django.db import connection

from casework.fields import blind
from casework.ids import new_id

ONE_MORE = """
INSERT INTO casework_meter AS m (id, bucket, since, count) VALUES (%(id)s, %(bucket)s, %(at)s, 1)
ON CONFLICT (bucket) DO UPDATE SET
    count = CASE WHEN m.since <= %(old)s THEN 1 ELSE m.count + 1 END,
    since = CASE WHEN m.since <= %(old)s THEN %(at)s ELSE m.since END
RETURNING count
"""
FORGET = """
DELETE FROM casework_meter WHERE id IN
    (SELECT id FROM casework_meter WHERE since <= %(old)s LIMIT 100 FOR UPDATE SKIP LOCKED)
"""  # skips what another request counts just now: two that tidy up never wait for each other


def count_one(what: str, who: str, *, at: datetime, window: timedelta) -> int:
    """How many times `who` has asked for `what` in the window, this time included.

    The row holds a keyed hash of `who`, nothing of what was asked, and is forgotten when a later
    window begins for anybody. One statement: requests that race are all counted.
    """
    bucket = f"{what}:{blind(who, 'meter').hex()}"
    values: dict[str, int | str | datetime] = {
        "id": new_id(),
        "bucket": bucket,
        "at": at,
        "old": at - window,
    }
    with connection.cursor() as cursor:
        cursor.execute(ONE_MORE, values)
        count: int = cursor.fetchone()[0]
        if count == 1:
            cursor.execute(FORGET, values)
    return count
