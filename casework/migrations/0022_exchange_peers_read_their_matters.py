"""The system of an agency reads the matters that it sent to the union."""

from django.db import migrations

from casework.access.policies import policy

PEER = "(SELECT wufang_kind()) = 'peer'"
BEFORE = (
    f"{PEER} AND EXISTS (SELECT 1 FROM casework_referral r WHERE r.id = referral_id)"
    " AND expires_on >= wufang_today()"
)
OPEN_TO_THEM = f"{BEFORE} AND closed_at IS NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0021_tables_are_edited'),
    ]

    operations = [
        migrations.RunSQL(
            policy(
                "casework_inbound", "peer",
                f"{PEER}"
                " AND agency_id = (SELECT current_setting('wufang.agency', true))",
            ),
            "DROP POLICY peer ON casework_inbound;",
        ),
        migrations.RunSQL(
            "DROP POLICY peer ON casework_pack;"
            + policy("casework_pack", "peer", OPEN_TO_THEM),
            "DROP POLICY peer ON casework_pack;" + policy("casework_pack", "peer", BEFORE),
        ),
    ]
