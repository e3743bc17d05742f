"""A liaison sees the process of a task of the own office, also one that is no referral (a consultation)."""

from django.db import migrations

from casework.access.policies import OFFICE, PACKAGE, app_role

MINE = (
    "EXISTS (SELECT 1 FROM mediation_task t WHERE t.process_id = mediation_process.id"
    f" AND t.office_id = {OFFICE})"
)


class Migration(migrations.Migration):
    dependencies = [("mediation", "0002_process_guards")]

    operations = [
        migrations.RunSQL(
            f"CREATE POLICY package_task ON mediation_process FOR SELECT TO {app_role()}"
            f" USING ({PACKAGE} AND {MINE});",
            "DROP POLICY package_task ON mediation_process;",
        ),
    ]
