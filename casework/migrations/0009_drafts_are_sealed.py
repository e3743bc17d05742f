"""A draft holds telephone and identity numbers: its text is stored encrypted."""

import casework.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_open_doors_are_metered")]

    operations = [
        migrations.RunSQL("DELETE FROM casework_draft", migrations.RunSQL.noop),
        migrations.RemoveField("draft", "fields"),
        migrations.AddField("draft", "body", casework.fields.EncryptedField()),
        migrations.AddField("draft", "ended_at", models.DateTimeField(null=True, blank=True)),
    ]
