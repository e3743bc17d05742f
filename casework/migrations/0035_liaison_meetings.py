"""Meetings of the liaisons: read by the house of the district and by the offices that are invited."""

import casework.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.access.policies import HOUSE, OFFICE, PACKAGE, SYSTEM, protect_rows

MINE = (
    "((SELECT wufang_scope('all'))"
    " OR district_id = ANY((SELECT wufang_numbers('districts'))::bigint[]))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0034_rollup_of_the_cockpit'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiaisonMeeting',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('place', models.CharField(max_length=80, verbose_name='place')),
                ('office_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('agenda', models.TextField(verbose_name='agenda')),
                ('called_at', models.DateTimeField()),
                ('minutes', models.TextField(blank=True, verbose_name='minutes')),
                ('duties', models.JSONField(blank=True, default=list, verbose_name='tasks')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.district')),
            ],
            options={
                'ordering': ['-starts_at', '-id'],
            },
        ),
        protect_rows("casework_liaisonmeeting", {
            "person": ("SELECT", f"{HOUSE} AND {MINE}"),
            "package": ("SELECT", f"{PACKAGE} AND {OFFICE} = ANY(office_ids)"),
            "system": ("ALL", SYSTEM),
        }),
    ]
