"""Whether a liaison's pack holds a paper is asked by functions: see casework 0037."""

from django.db import migrations

from casework.access.policies import IN_MY_PACK, PACKAGE

MINE = "EXISTS (SELECT 1 FROM casework_referral r WHERE r.id = documents_paper.subject_id)"


def readable(in_pack: str, mine: str) -> str:
    """The policy of liaisons on papers: those of an open pack, and the own office's D04."""
    return (
        "ALTER POLICY package ON documents_paper USING "
        f"({PACKAGE} AND ({in_pack} OR (code = 'D04' AND {mine})));"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0009_reports_by_month"), ("casework", "0037_persons_are_known_by_a_function"),
    ]

    operations = [
        migrations.RunSQL(
            readable("wufang_pack_holds(id)", "wufang_sees_referral(subject_id)"),
            readable(IN_MY_PACK.format(t="documents_paper"), MINE),
        ),
    ]
