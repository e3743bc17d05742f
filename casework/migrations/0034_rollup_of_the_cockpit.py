"""The rollup of the cockpit: cells that anybody may read who may count their cases, and what feeds them."""

import casework.ids
from casework.access.policies import SYSTEM, app_role, closed, policy
from django.db import migrations, models

LOW, HIGH = "(SELECT wufang_number('low'))", "(SELECT wufang_number('high'))"
FED = ("casework_touched", "casework_casefact", "casework_cell")
RULES = "".join(
    closed(table)
    + policy(table, "system", SYSTEM, to="ALL")
    + f"GRANT DELETE ON {table} TO {app_role()};"
    for table in FED
) + policy(
    "casework_cell", "scope_all",
    f"(SELECT wufang_scope('all')) AND (district_id = 0 OR district_id BETWEEN {LOW} AND {HIGH})",
) + policy(
    "casework_cell", "scope_district",
    "(SELECT wufang_scope('district')) AND district_id = ANY((SELECT wufang_numbers('districts'))::bigint[])",
)
# The feed: every entry of a ledger appends its case, whoever writes; old cases are appended here.
FEED = """
CREATE FUNCTION touch_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO casework_touched (case_id) VALUES (NEW.case_id);
    RETURN NULL;
END $$;
CREATE TRIGGER touch_case AFTER INSERT ON casework_event FOR EACH ROW EXECUTE FUNCTION touch_case();
INSERT INTO casework_touched (case_id) SELECT id FROM casework_case;
DROP POLICY putting_in ON casework_outgoingtext;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0033_seats_visit_what_others_took_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseFact',
            fields=[
                ('case_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('cells', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('case_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=16)),
                ('district_id', models.BigIntegerField(default=0)),
                ('day', models.DateField()),
                ('key', models.CharField(blank=True, max_length=40)),
                ('n', models.BigIntegerField(default=0)),
                ('yuan', models.DecimalField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'day', 'district_id', 'key'), name='one_cell_of_each')],
            },
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        migrations.RunSQL(FEED, "DROP TRIGGER touch_case ON casework_event; DROP FUNCTION touch_case();"),
    ]
