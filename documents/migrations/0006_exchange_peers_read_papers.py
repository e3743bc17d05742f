"""The system of an agency reads the papers of its own packs."""

from django.db import migrations

from casework.access.policies import policy

IN_THEIR_PACK = (
    "(SELECT wufang_kind()) = 'peer' AND EXISTS"
    " (SELECT 1 FROM casework_pack k WHERE documents_paper.id = ANY(k.paper_ids))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0005_mark_size'),
        ('casework', '0011_machine_exchange'),
    ]

    operations = [
        migrations.RunSQL(
            policy("documents_paper", "peer", IN_THEIR_PACK), "DROP POLICY peer ON documents_paper;"
        ),
    ]
