"""A liaison reads the papers of an open pack, and the reply slip (D04) of the own office's referral."""

from django.db import migrations

from casework.access.policies import IN_MY_PACK, PACKAGE, app_role

MINE = (
    "({t}.code = 'D04' AND EXISTS (SELECT 1 FROM casework_referral r WHERE r.id = {t}.subject_id))"
)


def readable(condition: str) -> str:
    """The policy of liaisons on papers."""
    return (
        "DROP POLICY IF EXISTS package ON documents_paper;"
        f"CREATE POLICY package ON documents_paper FOR SELECT TO {app_role()} USING "
        f"({PACKAGE} AND ({condition.format(t='documents_paper')}));"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_row_policies"), ("casework", "0015_packs_are_sealed"),
    ]

    operations = [
        migrations.RunSQL(readable(f"{IN_MY_PACK} OR {MINE}"), readable(IN_MY_PACK)),
    ]
