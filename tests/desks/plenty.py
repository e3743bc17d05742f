"""Many cases without playing them: the rows of played ones, copied in the database by the hundred.

Sums, texts and clocks are those of the case that was copied; ids and numbers are new. The copies have
no ledger of their own: this is for lists and counts.
"""

from django.db import connection, transaction

from casework.access.context import system

ROOM = 1_000_000  # ids of one table's copies
FIRST = 5_000_000_000_000_000_000
OF_A_CASE = (
    "casework_party", "casework_claim", "casework_deadline", "casework_callrecord",
    "casework_referral", "casework_workerword", "casework_callback", "mediation_process", "mediation_task",
)  # fmt: skip
PARENTS = {
    "case_id": "casework_case", "party_id": "casework_party", "claim_id": "casework_claim",
    "referral_id": "casework_referral", "process_id": "mediation_process",
}  # fmt: skip


def _columns(cursor, table):
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = current_schema() AND is_generated = 'NEVER'",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def spread(case, times, **of_case):
    """Copy a case and what hangs on it; `of_case`: columns of the case to set, as SQL of `g`."""
    sets = {
        "ticket_no": "'CQ12351-COPY-' || g", "title": "title", "number": "''", "chain_seq": "0",
        "chain_head": "''::bytea", **of_case,
    }  # fmt: skip
    with transaction.atomic(), system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_case")
        span = cursor.fetchone()[0], times
        new = {("casework_case", case.pk): 0}
        _copy(cursor, "casework_case", case.pk, 0, span, sets)
        place = 1
        for table in OF_A_CASE:
            cursor.execute(f"SELECT id FROM {table} WHERE case_id = %s ORDER BY id", [case.pk])
            for (pk,) in cursor.fetchall():
                new[table, pk] = place
                cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [pk])
                names = [each.name for each in cursor.description]
                row = dict(zip(names, cursor.fetchone(), strict=True))
                links = {
                    column: f"{FIRST + new[PARENTS[column], row[column]] * ROOM} + g"
                    for column in PARENTS
                    if row.get(column) and (PARENTS[column], row[column]) in new
                }
                _copy(cursor, table, pk, place, span, links)
                place += 1
        cursor.execute(
            "INSERT INTO casework_touched (case_id) SELECT id FROM casework_case WHERE id >= %s",
            [FIRST],
        )


IN_ONE_CASE = (
    "casework_party", "casework_claim", "casework_deadline", "casework_referral",
    "casework_session", "casework_letter", "casework_evidence", "casework_consent", "casework_limitationfact",
    "casework_consultation", "casework_extension", "casework_paperreply", "casework_callrecord",
    "documents_paper", "mediation_process", "mediation_task",
)  # fmt: skip
OWN = {  # what no two rows of one case share; {n} is the number of the row that was copied
    "casework_party": {"ref": "'X{n}.' || g"},
    "casework_session": {"number": "{n} + g"},
    "documents_paper": {
        "check_code": "'COPY{n}.' || g", "facts_sha256": "md5('{n}.' || g)", "number": "''",
        "supersedes_id": "NULL",
    },
    "mediation_task": {"token": "'copy{n}.' || g"},
}  # fmt: skip


def thicken(case, times, place=500):
    """Copy the rows that hang on a case, on the same case: one large file out of a small one.

    `place` keeps the copies of two files apart: at least a hundred from one file to the next.
    """
    with transaction.atomic(), system("test"), connection.cursor() as cursor:
        for table in IN_ONE_CASE:
            cursor.execute(f"SELECT id FROM {table} WHERE case_id = %s ORDER BY id", [case.pk])
            for (pk,) in cursor.fetchall():
                own = {name: told.format(n=place) for name, told in OWN.get(table, {}).items()}
                _copy(cursor, table, pk, place, (1, times), own)
                place += 1


def _copy(cursor, table, pk, place, span, sets):
    first, times = span
    sets = {"id": f"{FIRST + place * ROOM} + g", **sets}
    if table == "casework_deadline":
        sets["supersedes_id"] = "NULL"
    columns = _columns(cursor, table)
    values = ", ".join(sets.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table},"
        " generate_series(%s, %s) g WHERE id = %s",
        [first, first + times - 1, pk],
    )
