"""Evidence has pages, a title and a source; to whom it was shown is kept."""

import casework.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.access.policies import protect


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0035_liaison_meetings'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='entered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidence',
            name='is_original',
            field=models.BooleanField(default=False, verbose_name='the original was seen'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='pages',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='pages'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='source',
            field=models.CharField(blank=True, max_length=80, verbose_name='where it comes from'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='title',
            field=models.CharField(blank=True, max_length=80, verbose_name='what it is'),
        ),
        migrations.AlterField(
            model_name='houseact',
            name='kind',
            field=models.CharField(choices=[('person.made', 'account made'), ('person.changed', 'account changed'), ('person.deactivated', 'account deactivated'), ('person.activated', 'account activated'), ('password.reset', 'starting password given'), ('password.changed', 'password changed'), ('second.set', 'second factor set up'), ('second.removed', 'second factor removed'), ('recovery.used', 'recovery code used'), ('office.made', 'office made'), ('office.changed', 'office changed'), ('route.made', 'route made'), ('route.changed', 'route changed'), ('firm.saved', 'law firm saved'), ('lawyer.saved', 'lawyer saved'), ('bench.changed', 'bench changed'), ('view.begun', 'looked as another person'), ('view.ended', 'stopped looking as another person')], max_length=24),
        ),
        migrations.CreateModel(
            name='EvidenceShown',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('WORKER', 'worker'), ('EMPLOYER', 'employer')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown', to='casework.evidence')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evidence', 'side'), name='shown_once_to_a_side')],
            },
        ),
        protect("casework_evidenceshown"),
    ]
