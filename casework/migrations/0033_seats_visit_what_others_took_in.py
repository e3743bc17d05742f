"""A seat makes the return visit of cases that it did not take in: it sees them from closing to archive."""

from django.db import migrations

from casework.access.policies import policy

WAITS = (
    "(SELECT wufang_scope('visiting')) AND closed_on IS NOT NULL AND archived_on IS NULL"
    " AND (district_id IS NULL OR district_id BETWEEN (SELECT wufang_number('low'))"
    " AND (SELECT wufang_number('high')))"
)


class Migration(migrations.Migration):
    dependencies = [
        ('casework', '0032_answers_by_file_and_documents'),
    ]

    operations = [
        migrations.RunSQL(
            policy("casework_case", "scope_visiting", WAITS),
            "DROP POLICY scope_visiting ON casework_case;",
        ),
    ]
