"""A code opens papers with everybody's sums only where nobody else ever stood on the worker's side.

The mark of a collective case is set from ten workers on; two to nine workers have sums of their own, too, and
who has left still stands on the older papers.
"""

from django.db import migrations

from casework.access.policies import OF_THE_CASE, TRACKING

FOR_ALL = "{t}.code IN ('D02', 'D09', 'D10', 'D13', 'D25', 'D26')"
WITH_SUMS = "{t}.code IN ('D05', 'D08', 'D12', 'D14', 'D15')"
NOT_COLLECTIVE = (
    "EXISTS (SELECT 1 FROM casework_case c WHERE c.id = {t}.case_id AND NOT c.is_collective)"
)
FUNCTION = """
CREATE FUNCTION wufang_only_worker(bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (SELECT count(*) FROM casework_party p WHERE p.case_id = $1 AND p.side = 'WORKER') <= 1;
END $$;
"""


def seen(alone: str) -> str:
    """The policy of codes on papers."""
    mine = f"{OF_THE_CASE} AND ({FOR_ALL} OR ({WITH_SUMS} AND {alone}))"
    return (
        "ALTER POLICY tracking ON documents_paper USING "
        f"({TRACKING} AND {mine.format(t='documents_paper')});"
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0012_emptied_papers"), ("casework", "0052_passkeys_and_lists_of_people")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION wufang_only_worker(bigint);"),
        migrations.RunSQL(seen("wufang_only_worker({t}.case_id)"), seen(NOT_COLLECTIVE)),
    ]
