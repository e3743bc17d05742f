"""Accounts are kept by administrators: second factor, recovery codes, and an audit that nobody changes."""

import casework.fields
import casework.ids
from casework.access.policies import app_role
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARD = (
    f"REVOKE UPDATE, DELETE, TRUNCATE ON casework_houseact FROM {app_role()};"
    f"REVOKE DELETE, TRUNCATE ON casework_recoverycode FROM {app_role()};"
)

# Counts alone, for the health page: whoever administers sees no case. plpgsql, because the tables of
# papers and steps are made by later packages.
COUNTS = """
CREATE FUNCTION house_count(what text, as_of timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN CASE what
        WHEN 'timers' THEN (SELECT count(*) FROM casework_timer
            WHERE (state = 'PENDING' AND due_at < as_of) OR state = 'DEAD')
        WHEN 'tasks' THEN (SELECT count(*) FROM mediation_task WHERE status = 'ERROR')
        WHEN 'papers' THEN (SELECT count(*) FROM documents_paper WHERE state = 'FAILED')
    END;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0017_callers_are_known'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='must_change_password',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='user',
            name='second_secret',
            field=casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='second factor'),
        ),
        migrations.AddField(
            model_name='user',
            name='second_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='second_step',
            field=models.BigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='HouseAct',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('person.made', 'account made'), ('person.changed', 'account changed'), ('person.deactivated', 'account deactivated'), ('person.activated', 'account activated'), ('password.reset', 'starting password given'), ('password.changed', 'password changed'), ('second.set', 'second factor set up'), ('second.removed', 'second factor removed'), ('recovery.used', 'recovery code used'), ('office.made', 'office made'), ('office.changed', 'office changed'), ('route.made', 'route made'), ('route.changed', 'route changed'), ('view.begun', 'looked as another person'), ('view.ended', 'stopped looking as another person')], max_length=24)),
                ('at', models.DateTimeField()),
                ('about', models.CharField(max_length=120)),
                ('details', models.JSONField(default=dict)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code_index', models.BinaryField(max_length=16)),
                ('made_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(COUNTS, "DROP FUNCTION house_count(text, timestamptz);"),
    ]
