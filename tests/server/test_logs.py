"""The log tells what broke, and nobody's name."""

import logging

import pytest
from django.db import IntegrityError, connection, transaction

from config.server.logs import Line

WORDS = "邹世海\n\n三个月工资没有发"


def lines_of(record):
    """What the house's own handler would write."""
    handlers = logging.getLogger().handlers
    handler = next(each for each in handlers if isinstance(each.formatter, Line))
    return handler.formatter.format(record)


@pytest.mark.django_db
def test_a_row_that_the_database_refused_stands_in_no_log():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE told (name text, n int CONSTRAINT n_is_small CHECK (n < 9))"
        )
    with pytest.raises(IntegrityError) as told, transaction.atomic():
        connection.cursor().execute("INSERT INTO told VALUES (%s, 10)", [WORDS])
    assert "邹世海" in str(told.value), "the driver tells the row"
    with pytest.raises(RuntimeError) as failed:
        raise RuntimeError("the act failed") from told.value
    raised = (failed.type, failed.value, failed.tb)
    record = logging.LogRecord(
        "test", logging.ERROR, "a", 1, "broken: %s", (told.value,), raised
    )
    text = lines_of(record)
    assert "邹世海" not in text
    assert "工资" not in text
    assert "n_is_small" in text, "which rule it was"
    assert "RuntimeError: the act failed" in text, "the end of the chain is kept"
    assert "direct cause" in text
