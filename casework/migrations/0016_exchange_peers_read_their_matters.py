"""The system of an agency reads the matters that it sent to the union."""

from django.db import migrations

from casework.access.policies import policy


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0015_packs_are_sealed'),
    ]

    operations = [
        migrations.RunSQL(
            policy(
                "casework_inbound", "peer",
                "(SELECT wufang_kind()) = 'peer'"
                " AND agency_id = (SELECT current_setting('wufang.agency', true))",
            ),
            "DROP POLICY peer ON casework_inbound;",
        ),
    ]
