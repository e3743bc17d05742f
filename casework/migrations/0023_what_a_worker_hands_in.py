"""What a worker hands in and says: read by the union of the case and by this worker alone."""

import casework.fields
import casework.ids
from casework.access.policies import OF_THE_PARTY, protect
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0022_exchange_peers_read_their_matters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='name of the file')),
                ('media_type', models.CharField(max_length=24)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('received_sha256', models.CharField(help_text='of the bytes as they came', max_length=64)),
                ('made_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='casework.case')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='casework.party')),
            ],
            options={
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WorkerWord',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('OBJECTION', 'I do not agree'), ('CORRECTION', 'something is wrong in my data'), ('NOT_PAID', 'the money did not come'), ('CONTACT', 'please call me back'), ('DELETION', 'please delete my data')], max_length=12)),
                ('text', casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='words')),
                ('at', models.DateTimeField()),
                ('answer', casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='casework.case')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='casework.party')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        protect("casework_evidence", tracking=OF_THE_PARTY),
        protect("casework_workerword", tracking=OF_THE_PARTY),
    ]
