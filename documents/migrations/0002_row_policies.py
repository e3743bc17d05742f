"""Who sees which paper. `mark` is open by design: it holds no name, no case and no facts."""

from django.db import migrations

from casework.access.policies import IN_MY_PACK, OF_THE_CASE, app_role, protect

# The holder of a tracking code: notices to the parties; papers that hold other workers' sums only
# when there are no other workers.
ONE_WORKER = (
    "EXISTS (SELECT 1 FROM casework_case c WHERE c.id = {t}.case_id AND NOT c.is_collective)"
)
MINE = (
    f"{OF_THE_CASE} AND ({{t}}.code IN ('D02', 'D09', 'D10', 'D13', 'D25', 'D26')"
    f" OR ({{t}}.code IN ('D05', 'D08', 'D12', 'D14', 'D15') AND {ONE_WORKER}))"
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_papers"), ("casework", "0003_row_policies")]

    operations = [
        protect("documents_paper", tracking=MINE, package=IN_MY_PACK),
        migrations.RunSQL(
            f"REVOKE DELETE, TRUNCATE ON documents_mark, documents_numberseries FROM {app_role()};",
            migrations.RunSQL.noop,
        ),
    ]
