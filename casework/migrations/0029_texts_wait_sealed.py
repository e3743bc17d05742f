"""Texts to phones wait in a table, sealed: anybody puts one in, only the sender reads."""

import casework.fields
import casework.ids
import django.db.models.deletion
from casework.access.policies import SYSTEM, app_role, closed, opened, policy
from django.db import migrations, models

TABLE = "casework_outgoingtext"
RULES = (
    closed(TABLE)
    + f"CREATE POLICY putting_in ON {TABLE} FOR INSERT TO {app_role()} WITH CHECK (state = 'QUEUED');"
    + policy(TABLE, "system", SYSTEM, to="ALL")
)
COUNTS = """
CREATE OR REPLACE FUNCTION house_count(what text, as_of timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN CASE what
        WHEN 'timers' THEN (SELECT count(*) FROM casework_timer
            WHERE (state = 'PENDING' AND due_at < as_of) OR state = 'DEAD')
        WHEN 'tasks' THEN (SELECT count(*) FROM mediation_task WHERE status = 'ERROR')
        WHEN 'papers' THEN (SELECT count(*) FROM documents_paper WHERE state = 'FAILED')
        WHEN 'texts' THEN (SELECT count(*) FROM casework_outgoingtext
            WHERE (state = 'QUEUED' AND made_at < as_of) OR (state = 'REFUSED' AND ended_at > as_of - interval '1 day'))
    END;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0028_bought_legal_services'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingText',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('template', models.CharField(max_length=32)),
                ('to', casework.fields.EncryptedField(blank=True, default='', editable=True)),
                ('words', casework.fields.EncryptedField(blank=True, default='', editable=True, help_text='JSON')),
                ('state', models.CharField(choices=[('QUEUED', 'waits'), ('SENT', 'sent'), ('REFUSED', 'refused'), ('EXPIRED', 'too late to send')], default='QUEUED', max_length=8)),
                ('made_at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('taken_until', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=80)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'QUEUED')), fields=['next_at'], name='texts_that_wait')],
            },
        ),
        migrations.RunSQL(RULES, opened(TABLE)),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
    ]
