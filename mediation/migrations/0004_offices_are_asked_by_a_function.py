"""Whether an office has a task or a referral in a process is asked by functions: see casework 0037."""

from django.db import migrations

from casework.access.policies import OFFICE, OF_MY_REFERRAL, PACKAGE

ASKING = "wufang_number('office')"
TASK = "EXISTS (SELECT 1 FROM mediation_task t WHERE t.process_id = {} AND t.office_id = {})"


def readable(policy: str, condition: str) -> str:
    """One policy of liaisons on processes."""
    return f"ALTER POLICY {policy} ON mediation_process USING ({PACKAGE} AND {condition});"


class Migration(migrations.Migration):
    dependencies = [
        ("mediation", "0003_office_sees_its_process"),
        ("casework", "0037_persons_are_known_by_a_function"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION wufang_office_has_task(bigint) RETURNS boolean LANGUAGE plpgsql STABLE"
            f" AS $$ BEGIN RETURN {TASK.format('$1', ASKING)}; END $$;",
            "DROP FUNCTION wufang_office_has_task(bigint);",
        ),
        migrations.RunSQL(
            readable("package", "wufang_sees_referral(referral_id)"),
            readable("package", OF_MY_REFERRAL.format(t="mediation_process")),
        ),
        migrations.RunSQL(
            readable("package_task", "wufang_office_has_task(id)"),
            readable("package_task", TASK.format("mediation_process.id", OFFICE)),
        ),
    ]
