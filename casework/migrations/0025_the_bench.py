"""The mediator's bench: absences, ties, recusals, rooms, bookings without overlap, sealed offers."""

import casework.fields
import casework.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.access.policies import (
    CASES, ENGINE, HOUSE, OF_THE_CASE, PARTY, TRACKING, USER, app_role, policy, protect, protect_rows,
)

# One resource (a room, a person, a firm) is taken once at a time. A range of one number stands for
# equality, so that no extension is needed.
NO_OVERLAP = """
ALTER TABLE casework_booking ADD CONSTRAINT nothing_is_booked_twice EXCLUDE USING gist (
    int8range(resource, resource, '[]') WITH &&, tstzrange(begins_at, ends_at) WITH &&
) WHERE (NOT released);
"""
OVERLAP = "ALTER TABLE casework_booking DROP CONSTRAINT nothing_is_booked_twice;"
ASSIGNED = f"(mediator_id = {USER} OR manager_id = {USER})"
WITH_HELPERS = f"(mediator_id = {USER} OR manager_id = {USER} OR {USER} = ANY(co_mediator_ids))"


def assigned(using: str) -> str:
    """The policy of those who were given a case."""
    return (
        "DROP POLICY scope_assigned ON casework_case;"
        + policy("casework_case", "scope_assigned", f"(SELECT wufang_scope('assigned')) AND {using}")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0024_service_per_receiver'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='co_mediator_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='session',
            name='ends_planned',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='moves',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='times moved'),
        ),
        migrations.AddField(
            model_name='user',
            name='skills',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='causes this person knows well: A02, E01 ...', size=None),
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tie', models.CharField(choices=[('EMPLOYER', 'worked or works there'), ('RELATIVE', 'relative'), ('REPRESENTED', 'represented them'), ('OTHER', 'other relation')], max_length=12)),
                ('name', models.CharField(max_length=100, verbose_name='name of the firm or person')),
                ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='credit code')),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='note')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='no longer since')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='room')),
                ('seats', models.PositiveSmallIntegerField(default=8, verbose_name='seats')),
                ('is_active', models.BooleanField(default=True)),
                ('district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='casework.district')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='session',
            name='room',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.room'),
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='until')),
                ('why', models.CharField(blank=True, max_length=60, verbose_name='reason')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='absence_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('resource', models.BigIntegerField()),
                ('words', models.CharField(max_length=100, verbose_name='who or what')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('released', models.BooleanField(default=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='casework.case')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='casework.session')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('released', False)), fields=['resource', 'begins_at'], name='booking_by_resource')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='booking_takes_time')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_by', models.CharField(max_length=10, verbose_name='asked by')),
                ('ground', models.CharField(max_length=12, verbose_name='ground')),
                ('words', models.CharField(max_length=200, verbose_name='what is alleged')),
                ('asked_at', models.DateTimeField()),
                ('waived', models.BooleanField(default=False, verbose_name='waived in writing by both sides')),
                ('outcome', models.CharField(blank=True, max_length=10, verbose_name='decision')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='casework.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mediator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('case',), name='one_open_recusal_per_case')],
            },
        ),
        migrations.CreateModel(
            name='SealedOffer',
            fields=[
                ('id', models.BigIntegerField(default=casework.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('WORKER', 'worker'), ('EMPLOYER', 'employer')], max_length=10)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('yuan', casework.fields.EncryptedField(blank=True, default='', editable=True, verbose_name='sum')),
                ('made_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sealed_offers', to='casework.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'round', 'side'), name='one_offer_per_side_and_round')],
            },
        ),
        protect("casework_recusal"),
        protect("casework_booking"),
        # A sealed offer is read by nobody of the house before it is opened; a side sees its own.
        protect_rows("casework_sealedoffer", {
            "engine": ("ALL", f"{ENGINE} AND case_id = {CASES}"),
            "mediator": ("SELECT", f"{HOUSE} AND opened_at IS NOT NULL AND EXISTS (SELECT 1 FROM"
                         f" casework_case p WHERE p.id = case_id AND p.mediator_id = {USER})"),
            "tracking": ("SELECT", f"{TRACKING} AND {OF_THE_CASE.format(t='casework_sealedoffer')}"
                         f" AND EXISTS (SELECT 1 FROM casework_party p WHERE p.id = {PARTY}"
                         " AND p.side = casework_sealedoffer.side)"),
        }),
        migrations.RunSQL(NO_OVERLAP, OVERLAP),
        migrations.RunSQL(assigned(WITH_HELPERS), assigned(ASSIGNED)),
        migrations.RunSQL(
            f"REVOKE DELETE, TRUNCATE ON casework_absence, casework_interest, casework_room"
            f" FROM {app_role()};",
            migrations.RunSQL.noop,
        ),
    ]
