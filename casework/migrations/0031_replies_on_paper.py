"""What offices without an account answer by letter: read by the house that sees the case."""

import casework.fields
import casework.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.access.policies import protect


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0030_lists_of_workers'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperReply',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=12)),
                ('way', models.CharField(choices=[('LETTER', 'by letter'), ('FAX', 'by fax'), ('MAIL', 'by e-mail'), ('PHONE', 'by telephone, noted'), ('VISIT', 'said in person, noted')], max_length=8, verbose_name='way')),
                ('came_on', models.DateField(verbose_name='came on')),
                ('said_by', models.CharField(max_length=60, verbose_name='who answers there')),
                ('letter_number', models.CharField(blank=True, max_length=60, verbose_name='number of their letter')),
                ('scan_name', casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='name of the file')),
                ('scan_type', models.CharField(blank=True, max_length=24)),
                ('scan_sha256', models.CharField(blank=True, max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_replies', to='casework.case')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_replies', to='casework.referral')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        protect("casework_paperreply"),
    ]
