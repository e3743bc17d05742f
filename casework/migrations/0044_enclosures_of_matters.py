"""What packs of other systems enclose: expected, fetched, kept when the hash fits."""

import casework.fields
import casework.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.access.policies import protect


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0043_partner_unions"),
    ]

    operations = [
        migrations.CreateModel(
            name='Enclosed',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('PAPER', 'paper'), ('FILE', 'file')], max_length=8)),
                ('number', models.CharField(max_length=40)),
                ('title', casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='title')),
                ('promised', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('WAITING', 'being fetched'), ('HERE', 'here, its hash fits'), ('GONE', 'no longer given by its source'), ('REFUSED', 'refused'), ('DEAD', 'could not be fetched'), ('SETTLED', 'settled by hand')], default='WAITING', max_length=8)),
                ('media_type', models.CharField(blank=True, max_length=24)),
                ('size', models.PositiveIntegerField(default=0, verbose_name='bytes')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('problem', models.CharField(blank=True, max_length=240, verbose_name='problem')),
                ('waiting_since', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('arrived_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=240, verbose_name='note')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('inbound', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enclosed', to='casework.inbound')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('strand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enclosed', to='casework.strand')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('state', 'WAITING')), fields=['next_at'], name='enclosed_sweep'), models.Index(condition=models.Q(('state__in', ['REFUSED', 'DEAD'])), fields=['case'], name='enclosed_alarm')],
                'constraints': [models.UniqueConstraint(fields=('strand', 'kind', 'number'), name='enclosed_once_a_strand'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'HERE'), _negated=True), models.Q(('promised', ''), _negated=True), _connector='OR'), name='here_has_its_hash')],
            },
        ),
        protect("casework_enclosed"),
    ]
