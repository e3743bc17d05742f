"""Lists of workers that came as a file; who said no to a settlement; cases split off from another."""

import casework.fields
import casework.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.access.policies import protect


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0029_texts_wait_sealed'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='split_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='split_off', to='casework.case'),
        ),
        migrations.AddField(
            model_name='party',
            name='settlement_refused_on',
            field=models.DateField(null=True, verbose_name='refused the settlement on'),
        ),
        migrations.CreateModel(
            name='MemberList',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name of the file')),
                ('sha256', models.CharField(max_length=64)),
                ('rows', casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='rows')),
                ('row_count', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('state', models.CharField(choices=[('CHECKED', 'read, nothing taken over'), ('IMPORTED', 'taken over'), ('DISCARDED', 'put aside')], default='CHECKED', max_length=10)),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='members taken over')),
                ('read_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='member_lists', to='casework.case')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['read_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'CHECKED')), fields=('case',), name='one_open_list_per_case')],
            },
        ),
        protect("casework_memberlist"),
    ]
